package io.paybeacon.server.config;

import io.paybeacon.probe.http.Proxy;
import io.paybeacon.probe.http.TlsProfile;
import java.util.Optional;

/**
 * How a server is reached.
 *
 * @param tls whom the agent trusts, and what it shows of itself
 * @param proxy the way out; empty for the direct one
 */
public record Connection(TlsProfile tls, Optional<Proxy> proxy) {
    /** Directly, as the JDK trusts. */
    public static final Connection DIRECT = new Connection(TlsProfile.PUBLIC, Optional.empty());
}
