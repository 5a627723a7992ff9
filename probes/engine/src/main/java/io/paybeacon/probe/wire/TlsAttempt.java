package io.paybeacon.probe.wire;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.http.Attempt;
import io.paybeacon.probe.http.TlsFacts;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a TLS handshake went.
 *
 * @param phases where its time went
 * @param failure why it failed; null when the peer was verified
 * @param tls what the peer showed, also when it was not believed; null when no certificate came
 * @param address of the target; null as in {@link Attempt#address}
 */
public record TlsAttempt(
        Phases phases,
        @Nullable Failure failure,
        @Nullable TlsFacts tls,
        @Nullable InetAddress address)
        implements Attempt {

    public TlsAttempt {
        requireNonNull(phases, "phases is null");
    }

    /** Never: a handshake carries no request. */
    @Override
    public boolean maybeReceived() {
        return false;
    }

    /** Never: each handshake has a connection of its own. */
    @Override
    public boolean warm() {
        return false;
    }
}
