package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;

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
        int bodyBytesMax) {

    /** A header. */
    public record Header(String name, String value) {}

    public HttpCall {
        requireNonNull(method, "method is null");
        headers = List.copyOf(headers);
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("deadline " + deadline + " is not positive");
        }
    }

    @Override
    public String toString() {
        return method + " " + target;
    }
}
