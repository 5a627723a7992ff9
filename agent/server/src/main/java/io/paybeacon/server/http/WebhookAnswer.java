package io.paybeacon.server.http;

import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.gateways.Verified;
import io.paybeacon.telemetry.IngestResult;
import io.paybeacon.telemetry.ProcessMetrics;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The one answer to a webhook: the first that is given counts, and is counted. Lives on the event
 * loop of its request.
 */
final class WebhookAnswer {
    private static final Logger LOG = System.getLogger(WebhookAnswer.class.getName());

    private final RoutingContext request;
    private final String gateway;
    private final ProcessMetrics process;
    private final LongSupplier nanoClock;
    private final long startedNanos;
    private Runnable whenGiven = () -> {};
    private boolean given;

    WebhookAnswer(RoutingContext request, String gateway, HttpServices services) {
        this.request = request;
        this.gateway = gateway;
        this.process = services.process();
        this.nanoClock = services.nanoClock();
        this.startedNanos = nanoClock.getAsLong();
    }

    /** What to do once the answer is given. */
    void whenGiven(Runnable action) {
        whenGiven = action;
    }

    /** It is durable. */
    void accept() {
        if (give(IngestResult.ACCEPTED)) {
            Answers.send(request, 200, "text/plain; charset=utf-8", Buffer.buffer());
        }
    }

    /** It is durable, and this is to be said of it. */
    void accept(JsonObject body) {
        if (give(IngestResult.ACCEPTED)) {
            Answers.json(request, body);
        }
    }

    /** Nothing in it could be taken, for what the body says. */
    void reject(JsonObject body) {
        if (give(IngestResult.REJECTED)) {
            Answers.problem(
                    request,
                    422,
                    "No event could be taken",
                    "Each event is explained under explained, by its index.",
                    body);
        }
    }

    /** Its sender is not proven. */
    void refuse(Verified.Reason reason) {
        if (!give(
                switch (reason) {
                    case STALE -> IngestResult.REFUSED_STALE;
                    case MISSING, MALFORMED, WRONG -> IngestResult.REFUSED_SIGNATURE;
                })) {
            return;
        }
        String detail =
                switch (reason) {
                    case MISSING -> "The request carries no signature.";
                    case MALFORMED -> "The signature is not written as the gateway writes it.";
                    case WRONG ->
                            "No signature was made with a configured secret over this body. Check"
                                    + " that the secret is the one of this endpoint, and that"
                                    + " nothing on the way changes the body.";
                    case STALE ->
                            "The signature is right, and too old or from the future. Check the"
                                    + " clock of this machine.";
                };
        Answers.problem(request, 400, reason.label(), detail);
    }

    /** Something failed on the way to durable. */
    void fail(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        switch (cause) {
            case OverloadedException _ -> refuse(IngestResult.OVERLOADED);
            case EngineStoppedException _ -> refuse(IngestResult.ENGINE_STOPPED);
            default -> {
                LOG.log(Logger.Level.ERROR, "A webhook of " + gateway + " failed", cause);
                refuse(IngestResult.FAILED);
            }
        }
    }

    /** Its gateway account has sent as much as it may, for so long. */
    void refuseFor(long nanos) {
        if (!give(IngestResult.RATE_LIMITED)) {
            return;
        }
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + 999_999_999));
        if (!request.response().headWritten()) {
            request.response().putHeader("Retry-After", Long.toString(seconds));
        }
        Answers.problem(
                request,
                429,
                "Too many requests",
                "This gateway account has sent as much as it may at the moment. Nothing was"
                        + " accepted.");
    }

    /** It is not accepted, for a reason other than its signature. */
    void refuse(IngestResult result) {
        if (!give(result)) {
            return;
        }
        switch (result) {
            case TOO_LARGE ->
                    Answers.problem(
                            request, 413, "Body too large", "The body is larger than the limit.");
            case TOO_SLOW ->
                    Answers.problem(
                            request,
                            408,
                            "Body too slow",
                            "The body did not arrive within the limit.");
            case UNKNOWN_GATEWAY ->
                    Answers.problem(
                            request,
                            404,
                            "Unknown gateway",
                            "No gateway of this name is configured.");
            case OVERLOADED ->
                    later(
                            "Overloaded",
                            "The agent holds as much undone work as it may. Nothing was accepted.");
            case ENGINE_STOPPED ->
                    later(
                            "Engine stopped",
                            "The engine has not started, is closed, or can no longer write;"
                                    + " /-/ready says why.");
            case TIMEOUT ->
                    later(
                            "Not durable in time",
                            "The message may be accepted or not. Send it again: being told twice"
                                    + " changes nothing.");
            case FAILED ->
                    Answers.problem(
                            request, 500, "Internal error", "The agent failed; its log says why.");
            case UNSUPPORTED_TYPE ->
                    Answers.problem(
                            request,
                            415,
                            "Unsupported content type",
                            "Send application/cloudevents+json, application/cloudevents-batch+json"
                                    + " or, one event a line, application/x-ndjson.");
            case ABORTED -> {
                // Nobody is left to be told.
            }
            case ACCEPTED, REFUSED_SIGNATURE, REFUSED_STALE, RATE_LIMITED, REJECTED ->
                    throw new IllegalArgumentException("answered elsewhere: " + result);
        }
    }

    private void later(String title, String detail) {
        if (!request.response().headWritten()) {
            request.response()
                    .putHeader("Retry-After", Integer.toString(Limits.RETRY_AFTER_SECONDS));
        }
        Answers.problem(request, 503, title, detail);
    }

    private boolean give(IngestResult result) {
        if (given) {
            return false;
        }
        given = true;
        whenGiven.run();
        process.ingested(gateway, result, nanoClock.getAsLong() - startedNanos);
        return true;
    }
}
