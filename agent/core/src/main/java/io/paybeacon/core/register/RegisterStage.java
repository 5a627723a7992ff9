package io.paybeacon.core.register;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.EventCodec;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.RegisterEvent;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what is told about the objects of one feature, each event once, and counts it.
 *
 * @param <E> the events of the feature
 */
public final class RegisterStage<E extends RegisterEvent> implements Stage<Register<E>, E> {
    /** How many events an object keeps: the latest by the source's clock. */
    public static final int EVENTS_MAX = 64;

    /** How long an object is kept after the last news of it: the dispute tail of the networks. */
    static final Duration KEPT_FOR = Duration.ofDays(540);

    private final String name;
    private final RegisterCodec<E> codec;

    /**
     * The stage of a feature.
     *
     * @param name {@link Stage#name}
     * @param events the type of its events
     */
    public RegisterStage(String name, Class<E> events) {
        this.name = name;
        this.codec = new RegisterCodec<>(events);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String key(E event) {
        return event.subject();
    }

    @Override
    public Effect<Register<E>> apply(@Nullable Register<E> state, E event, Context context) {
        List<E> events = new ArrayList<>(state == null ? List.of() : state.events());
        Instant kept = context.now().plus(KEPT_FOR);
        int at = Collections.binarySearch(events, event, order());
        boolean tooOld = at == -1 && events.size() >= EVENTS_MAX;
        if (state != null && (at >= 0 || tooOld)) {
            return new Effect<>(state, List.of(), kept);
        }
        events.add(-at - 1, event);
        if (events.size() > EVENTS_MAX) {
            events.removeFirst();
        }
        Series series = Series.of(Metric.REGISTERED_EVENTS, event.origin().gateway(), event.type());
        return new Effect<>(new Register<>(events), List.of(new Count(series, 1)), kept);
    }

    /** Events that one message carries about one object differ in what they say. */
    private static <E extends RegisterEvent> Comparator<E> order() {
        return Comparator.<E, Origin>comparing(Event::origin).thenComparing(Object::toString);
    }

    @Override
    public Effect<Register<E>> onDeadline(String key, Register<E> state, Context context) {
        return Effect.forget(List.of());
    }

    @Override
    public Codec<Register<E>> codec() {
        return codec;
    }

    /** Layout 1: the bytes of each event with their version. */
    private record RegisterCodec<E extends RegisterEvent>(Class<E> type)
            implements Codec<Register<E>> {
        private static final EventCodec EVENTS = new EventCodec();

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Register<E> value, ByteWriter out) {
            out.list(value.events(), (writer, event) -> writer.blob(EVENTS.encode(event)));
        }

        @Override
        public Register<E> read(int version, ByteReader in) {
            return new Register<>(in.list(this::readEvent));
        }

        private E readEvent(ByteReader in) {
            Event event = EVENTS.decode(in.blob());
            if (!type.isInstance(event)) {
                throw new CodecException("not an event of this register");
            }
            return type.cast(event);
        }
    }
}
