package io.paybeacon.probe.http;

import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** How one attempt on the wire went, whatever its protocol. Immutable. */
public interface Attempt {

    /** Where its time went. */
    Phases phases();

    /** Why it failed; null when it brought what was asked for. */
    @Nullable Failure failure();

    /** Whether the peer may have seen what was sent: the first byte of it was written. */
    boolean maybeReceived();

    /** Whether it went over a connection that an earlier attempt of the same run had opened. */
    boolean warm();

    /**
     * What the peer showed in the TLS handshake; null without TLS, or when the handshake did not
     * come as far as the peer's certificates.
     */
    @Nullable TlsFacts tls();

    /**
     * The address of the target that it went to; null when there was none to go to, when a proxy
     * went there, and over a kept connection.
     */
    @Nullable InetAddress address();
}
