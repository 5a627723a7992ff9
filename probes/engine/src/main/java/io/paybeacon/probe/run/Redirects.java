package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.http.HttpCall;
import io.paybeacon.probe.http.HttpCall.Header;
import io.paybeacon.probe.http.Protocol;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Follows redirects (RFC 9110, section 15.4), one request at a time. To another origin go only the
 * headers that say nothing of the gateway or its keys, never a body, and never over less security.
 * Confined to one request.
 */
final class Redirects {

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);
    private static final Set<String> HARMLESS =
            Set.of("user-agent", "traceparent", "accept", "accept-language");

    /** What comes after a response. */
    sealed interface Next {

        /** The response is the last one. */
        record None() implements Next {}

        /** A further request. */
        record Follow(HttpCall call) implements Next {}

        /** A redirect that is not followed. */
        record Refuse(Failure failure) implements Next {}
    }

    private final int max;
    private final Set<String> visited = new HashSet<>();
    private int followed;

    Redirects(int max) {
        this.max = max;
    }

    /**
     * What comes after a response.
     *
     * @param traceparent for the further request
     * @param deadline for the further request
     */
    Next after(
            HttpCall call, HttpAttempt.Response response, String traceparent, Duration deadline) {
        if (max == 0 || !STATUSES.contains(response.status())) {
            return new Next.None();
        }
        visited.add(call.method() + " " + Origin.of(call) + call.target());
        Optional<String> location = response.header("Location");
        if (location.isEmpty()) {
            return refuse("status %d without a Location".formatted(response.status()));
        }
        if (followed == max) {
            return refuse("more than %d redirects".formatted(max));
        }
        try {
            HttpCall next = next(call, response.status(), location.get(), traceparent, deadline);
            if (visited.contains(next.method() + " " + Origin.of(next) + next.target())) {
                return refuse("the redirects go round in a circle");
            }
            followed++;
            return new Next.Follow(next);
        } catch (IllegalArgumentException e) {
            String message = e.getMessage();
            return refuse("a redirect is not followed: " + (message == null ? e : message));
        }
    }

    private static HttpCall next(
            HttpCall call, int status, String location, String traceparent, Duration deadline) {
        URI base = URI.create(Origin.of(call).uriText() + call.target());
        URI url = base.resolve(location);
        Origin origin = Origin.of(url);
        boolean elsewhere = !origin.equals(Origin.of(call));
        if (call.tls() && !origin.tls()) {
            throw new IllegalArgumentException("it leads from https to http");
        }
        boolean keepsMethod =
                status == 307
                        || status == 308
                        || call.method().equals("GET")
                        || call.method().equals("HEAD");
        Buffer body = keepsMethod ? call.body() : Buffer.buffer();
        if (elsewhere && body.length() > 0) {
            throw new IllegalArgumentException("it would take the body to " + origin);
        }
        return new HttpCall(
                keepsMethod ? call.method() : "GET",
                origin.tls(),
                origin.host(),
                origin.port(),
                RequestBuilder.target(url),
                headers(call.headers(), elsewhere, body.length() > 0, traceparent),
                body,
                deadline,
                call.bodyBytesMax(),
                protocol(call.protocol(), origin.tls()),
                call.proxy());
    }

    private static Protocol protocol(Protocol before, boolean tls) {
        return switch (before) {
            case HTTP_1_1 -> Protocol.HTTP_1_1;
            case HTTP_2, H2C -> tls ? Protocol.HTTP_2 : Protocol.H2C;
        };
    }

    private static List<Header> headers(
            List<Header> headers, boolean elsewhere, boolean hasBody, String traceparent) {
        return headers.stream()
                .filter(header -> {
                    String name = header.name().toLowerCase(Locale.ROOT);
                    return elsewhere
                            ? HARMLESS.contains(name)
                            : hasBody || !name.startsWith("content-");
                })
                .map(header ->
                        header.name().equals("traceparent")
                                ? new Header("traceparent", traceparent)
                                : header)
                .toList();
    }

    private static Next refuse(String detail) {
        return new Next.Refuse(new Failure(ProbeReason.REDIRECT, detail));
    }
}
