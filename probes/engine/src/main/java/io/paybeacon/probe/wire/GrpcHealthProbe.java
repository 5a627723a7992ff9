package io.paybeacon.probe.wire;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.http.HttpCall;
import io.paybeacon.probe.http.HttpCall.Header;
import io.paybeacon.probe.http.HttpProbe;
import io.paybeacon.probe.http.Protocol;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.result.Failure;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Asks gRPC services after their health, by the <a
 * href="https://github.com/grpc/grpc/blob/master/doc/health-checking.md">health checking
 * protocol</a>, each over a connection of its own. Thread-safe.
 */
public final class GrpcHealthProbe {

    private static final int NO_STATUS = -1;
    private static final int UNIMPLEMENTED = 12;
    private static final int HTTP_OK = 200;

    private final HttpProbe http;

    /** A prober over HTTP/2. */
    public GrpcHealthProbe(HttpProbe http) {
        this.http = http;
    }

    /**
     * Makes one attempt. The future never fails: every way to fail is a value.
     *
     * @param context an event-loop context of the same Vertx
     * @param profile how TLS is spoken, when it is
     */
    public Future<GrpcHealthAttempt> send(
            ContextInternal context, TlsProfile profile, GrpcHealthCall call) {
        HttpCall request =
                new HttpCall(
                        "POST",
                        call.tls(),
                        call.host(),
                        call.port(),
                        "/grpc.health.v1.Health/Check",
                        List.of(
                                new Header("content-type", "application/grpc"),
                                new Header("te", "trailers"),
                                new Header("user-agent", "Paybeacon")),
                        GrpcHealthMessage.request(call.service()),
                        call.deadline(),
                        Limits.GRPC_ANSWER_BYTES_MAX,
                        call.tls() ? Protocol.HTTP_2 : Protocol.H2C,
                        Optional.empty());
        return http.send(context, profile, request).map(GrpcHealthProbe::judge);
    }

    private static GrpcHealthAttempt judge(HttpAttempt attempt) {
        HttpAttempt.Response response = attempt.response();
        if (response == null) {
            return attempt(attempt, NO_STATUS, "", attempt.failure());
        }
        int status = grpcStatus(response);
        if (status == NO_STATUS) {
            return attempt(attempt, status, "", withoutStatus(response));
        }
        if (status != 0) {
            String message = field(response, "grpc-message").orElse("");
            String detail =
                    status == UNIMPLEMENTED
                            ? "the server has no health service: status 12"
                            : "gRPC status %d %s".formatted(status, message).strip();
            return attempt(attempt, status, "", new Failure(ProbeReason.GRPC_STATUS, detail));
        }
        Optional<String> serving = GrpcHealthMessage.servingStatus(response.body());
        if (serving.isEmpty()) {
            return attempt(
                    attempt,
                    status,
                    "",
                    new Failure(ProbeReason.PROTOCOL, "not a HealthCheckResponse"));
        }
        return attempt(
                attempt,
                status,
                serving.get(),
                serving.get().equals("SERVING")
                        ? null
                        : new Failure(
                                ProbeReason.NOT_SERVING, "the service says " + serving.get()));
    }

    private static Failure withoutStatus(HttpAttempt.Response response) {
        return response.status() == HTTP_OK
                ? new Failure(ProbeReason.PROTOCOL, "a response without a gRPC status")
                : new Failure(
                        ProbeReason.HTTP_STATUS,
                        "HTTP status %d, where gRPC answers 200".formatted(response.status()));
    }

    private static int grpcStatus(HttpAttempt.Response response) {
        try {
            return field(response, "grpc-status").map(Integer::parseInt).orElse(NO_STATUS);
        } catch (NumberFormatException e) {
            return NO_STATUS;
        }
    }

    /** From the trailers, or from the head of a response that has nothing else. */
    private static Optional<String> field(HttpAttempt.Response response, String name) {
        return response.trailers().stream()
                .filter(trailer -> trailer.name().equalsIgnoreCase(name))
                .map(Header::value)
                .findFirst()
                .or(() -> response.header(name));
    }

    private static GrpcHealthAttempt attempt(
            HttpAttempt attempt, int status, String serving, @Nullable Failure failure) {
        return new GrpcHealthAttempt(
                attempt.phases(),
                status,
                serving,
                failure,
                attempt.tls(),
                attempt.maybeReceived(),
                attempt.address());
    }
}
