package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * Where a connection leads, and how it gets there.
 *
 * @param host name or literal address of the target
 * @param port its TCP port
 * @param serverName the name in SNI, against which the certificate is verified
 * @param tls whether TLS is spoken from the start
 * @param http2 whether HTTP/2 is asked for by ALPN
 * @param profile how TLS is spoken
 * @param proxy what stands between; empty for nothing
 * @param tunnel whether the proxy is asked for a tunnel, and not for the resource itself
 */
public record Route(
        String host,
        int port,
        String serverName,
        boolean tls,
        boolean http2,
        TlsProfile profile,
        Optional<Proxy> proxy,
        boolean tunnel) {

    public Route {
        requireNonNull(host, "host is null");
        requireNonNull(serverName, "serverName is null");
        requireNonNull(profile, "profile is null");
        requireNonNull(proxy, "proxy is null");
    }

    /** A route straight to the target. */
    public static Route direct(
            String host, int port, String serverName, boolean tls, TlsProfile profile) {
        return new Route(host, port, serverName, tls, false, profile, Optional.empty(), false);
    }

    /** The route of an HTTP request. */
    static Route of(HttpCall call, TlsProfile profile) {
        boolean plainHttp1 = !call.tls() && call.protocol() == Protocol.HTTP_1_1;
        boolean tunnel =
                call.proxy()
                        .map(proxy -> proxy.kind() == Proxy.Kind.SOCKS5 || !plainHttp1)
                        .orElse(false);
        return new Route(
                call.host(),
                call.port(),
                call.host(),
                call.tls(),
                call.protocol() == Protocol.HTTP_2,
                profile,
                call.proxy(),
                tunnel);
    }

    /** The host that TCP connects to. */
    String nextHost() {
        return proxy.map(Proxy::host).orElse(host);
    }

    /** The port that TCP connects to. */
    int nextPort() {
        return proxy.map(Proxy::port).orElse(port);
    }
}
