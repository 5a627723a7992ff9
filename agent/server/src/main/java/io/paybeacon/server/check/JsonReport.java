package io.paybeacon.server.check;

import io.paybeacon.probe.RecoveryReport.Orphan;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.server.check.CheckReport.Tested;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A check as JSON, for programs. Members are only added within a {@link #FORMAT}; durations are
 * nanoseconds.
 */
public final class JsonReport {
    /** The version of the form. */
    static final int FORMAT = 1;

    private JsonReport() {}

    /** The whole document. */
    public static String of(CheckReport report, int exitCode) {
        JsonArray probes = new JsonArray();
        for (Tested probe : report.tested()) {
            JsonObject run = RunJson.of(probe.result());
            if (probe.result().outcome() != RunResult.Outcome.PASSED) {
                run.put("debugLog", new JsonArray(probe.result().debugLog()));
            }
            probes.add(run);
        }
        return new JsonObject()
                        .put("format", FORMAT)
                        .put("version", report.version())
                        .put("configuration", report.configuration())
                        .put("startedAt", report.startedAt().toString())
                        .put("durationNanos", report.duration().toNanos())
                        .put("verdict", report.verdict().label())
                        .put("exitCode", exitCode)
                        .put("problems", problems(report))
                        .put("probes", probes)
                        .put("notTested", untested(report))
                        .put("earlierOrphans", orphans(report))
                        .encodePrettily()
                + "\n";
    }

    private static JsonArray problems(CheckReport report) {
        CheckReport.Refusal refusal = report.refusal();
        return refusal == null ? new JsonArray() : new JsonArray(refusal.problems());
    }

    private static JsonArray untested(CheckReport report) {
        JsonArray array = new JsonArray();
        report.untested()
                .forEach(probe ->
                        array.add(
                                new JsonObject()
                                        .put("probe", probe.probe())
                                        .put("gateway", probe.gateway())
                                        .put("why", probe.why())));
        return array;
    }

    private static JsonArray orphans(CheckReport report) {
        JsonArray array = new JsonArray();
        for (Orphan orphan : report.earlier()) {
            array.add(
                    new JsonObject()
                            .put("run", orphan.run())
                            .put("probe", orphan.probe())
                            .put("gateway", orphan.gateway())
                            .put("why", orphan.why()));
        }
        return array;
    }
}
