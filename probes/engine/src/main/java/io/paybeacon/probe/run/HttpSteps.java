package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpAttempt;
import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.run.AssertionCheck.Circumstances;
import io.paybeacon.probe.run.HttpConversation.Outcome;
import io.paybeacon.probe.yaml.Value;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Executes http steps: in the flow, as a recovery of a lost response, and in the cleanup. */
final class HttpSteps {

    private final HttpSender sender;
    private final Tokens tokens;
    private final MoneyGate gate;
    private final InstantSource clock;

    HttpSteps(HttpSender sender, Tokens tokens, MoneyGate gate, InstantSource clock) {
        this.sender = sender;
        this.tokens = tokens;
        this.gate = gate;
        this.clock = clock;
    }

    /** A step of the flow while it is under way. */
    private record Underway(Flight flight, Step.Http step, @Nullable String key, long offset) {

        StepResult ends(@Nullable Failure failure, List<AttemptResult> attempts) {
            return flight.endStep(step.name(), offset, failure, attempts);
        }
    }

    /** Executes a step of the flow. */
    Future<StepResult> flow(Flight flight, Step.Http step, Duration deadline) {
        String key = step.idempotent() ? flight.key(step) : null;
        Underway underway = new Underway(flight, step, key, flight.beginStep());
        return converse(
                        flight,
                        step,
                        key,
                        Purpose.FLOW,
                        deadline,
                        () -> gate.admit(flight, step, key))
                .compose(outcome -> settle(underway, outcome));
    }

    private Future<Outcome> converse(
            Flight flight,
            Step.Http step,
            @Nullable String key,
            Purpose purpose,
            Duration deadline,
            Supplier<Future<Optional<Failure>>> admission) {
        return new HttpConversation(
                        sender,
                        tokens,
                        flight,
                        new HttpConversation.Request(step, key, purpose, deadline, admission))
                .hold();
    }

    /** What changes nothing at the gateway needs no leave. */
    private static Future<Optional<Failure>> admitted() {
        return Future.succeededFuture(Optional.empty());
    }

    private Future<StepResult> settle(Underway underway, Outcome outcome) {
        Flight flight = underway.flight();
        Step.Http step = underway.step();
        HttpAttempt last = outcome.last();
        Failure failure = outcome.failure();
        if (last == null) {
            return Future.succeededFuture(underway.ends(failure, outcome.attempts()));
        }
        HttpAttempt.Response response = last.response();
        if (response != null && failure == null) {
            Verdict verdict = judge(flight, last, response, outcome).judge(step);
            List<AttemptResult> attempts = judged(outcome.attempts(), verdict.failure());
            return absorb(flight, step, verdict, verdict.refused())
                    .compose(_ ->
                            verdict.failure() == null && step.replayCheck()
                                    ? checkReplay(underway, verdict, attempts)
                                    : Future.succeededFuture(
                                            underway.ends(verdict.failure(), attempts)));
        }
        List<AttemptResult> attempts = judged(outcome.attempts(), failure);
        if (!last.maybeReceived()) {
            return gate.refused(flight, step).map(_ -> underway.ends(failure, attempts));
        }
        String key = underway.key();
        if (step.effect() == null || key == null) {
            return Future.succeededFuture(underway.ends(failure, attempts));
        }
        return recover(flight, step, key)
                .map(further -> underway.ends(failure, joined(attempts, further)));
    }

    /** Asks again under the same key for the lost answer. The step has failed all the same. */
    private Future<List<AttemptResult>> recover(Flight flight, Step.Http step, String key) {
        flight.note("the response was lost; asking again under the same key");
        return converse(flight, step, key, Purpose.RECOVERY, step.timeout(), HttpSteps::admitted)
                .compose(outcome -> {
                    HttpAttempt last = outcome.last();
                    HttpAttempt.Response response = last == null ? null : last.response();
                    if (last == null || response == null || outcome.failure() != null) {
                        return Future.succeededFuture(outcome.attempts());
                    }
                    Verdict verdict = judge(flight, last, response, outcome).readOnly(step);
                    return absorb(flight, step, verdict, verdict.declined())
                            .map(outcome.attempts());
                });
    }

    /** Asks the same under the same key, after the step has passed: nothing further may happen. */
    private Future<StepResult> checkReplay(
            Underway underway, Verdict first, List<AttemptResult> before) {
        Flight flight = underway.flight();
        Step.Http step = underway.step();
        flight.note("the same again under the same key: the answer must name the same object");
        Duration ofPlan = flight.target().plan().timeout().minusNanos(flight.workedNanos());
        Duration deadline = step.timeout().compareTo(ofPlan) < 0 ? step.timeout() : ofPlan;
        return converse(
                        flight,
                        step,
                        underway.key(),
                        Purpose.REPLAY_CHECK,
                        deadline,
                        HttpSteps::admitted)
                .compose(outcome -> {
                    HttpAttempt last = outcome.last();
                    HttpAttempt.Response response = last == null ? null : last.response();
                    if (last == null || response == null || outcome.failure() != null) {
                        return Future.succeededFuture(
                                underway.ends(
                                        outcome.failure(), joined(before, outcome.attempts())));
                    }
                    Verdict second = judge(flight, last, response, outcome).judge(step);
                    Failure failure = ReplayCheck.compare(step, first, second);
                    List<AttemptResult> all = joined(before, judged(outcome.attempts(), failure));
                    boolean another = ReplayCheck.namesAnother(step, first, second);
                    Future<Void> kept =
                            another
                                    ? gate.twin(flight, step, underway.key(), second.extracted())
                                    : Future.succeededFuture();
                    return kept.map(_ -> underway.ends(failure, all));
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
        long offset = flight.beginStep();
        String key =
                !step.idempotent() ? null : replay ? flight.key(step) : flight.cleanupKey(step);
        return converse(flight, step, key, Purpose.CLEANUP, deadline, HttpSteps::admitted)
                .compose(outcome -> {
                    HttpAttempt last = outcome.last();
                    Failure failure = outcome.failure();
                    if (last == null && outcome.attempts().isEmpty()) {
                        String why = failure == null ? "" : failure.detail();
                        flight.note("cleanup step %s was not sent: %s".formatted(name, why));
                        return Future.succeededFuture(null);
                    }
                    HttpAttempt.Response response = last == null ? null : last.response();
                    if (last == null || response == null || failure != null) {
                        return Future.succeededFuture(
                                flight.endStep(name, offset, failure, outcome.attempts()));
                    }
                    ResponseJudge judge = judge(flight, last, response, outcome);
                    Verdict verdict = replay ? judge.readOnly(step) : judge.judge(step);
                    boolean refused = replay ? verdict.declined() : verdict.refused();
                    List<AttemptResult> attempts = judged(outcome.attempts(), verdict.failure());
                    return absorb(flight, step, verdict, refused)
                            .map(_ -> flight.endStep(name, offset, verdict.failure(), attempts));
                });
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
        Duration goneAfter = step.goneAfter();
        boolean releases =
                verdict.failure() == null
                        && ((effect != null && effect.kind().releases())
                                || saysReleased(step, flight.variables())
                                || (goneAfter != null
                                        && verdict.extracted().isEmpty()
                                        && gate.isOlder(flight, goneAfter)));
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

    private ResponseJudge judge(
            Flight flight, HttpAttempt attempt, HttpAttempt.Response response, Outcome outcome) {
        return new ResponseJudge(
                flight,
                new Content(response),
                new Circumstances(outcome.latencyNanos(), attempt.tls(), clock.instant()));
    }

    /** Why a request cannot be made at all. */
    static Failure fault(IllegalArgumentException thrown) {
        String message = thrown.getMessage();
        return new Failure(
                ProbeReason.AGENT_FAULT,
                "the request cannot be made: " + (message == null ? thrown : message));
    }

    /** The attempts with the verdict at the one that brought the answer. */
    private static List<AttemptResult> judged(
            List<AttemptResult> attempts, @Nullable Failure failure) {
        List<AttemptResult> all = new ArrayList<>(attempts);
        all.add(all.removeLast().judged(failure));
        return all;
    }

    private static List<AttemptResult> joined(
            List<AttemptResult> before, List<AttemptResult> after) {
        List<AttemptResult> all = new ArrayList<>(before);
        all.addAll(after);
        return all;
    }
}
