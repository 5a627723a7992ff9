package io.paybeacon.probe.run;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.CleanupStep;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.StepBegun;
import io.paybeacon.probe.result.StepResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Executes the cleanup of a run: each step whose condition holds when its turn comes, whether the
 * ones before it passed or not, within a time of its own.
 */
final class Cleanup {

    private final HttpSteps httpSteps;
    private final MoneyGate gate;
    private final Consumer<StepBegun> begun;

    Cleanup(HttpSteps httpSteps, MoneyGate gate, Consumer<StepBegun> begun) {
        this.httpSteps = httpSteps;
        this.gate = gate;
        this.begun = begun;
    }

    /** Cleans up a run and its doubles, one after the other. */
    Future<CleanupResult> run(Flight flight) {
        Future<CleanupResult> cleaned = runOne(flight);
        for (Flight twin : flight.twins()) {
            cleaned =
                    cleaned.compose(
                            first -> runOne(twin).map(second -> CleanupResult.both(first, second)));
        }
        return cleaned;
    }

    private Future<CleanupResult> runOne(Flight flight) {
        boolean needed = flight.outstanding();
        List<StepResult> results = new ArrayList<>();
        long endOffset = flight.offset() + Limits.CLEANUP_TIMEOUT.toNanos();
        return step(flight, 0, endOffset, results)
                .compose(_ -> giveUpWithoutMoney(flight))
                .map(_ -> new CleanupResult(state(flight, needed || !results.isEmpty()), results))
                .onSuccess(result -> flight.note("cleanup: " + result.state()));
    }

    private static CleanupResult.State state(Flight flight, boolean needed) {
        if (flight.outstanding()) {
            return CleanupResult.State.ORPHANED;
        }
        return needed ? CleanupResult.State.CLEANED : CleanupResult.State.NOT_NEEDED;
    }

    /** Something that was created but never held money is not worth a second try. */
    private Future<Void> giveUpWithoutMoney(Flight flight) {
        if (!flight.outstanding() || flight.holdsMoney()) {
            return Future.succeededFuture();
        }
        flight.note("an object that holds no money may be left at the gateway");
        return gate.released(flight);
    }

    private Future<Void> step(Flight flight, int index, long endOffset, List<StepResult> results) {
        List<CleanupStep> steps = flight.target().plan().always();
        if (index == steps.size()) {
            return Future.succeededFuture();
        }
        CleanupStep cleanup = steps.get(index);
        Duration left = Duration.ofNanos(endOffset - flight.offset());
        if (!cleanup.when().holds(flight.outstanding(), flight.variables())) {
            return step(flight, index + 1, endOffset, results);
        }
        if (left.toMillis() < 1) {
            flight.note("the time for the cleanup is up before " + cleanup.step().name());
            return Future.succeededFuture();
        }
        begun.accept(
                new StepBegun(
                        flight.target().name(),
                        flight.run(),
                        cleanup.step().name(),
                        true,
                        index + 1,
                        steps.size()));
        return execute(flight, cleanup.step(), left)
                .compose(result -> {
                    if (result != null) {
                        results.add(result);
                    }
                    return step(flight, index + 1, endOffset, results);
                });
    }

    private Future<@Nullable StepResult> execute(Flight flight, Step step, Duration left) {
        Duration deadline = step.timeout().compareTo(left) < 0 ? step.timeout() : left;
        return switch (step) {
            case Step.Http http -> httpSteps.cleanup(flight, http.name(), http, false, deadline);
            case Step.Replay replay -> {
                Optional<Step.Http> repeated = flight.target().plan().httpStep(replay.step());
                yield httpSteps.cleanup(
                        flight, replay.name(), repeated.orElseThrow(), true, deadline);
            }
            case Step.WebhookArrives _, Step.Tcp _, Step.Tls _, Step.Dns _, Step.GrpcHealth _ ->
                    throw new IllegalStateException(
                            "A plan whose cleanup cleans nothing was accepted: " + step.name());
        };
    }
}
