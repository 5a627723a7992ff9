package io.paybeacon.probe.wire;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.http.Attempt;
import io.paybeacon.probe.http.TlsFacts;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a TCP dialogue went. Its phase {@code write} ends with the first turn that sends, {@code
 * server} with the first byte after it, {@code transfer} with the last byte.
 *
 * @param phases where its time went
 * @param failure why it failed; null when every turn was made
 * @param tls what the peer showed in the TLS handshake; null without one
 * @param matchedGroups group 1 of each match in order, or the whole match of a pattern without one
 * @param bytesIn bytes that arrived, after decryption
 * @param maybeReceived whether the peer may have seen something that was sent
 * @param address of the target; null as in {@link Attempt#address}
 */
public record TcpAttempt(
        Phases phases,
        @Nullable Failure failure,
        @Nullable TlsFacts tls,
        List<String> matchedGroups,
        long bytesIn,
        boolean maybeReceived,
        @Nullable InetAddress address)
        implements Attempt {

    public TcpAttempt {
        requireNonNull(phases, "phases is null");
        matchedGroups = List.copyOf(matchedGroups);
    }

    /** Never: each dialogue has a connection of its own. */
    @Override
    public boolean warm() {
        return false;
    }
}
