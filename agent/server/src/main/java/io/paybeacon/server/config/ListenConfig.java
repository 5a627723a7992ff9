package io.paybeacon.server.config;

import java.util.List;
import java.util.Optional;

/**
 * Where and how the agent listens.
 *
 * @param host a name or an address; an IPv6 address without brackets
 * @param port 0 takes a free one
 * @param tls with what it serves HTTPS; empty for plain HTTP
 * @param tokens the bearer tokens of which callers must show one; empty when none is asked for
 * @param webhooks how much each gateway account may send
 */
public record ListenConfig(
        String host,
        int port,
        Optional<KeyPairPem> tls,
        List<AccessToken> tokens,
        WebhookLimits webhooks) {
    public ListenConfig {
        tokens = List.copyOf(tokens);
    }

    /** The address and the port as the configuration says them. */
    public String address() {
        return shownHost() + ":" + port;
    }

    /** The URL of a path, for people. */
    public String url(int actualPort, String path) {
        return (tls.isPresent() ? "https://" : "http://") + shownHost() + ":" + actualPort + path;
    }

    private String shownHost() {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
