package io.paybeacon.core.pipeline;

import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import org.jspecify.annotations.Nullable;

/**
 * A stage in its place in the pipeline, for engines, which handle states and events of every type.
 *
 * @param events the type of event that the stage reads
 */
public record Step<S, E extends Event>(Stage<S, E> stage, Class<E> events) {
    /** {@link Stage#name}. */
    public String name() {
        return stage.name();
    }

    /** {@link Stage#key} of an event of this step's type. */
    public String key(Event event) {
        return stage.key(events.cast(event));
    }

    /**
     * {@link Stage#apply}.
     *
     * @param state null, or a state this step made
     */
    public Effect<S> apply(@Nullable Object state, Event event, Context context) {
        return stage.apply(own(state), events.cast(event), context);
    }

    /**
     * {@link Stage#onDeadline}.
     *
     * @param state a state this step made
     */
    public Effect<S> onDeadline(String key, Object state, Context context) {
        S own = own(state);
        if (own == null) {
            throw new IllegalArgumentException("a deadline of a key without a state");
        }
        return stage.onDeadline(key, own, context);
    }

    /** {@link Stage#combine}. */
    public @Nullable Event combine(Event first, Event second) {
        return stage.combine(events.cast(first), events.cast(second));
    }

    /** The bytes of a state this step made. */
    public byte[] encode(Object state) {
        ByteWriter out = new ByteWriter();
        encode(state, out);
        return out.toBytes();
    }

    /** Writes the bytes of a state this step made. */
    public void encode(Object state, ByteWriter out) {
        S own = own(state);
        if (own == null) {
            throw new IllegalArgumentException("no state to encode");
        }
        codec().encode(own, out);
    }

    /** The state that {@link #encode} made the bytes of. */
    public S decode(byte[] bytes) {
        return codec().decode(bytes);
    }

    private Codec<S> codec() {
        return stage.codec();
    }

    // An engine keeps the states of a step under the step's own name, so none of another type
    // can come back here.
    @SuppressWarnings("unchecked")
    private @Nullable S own(@Nullable Object state) {
        return (S) state;
    }
}
