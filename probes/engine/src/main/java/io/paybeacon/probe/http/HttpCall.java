package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP request, ready to be sent.
 *
 * @param method HTTP method
 * @param tls whether it goes over TLS
 * @param host name or literal address; also the Host header, SNI and the name that is verified
 * @param port TCP port
 * @param target path and query
 * @param headers in order; names may repeat
 * @param body empty for none; not to be changed
 * @param deadline time from the start to the last byte of the response
 * @param bodyBytesMax bytes of a response body beyond which the attempt ends
 * @param protocol the version of HTTP; {@link Protocol#HTTP_2} with TLS, H2C without
 * @param proxy what stands between; empty for nothing
 */
public record HttpCall(
        String method,
        boolean tls,
        String host,
        int port,
        String target,
        List<Header> headers,
        Buffer body,
        Duration deadline,
        int bodyBytesMax,
        Protocol protocol,
        Optional<Proxy> proxy) {

    /** A header. */
    public record Header(String name, String value) {}

    public HttpCall {
        requireNonNull(method, "method is null");
        requireNonNull(protocol, "protocol is null");
        requireNonNull(proxy, "proxy is null");
        headers = List.copyOf(headers);
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline " + deadline + " is not positive");
        }
        if (tls ? protocol == Protocol.H2C : protocol == Protocol.HTTP_2) {
            throw new IllegalArgumentException(
                    "HTTP/2 needs TLS, and H2C needs none; this is %s %s TLS"
                            .formatted(protocol, tls ? "with" : "without"));
        }
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
