package io.paybeacon.server.check;

import io.paybeacon.probe.result.AttemptResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A run of a probe as JSON, the same in reports and in the API. Durations are nanoseconds. */
public final class RunJson {

    private RunJson() {}

    /** Everything but the debug log. */
    public static JsonObject of(RunResult run) {
        return summary(run)
                .put("steps", steps(run.steps()))
                .put("cleanupSteps", steps(run.cleanup().steps()));
    }

    /** Everything, with what was sent, received, checked and timed, redacted. */
    public static JsonObject withDebugLog(RunResult run) {
        return of(run).put("debugLog", new JsonArray(run.debugLog()));
    }

    /** What a list of runs shows. */
    public static JsonObject summary(RunResult run) {
        return new JsonObject()
                .put("run", run.runId())
                .put("probe", run.probe())
                .put("plan", run.plan())
                .put("gateway", run.gateway())
                .put("mode", run.live() ? "live" : "test")
                .put("outcome", outcome(run))
                .put("failedStep", run.failedStep())
                .put("failure", failure(run.failure()))
                .put("cleanup", run.cleanup().state().name().toLowerCase(Locale.ROOT))
                .put("traceId", run.traceId())
                .put("dueAt", run.dueAt().toString())
                .put("startedAt", run.startedAt().toString())
                .put("durationNanos", run.durationNanos())
                .put("sinceDueNanos", run.sinceDueNanos())
                .put("attempts", run.attempts().size());
    }

    /** The word for how a run counts. */
    static String outcome(RunResult run) {
        return run.outcome().name().toLowerCase(Locale.ROOT);
    }

    private static JsonArray steps(List<StepResult> steps) {
        JsonArray array = new JsonArray();
        for (StepResult step : steps) {
            JsonArray attempts = new JsonArray();
            step.attempts().forEach(attempt -> attempts.add(attempt(attempt)));
            array.add(
                    new JsonObject()
                            .put("step", step.step())
                            .put("passed", step.passed())
                            .put("failure", failure(step.failure()))
                            .put("offsetNanos", step.offsetNanos())
                            .put("durationNanos", step.durationNanos())
                            .put("recovered", step.recovered())
                            .put("attempts", attempts));
        }
        return array;
    }

    private static JsonObject attempt(AttemptResult attempt) {
        JsonObject phases = new JsonObject();
        attempt.phases().nanos().forEach((phase, nanos) -> phases.put(phase.label(), nanos));
        return new JsonObject()
                .put("purpose", attempt.purpose().name().toLowerCase(Locale.ROOT))
                .put("status", attempt.status().isPresent() ? attempt.status().getAsInt() : null)
                .put("failure", failure(attempt.failure()))
                .put("phases", phases)
                .put("totalNanos", attempt.phases().totalNanos())
                .put("bodyBytes", attempt.bodyBytes());
    }

    private static @Nullable JsonObject failure(@Nullable Failure failure) {
        return failure == null
                ? null
                : new JsonObject()
                        .put("reason", failure.reason().label())
                        .put("ofAgent", failure.ofAgent())
                        .put("detail", failure.detail());
    }
}
