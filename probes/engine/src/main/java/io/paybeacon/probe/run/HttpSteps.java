package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.http.HttpCall;
import io.paybeacon.probe.http.HttpProbe;
import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.AttemptResult.Purpose;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.yaml.Value;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Executes http steps: in the flow, as a recovery of a lost response, and in the cleanup. */
final class HttpSteps {

    private final HttpProbe probe;
    private final MoneyGate gate;

    HttpSteps(HttpProbe probe, MoneyGate gate) {
        this.probe = probe;
        this.gate = gate;
    }

    /** Executes a step of the flow. */
    Future<StepResult> flow(Flight flight, Step.Http step, Duration deadline) {
        long offset = flight.offset();
        String key = step.idempotent() ? flight.key(step) : null;
        HttpCall call;
        try {
            call = build(flight, step, key, deadline);
        } catch (IllegalArgumentException e) {
            return Future.succeededFuture(result(flight, step.name(), offset, fault(e), List.of()));
        }
        return gate.admit(flight, step, key)
                .compose(stop ->
                        stop.isPresent()
                                ? Future.succeededFuture(
                                        result(flight, step.name(), offset, stop.get(), List.of()))
                                : send(flight, call)
                                        .compose(attempt ->
                                                settle(flight, step, key, offset, attempt)));
    }

    private Future<StepResult> settle(
            Flight flight, Step.Http step, @Nullable String key, long offset, HttpAttempt attempt) {
        AttemptResult first = attemptResult(Purpose.FLOW, attempt);
        HttpAttempt.Response response = attempt.response();
        Failure failure = attempt.failure();
        if (response != null) {
            Verdict verdict =
                    judge(flight)
                            .judge(
                                    step,
                                    response,
                                    attempt.phases().totalNanos(),
                                    flight.variables());
            return absorb(flight, step, verdict, verdict.refused())
                    .map(_ ->
                            result(flight, step.name(), offset, verdict.failure(), List.of(first)));
        }
        if (!attempt.maybeReceived()) {
            return gate.refused(flight, step)
                    .map(_ -> result(flight, step.name(), offset, failure, List.of(first)));
        }
        if (step.effect() == null || key == null) {
            return Future.succeededFuture(
                    result(flight, step.name(), offset, failure, List.of(first)));
        }
        return recover(flight, step, key)
                .map(second ->
                        result(flight, step.name(), offset, failure, List.of(first, second)));
    }

    /** Asks again under the same key for the lost answer. The step has failed all the same. */
    private Future<AttemptResult> recover(Flight flight, Step.Http step, String key) {
        flight.note("the response was lost; asking again under the same key");
        HttpCall call = build(flight, step, key, step.timeout());
        return send(flight, call)
                .compose(attempt -> {
                    HttpAttempt.Response response = attempt.response();
                    AttemptResult result = attemptResult(Purpose.RECOVERY, attempt);
                    if (response == null) {
                        return Future.succeededFuture(result);
                    }
                    Verdict verdict = judge(flight).readOnly(step, response);
                    return absorb(flight, step, verdict, verdict.declined()).map(result);
                });
    }

    /**
     * Executes a step of the cleanup; null when a variable that it needs has no value, so that
     * nothing could be sent.
     *
     * @param name the name under which the result is booked
     * @param replay whether the step is repeated under its key, for its values only
     */
    Future<@Nullable StepResult> cleanup(
            Flight flight, String name, Step.Http step, boolean replay, Duration deadline) {
        long offset = flight.offset();
        String key =
                !step.idempotent() ? null : replay ? flight.key(step) : flight.cleanupKey(step);
        HttpCall call;
        try {
            call = build(flight, step, key, deadline);
        } catch (IllegalArgumentException e) {
            flight.note("cleanup step " + name + " cannot be sent: " + e.getMessage());
            return Future.succeededFuture(null);
        }
        return send(flight, call)
                .compose(attempt -> {
                    AttemptResult booked = attemptResult(Purpose.CLEANUP, attempt);
                    HttpAttempt.Response response = attempt.response();
                    if (response == null) {
                        return Future.succeededFuture(
                                result(flight, name, offset, attempt.failure(), List.of(booked)));
                    }
                    Verdict verdict = cleanupVerdict(flight, step, replay, attempt, response);
                    boolean refused = replay ? verdict.declined() : verdict.refused();
                    return absorb(flight, step, verdict, refused)
                            .map(_ ->
                                    result(
                                            flight,
                                            name,
                                            offset,
                                            verdict.failure(),
                                            List.of(booked)));
                });
    }

    private static Verdict cleanupVerdict(
            Flight flight,
            Step.Http step,
            boolean replay,
            HttpAttempt attempt,
            HttpAttempt.Response response) {
        ResponseJudge judge = judge(flight);
        return replay
                ? judge.readOnly(step, response)
                : judge.judge(step, response, attempt.phases().totalNanos(), flight.variables());
    }

    /**
     * Takes in what a response told: values, refusal, release.
     *
     * @param refused whether the step certainly did not happen. An answer to a repetition proves
     *     that only by a decline: a revoked key or a changed plan is refused for its own sake.
     */
    private Future<Void> absorb(Flight flight, Step.Http step, Verdict verdict, boolean refused) {
        Future<Void> learned = gate.learned(flight, verdict.extracted());
        SideEffect effect = step.effect();
        if (refused && effect != null && effect.kind().opens()) {
            return learned.compose(_ -> gate.refused(flight, step));
        }
        boolean releases =
                verdict.failure() == null
                        && ((effect != null && effect.kind().releases())
                                || saysReleased(step, flight.variables()));
        return releases && flight.outstanding()
                ? learned.compose(_ -> gate.released(flight))
                : learned;
    }

    private static boolean saysReleased(Step.Http step, Map<String, Value> variables) {
        for (Map.Entry<String, Set<String>> entry : step.releasedWhen().entrySet()) {
            Value value = variables.get(entry.getKey());
            if (value != null && entry.getValue().contains(value.text())) {
                return true;
            }
        }
        return false;
    }

    private static HttpCall build(
            Flight flight, Step.Http step, @Nullable String key, Duration deadline) {
        return new RequestBuilder(flight.target())
                .build(step, flight.variables(), key, flight.traceparent(), deadline);
    }

    private Future<HttpAttempt> send(Flight flight, HttpCall call) {
        flight.note(
                "> %s %s %s"
                        .formatted(call.method(), call.target(), headersForLog(call.headers())));
        if (call.body().length() > 0) {
            flight.note("> " + call.body());
        }
        return probe.send(flight.context(), flight.target().tls(), call)
                .onSuccess(attempt -> note(flight, attempt));
    }

    private static void note(Flight flight, HttpAttempt attempt) {
        HttpAttempt.Response response = attempt.response();
        if (response != null) {
            flight.note("< %d %s".formatted(response.status(), headersForLog(response.headers())));
            flight.note("< " + response.body());
        }
        Failure failure = attempt.failure();
        if (failure != null) {
            flight.note("! %s: %s".formatted(failure.reason().label(), failure.detail()));
        }
        flight.note("phases in ns " + attempt.phases().nanos());
    }

    private static String headersForLog(List<HttpCall.Header> headers) {
        return headers.stream()
                .map(header ->
                        switch (header.name().toLowerCase(Locale.ROOT)) {
                            case "authorization", "cookie", "set-cookie" -> header.name() + ": ***";
                            default -> header.name() + ": " + header.value();
                        })
                .collect(Collectors.joining("; "));
    }

    private static ResponseJudge judge(Flight flight) {
        return new ResponseJudge(flight.target().plan().decline());
    }

    private static Failure fault(IllegalArgumentException thrown) {
        String message = thrown.getMessage();
        return new Failure(
                ProbeReason.AGENT_FAULT,
                "the request cannot be made: " + (message == null ? thrown : message));
    }

    private static StepResult result(
            Flight flight,
            String name,
            long offset,
            @Nullable Failure failure,
            List<AttemptResult> attempts) {
        Failure shown = failure == null ? null : flight.redacted(failure);
        flight.note(
                shown == null
                        ? "step %s passed".formatted(name)
                        : "step %s failed: %s: %s"
                                .formatted(name, shown.reason().label(), shown.detail()));
        return new StepResult(name, shown, offset, flight.offset() - offset, false, attempts);
    }

    private static AttemptResult attemptResult(Purpose purpose, HttpAttempt attempt) {
        return new AttemptResult(
                purpose,
                attempt.phases(),
                attempt.status() == 0 ? OptionalInt.empty() : OptionalInt.of(attempt.status()),
                attempt.failure(),
                attempt.bodyBytes());
    }
}
