package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.probe.http.ClientCertificate;
import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.http.HttpCall;
import io.paybeacon.probe.http.HttpProbe;
import io.paybeacon.probe.http.KeptConnection;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sends HTTP requests of a run, and notes in its debug log what went out and what came in. */
final class HttpSender {

    private final AttemptSender sender;
    private final HttpProbe probe;

    HttpSender(AttemptSender sender, HttpProbe probe) {
        this.sender = sender;
        this.probe = probe;
    }

    /** As {@link AttemptSender#turn}. */
    Future<Optional<Failure>> turn(Flight flight, Purpose purpose, Duration waitMax) {
        return sender.turn(flight, purpose, waitMax);
    }

    /**
     * Makes one attempt. The future never fails: every way to fail is a value.
     *
     * @param spanId the span that the call's {@code traceparent} names
     * @param conceal learns what must not be shown, before the response is noted
     */
    Future<OnWire<HttpAttempt>> send(
            Flight flight,
            HttpCall call,
            String spanId,
            Purpose purpose,
            Consumer<HttpAttempt> conceal) {
        flight.note(
                "> %s %s%s %s"
                        .formatted(
                                call.method(),
                                Origin.of(call),
                                call.target(),
                                headersForLog(call.headers())));
        if (call.body().length() > 0) {
            flight.note("> " + call.body());
        }
        // A kept connection is for what a customer would send: a recovery must not hang on it.
        @Nullable KeptConnection kept = purpose == Purpose.FLOW ? flight.kept() : null;
        TlsProfile profile = profile(flight.target(), call);
        return sender.send(
                        flight,
                        new AttemptSender.Subject(spanId, call.method(), attributes(call, purpose)),
                        () -> probe.send(flight.context(), profile, call, kept))
                .onSuccess(made -> {
                    conceal.accept(made.attempt());
                    note(flight, made);
                });
    }

    /** The agent shows who it is to the gateway only. */
    private static TlsProfile profile(ProbeTarget target, HttpCall call) {
        TlsProfile own = target.tls();
        Optional<ClientCertificate> none = Optional.empty();
        return Origin.of(call).equals(Origin.of(target.baseUrl()))
                ? own
                : new TlsProfile(own.trustedPem(), none, own.protocols());
    }

    private static Map<String, String> attributes(HttpCall call, Purpose purpose) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("paybeacon.purpose", purpose.label());
        attributes.put("http.request.method", call.method());
        attributes.put("server.address", call.host());
        attributes.put("server.port", Integer.toString(call.port()));
        attributes.put(
                "network.protocol.version",
                switch (call.protocol()) {
                    case HTTP_1_1 -> "1.1";
                    case HTTP_2, H2C -> "2";
                });
        return attributes;
    }

    private static void note(Flight flight, OnWire<HttpAttempt> made) {
        HttpAttempt attempt = made.attempt();
        HttpAttempt.Response response = attempt.response();
        if (response != null) {
            flight.note(
                    "< %s %d %s"
                            .formatted(
                                    response.protocol(),
                                    response.status(),
                                    headersForLog(response.headers())));
            flight.note("< " + response.body());
        }
        Failure failure = attempt.failure();
        if (failure != null) {
            flight.note("! %s: %s".formatted(failure.reason().label(), failure.detail()));
        }
        flight.noteTimes(made.phases(), attempt.warm());
    }

    private static String headersForLog(List<HttpCall.Header> headers) {
        return headers.stream()
                .map(header ->
                        switch (header.name().toLowerCase(Locale.ROOT)) {
                            case "authorization", "proxy-authorization", "cookie", "set-cookie" ->
                                    header.name() + ": ***";
                            default -> header.name() + ": " + header.value();
                        })
                .collect(Collectors.joining("; "));
    }
}
