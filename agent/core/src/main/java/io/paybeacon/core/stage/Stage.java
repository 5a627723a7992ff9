package io.paybeacon.core.stage;

import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.Event;
import org.jspecify.annotations.Nullable;

/**
 * One feature's part of the pipeline: it keeps one state a key and turns each event into an {@link
 * Effect}.
 *
 * <p>A stage is pure: the same state, event and context always have the same effect. It knows no
 * clock, no randomness and no I/O, keeps nothing between calls, and is safe for use by many
 * threads. It never throws on what a source may send.
 *
 * <p>Events that other stages forward may come late and in any order, and so may the messages of a
 * gateway: {@code apply} has to be a merge whose end does not depend on the order.
 *
 * @param <S> the state, an immutable value
 * @param <E> the events of one feature
 */
public interface Stage<S, E extends Event> {
    /** Its name in ids and stored keys: lower case, chosen once, never changed. */
    String name();

    /** The key whose state the event is applied to: not empty, the same for equal events. */
    String key(E event);

    /**
     * Applies an event.
     *
     * @param state what the key holds; null when it holds nothing
     */
    Effect<S> apply(@Nullable S state, E event, Context context);

    /**
     * The deadline that an effect of this key had set is reached; {@link Context#now} is the tick
     * that reached it. The key has no deadline any more unless the effect sets one.
     */
    Effect<S> onDeadline(String key, S state, Context context);

    /** How states become bytes. */
    Codec<S> codec();

    /**
     * One event that does what the two would do one after the other, in either order; or null where
     * there is none and each has to be applied. Both have the same key.
     *
     * <p>A sum has no cause of its own: a stage that combines opens, updates and resolves no
     * finding, and measures so that the sum gives what each of its parts would have given.
     */
    default @Nullable E combine(E first, E second) {
        return null;
    }
}
