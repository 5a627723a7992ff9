package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.Phases;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How one attempt went.
 *
 * @param phases where its time went
 * @param response the whole response; null when the attempt failed
 * @param status HTTP status, also of a response that was then cut short; 0 when none arrived
 * @param failure why it failed; null when a whole response arrived, whatever its status
 * @param maybeReceived whether the gateway may have seen the request: its first byte was written
 * @param bodyBytes bytes of the body that arrived
 * @param warm whether it went over a connection that was kept
 * @param tls what the peer showed in the TLS handshake, for a warm attempt in that of its
 *     connection; null without TLS, or when no certificate arrived
 * @param address of the target; null as in {@link Attempt#address}
 */
public record HttpAttempt(
        Phases phases,
        @Nullable Response response,
        int status,
        @Nullable Failure failure,
        boolean maybeReceived,
        long bodyBytes,
        boolean warm,
        @Nullable TlsFacts tls,
        @Nullable InetAddress address)
        implements Attempt {

    /**
     * A whole response.
     *
     * @param status HTTP status
     * @param headers in the order of arrival; names may repeat
     * @param body the body as it came, not decompressed; not to be changed
     * @param trailers headers after the body, in the order of arrival
     * @param protocol the version that the peer spoke, such as {@code HTTP/1.1} or {@code HTTP/2}
     */
    public record Response(
            int status,
            List<HttpCall.Header> headers,
            Buffer body,
            List<HttpCall.Header> trailers,
            String protocol) {

        public Response {
            headers = List.copyOf(headers);
            trailers = List.copyOf(trailers);
        }

        /** The first header of that name, whatever its case. */
        public Optional<String> header(String name) {
            return headers.stream()
                    .filter(header -> header.name().equalsIgnoreCase(name))
                    .map(HttpCall.Header::value)
                    .findFirst();
        }

        @Override
        public String toString() {
            return status + ", " + body.length() + " bytes";
        }
    }

    public HttpAttempt {
        requireNonNull(phases, "phases is null");
        if ((response == null) == (failure == null)) {
            throw new IllegalArgumentException("An attempt has a response or a failure");
        }
    }
}
