package io.paybeacon.probe.result;

import static java.util.Objects.requireNonNull;

import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on the wire. There are exactly as many of these as the gateway could see attempts.
 *
 * @param purpose why it was made
 * @param phases where its time went
 * @param status HTTP status, empty when no response head arrived
 * @param failure null when a whole response arrived, whatever its status
 * @param bodyBytes bytes of the response body
 */
public record AttemptResult(
        Purpose purpose,
        Phases phases,
        OptionalInt status,
        @Nullable Failure failure,
        long bodyBytes) {

    /** Why an attempt was made. */
    public enum Purpose {
        /** The step itself: the only kind that belongs in the gateway's latency. */
        FLOW,
        /** The same request under the same idempotency key, to learn a lost response. */
        RECOVERY,
        /** Cleaning up after the flow. */
        CLEANUP
    }

    public AttemptResult {
        requireNonNull(purpose, "purpose is null");
        requireNonNull(phases, "phases is null");
        requireNonNull(status, "status is null");
    }
}
