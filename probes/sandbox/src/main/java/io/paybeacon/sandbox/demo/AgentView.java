package io.paybeacon.sandbox.demo;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the agent knows at one moment, as anybody can ask it.
 *
 * @param samples its metrics
 * @param details what it says of failures: by probe, step and reason the newest sentence
 * @param findings the subjects of its open findings, by kind: a payment as {@code
 *     gateway:reference}, or an order
 */
record AgentView(
        Samples samples, Map<FailureKey, String> details, Map<String, Set<String>> findings) {
    private static final String OPEN = "/api/v1/findings?state=open&limit=100";

    /** Findings asked for at most: a demonstration that plants more is not about single ones. */
    private static final int FINDINGS_MAX = 10_000;

    /** Which failure. */
    record FailureKey(String probe, String step, String reason) {}

    /** Whoever answers a path of the agent, or does not. */
    interface Asked {
        /** The body of an answer with status 200, or nothing. */
        Optional<String> get(String path) throws InterruptedException;
    }

    AgentView {
        details = Map.copyOf(details);
        findings = Map.copyOf(findings);
    }

    /**
     * Asks for everything.
     *
     * @return nothing if the agent leaves a question unanswered, as one that ends does
     */
    static Optional<AgentView> of(Asked agent) throws InterruptedException {
        Optional<Samples> samples = agent.get("/metrics").map(Samples::parse);
        Optional<Map<String, Set<String>>> findings = findings(agent);
        if (samples.isEmpty() || findings.isEmpty()) {
            return Optional.empty();
        }
        Map<FailureKey, String> details = new HashMap<>();
        for (DemoPlan plan : DemoPlan.ALL) {
            if (samples.get().sum(Metric.STEP_FAILURES, s -> s.is("probe", plan.probe())) > 0) {
                Optional<String> probe = agent.get("/api/v1/probes/" + plan.probe());
                if (probe.isEmpty()) {
                    return Optional.empty();
                }
                addDetails(details, plan.probe(), probe.get());
            }
        }
        return Optional.of(new AgentView(samples.get(), details, findings.get()));
    }

    private static Optional<Map<String, Set<String>>> findings(Asked agent)
            throws InterruptedException {
        Map<String, Set<String>> subjects = new HashMap<>();
        String path = OPEN;
        for (int read = 0; read < FINDINGS_MAX; ) {
            Optional<JsonObject> page = agent.get(path).map(JsonObject::new);
            if (page.isEmpty()) {
                return Optional.empty();
            }
            List<JsonObject> findings = items(page.get(), "findings");
            findings.forEach(finding ->
                    subjects.computeIfAbsent(finding.getString("kind"), kind -> new HashSet<>())
                            .add(finding.getString("subject")));
            read += findings.size();
            String next = page.get().getString("next");
            if (next == null || findings.isEmpty()) {
                break;
            }
            path = OPEN + "&after=" + next;
        }
        return Optional.of(subjects);
    }

    /** The payments that it says are stuck. */
    Set<String> stuck() {
        return findings.getOrDefault("stuck_payment", Set.of());
    }

    /** Runs come newest first. */
    private static void addDetails(Map<FailureKey, String> details, String probe, String body) {
        for (JsonObject run : items(new JsonObject(body), "runs")) {
            JsonObject failure = run.getJsonObject("failure");
            if (failure != null) {
                details.putIfAbsent(
                        new FailureKey(
                                probe,
                                String.valueOf(run.getString("failedStep")),
                                failure.getString("reason")),
                        failure.getString("detail"));
            }
        }
    }

    private static List<JsonObject> items(JsonObject body, String key) {
        return body.getJsonArray(key, new JsonArray()).stream()
                .map(JsonObject.class::cast)
                .toList();
    }
}
