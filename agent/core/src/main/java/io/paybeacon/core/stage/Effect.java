package io.paybeacon.core.stage;

import io.paybeacon.core.output.Output;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What applying an event comes to.
 *
 * @param state what the key holds from now on; null when it holds nothing any more
 * @param outputs the results, in order
 * @param deadline when {@link Stage#onDeadline} is due, by the agent's clock, in place of any
 *     earlier one; null when it is not. Only a key that holds a state may have one
 */
public record Effect<S>(@Nullable S state, List<Output> outputs, @Nullable Instant deadline) {
    public Effect {
        outputs = List.copyOf(outputs);
        if (deadline != null) {
            if (state == null) {
                throw new IllegalArgumentException("a deadline without a state");
            }
            deadline = deadline.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** The key holds this, without a deadline. */
    public static <S> Effect<S> hold(S state, List<Output> outputs) {
        return new Effect<>(state, outputs, null);
    }

    /** The key holds nothing any more. */
    public static <S> Effect<S> forget(List<Output> outputs) {
        return new Effect<>(null, outputs, null);
    }
}
