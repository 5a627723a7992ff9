package io.paybeacon.probe.health;

import java.net.URI;
import java.net.URISyntaxException;

/** An independent target that tells whether the agent's own network works. */
public sealed interface Canary {

    /**
     * A TCP connection is opened and closed again.
     *
     * @param host name or address; an address keeps the check apart from the name server's
     */
    record Tcp(String host, int port) implements Canary {
        @Override
        public String toString() {
            return "tcp://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }

    /**
     * A name is resolved by the name server.
     *
     * @param name a name that exists
     */
    record Dns(String name) implements Canary {
        @Override
        public String toString() {
            return "dns://" + name;
        }
    }

    /**
     * Reads {@code tcp://host:port} or {@code dns://name}.
     *
     * @throws IllegalArgumentException if it is neither; its message names the remedy
     */
    static Canary parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException(mistake(text), e);
        }
        String host = uri.getHost();
        boolean bare =
                host != null
                        && uri.getUserInfo() == null
                        && uri.getRawQuery() == null
                        && uri.getRawFragment() == null
                        && (uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"));
        boolean portFits = uri.getPort() > 0 && uri.getPort() <= 65_535;
        if (bare && host != null && "tcp".equals(uri.getScheme()) && portFits) {
            return new Tcp(host.replace("[", "").replace("]", ""), uri.getPort());
        }
        if (bare && host != null && "dns".equals(uri.getScheme()) && uri.getPort() == -1) {
            return new Dns(host);
        }
        throw new IllegalArgumentException(mistake(text));
    }

    private static String mistake(String text) {
        return "\"%s\" is no canary; give tcp://HOST:PORT or dns://NAME".formatted(text);
    }
}
