package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeEvent.Connection;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.probe.http.Attempt;
import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.Phases;
import io.paybeacon.probe.wire.DnsAttempt;
import io.paybeacon.probe.wire.TcpAttempt;
import java.util.OptionalInt;

/**
 * An attempt that was made.
 *
 * @param attempt how it went
 * @param phases its phases, with what was waited for before it
 */
record OnWire<A extends Attempt>(A attempt, Phases phases) {

    /** The attempt for the books, before what it brought is judged. */
    AttemptResult booked(Purpose purpose) {
        Connection connection = attempt.warm() ? Connection.WARM : Connection.COLD;
        return switch (attempt) {
            case HttpAttempt http ->
                    new AttemptResult(
                            purpose,
                            connection,
                            phases,
                            http.status() == 0
                                    ? OptionalInt.empty()
                                    : OptionalInt.of(http.status()),
                            http.failure(),
                            http.bodyBytes());
            case TcpAttempt tcp -> plain(purpose, connection, tcp.bytesIn());
            case DnsAttempt _ -> plain(purpose, Connection.NONE, 0);
            default -> plain(purpose, connection, 0);
        };
    }

    private AttemptResult plain(Purpose purpose, Connection connection, long bytes) {
        return new AttemptResult(
                purpose, connection, phases, OptionalInt.empty(), attempt.failure(), bytes);
    }
}
