package io.paybeacon.probe.result;

import static java.util.Objects.requireNonNull;

import io.paybeacon.core.event.ProbeEvent.Connection;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * One attempt on the wire. There are exactly as many of these as the gateway could see attempts.
 *
 * @param purpose why it was made
 * @param connection over what kind of connection
 * @param phases where its time went
 * @param status HTTP status, empty when no response head arrived
 * @param failure why it failed, or why what it brought does not do; null when it does
 * @param bodyBytes bytes that arrived: of the response body, or of a dialogue
 */
public record AttemptResult(
        Purpose purpose,
        Connection connection,
        Phases phases,
        OptionalInt status,
        @Nullable Failure failure,
        long bodyBytes) {

    public AttemptResult {
        requireNonNull(purpose, "purpose is null");
        requireNonNull(connection, "connection is null");
        requireNonNull(phases, "phases is null");
        requireNonNull(status, "status is null");
    }

    /** The same attempt with the verdict on what it brought; an earlier failure stays. */
    public AttemptResult judged(@Nullable Failure verdict) {
        return failure != null || verdict == null ? this : failed(verdict);
    }

    /** The same attempt with that failure. */
    public AttemptResult failed(Failure other) {
        return new AttemptResult(purpose, connection, phases, status, other, bodyBytes);
    }
}
