package io.paybeacon.telemetry;

import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.pipeline.Step;
import java.util.List;
import java.util.stream.LongStream;

/** The metrics that the process keeps of itself; they begin anew with each start. */
// A declaration is deeply unmodifiable, which the types of its lists do not say.
@SuppressWarnings("ImmutableEnumChecker")
public enum ProcessMetric {
    /** The running build. */
    AGENT_INFO(
            MetricType.INFO, "agent.info", "{agent}", "The running build.", Label.open("version")),
    /** When the process started. */
    AGENT_START_TIME(
            MetricType.GAUGE,
            "agent.start_time",
            MetricDeclaration.SECONDS,
            "When the process started, since 1970-01-01T00:00:00Z."),
    /** Whether the agent itself is well. */
    AGENT_HEALTHY(
            MetricType.GAUGE,
            "agent.healthy",
            "{check}",
            "Whether the agent itself is well, by what is checked: 1 or 0.",
            Label.listed("check", HealthCheck.labels())),
    /** How often the agent fell ill. */
    AGENT_FAULTS(
            MetricType.COUNTER,
            "agent.faults",
            "{fault}",
            "Times that the agent itself fell ill, by what was checked; samples of gateways taken"
                    + " meanwhile do not count.",
            Label.listed("check", HealthCheck.labels())),
    /** How late an event loop comes to its work. */
    AGENT_EVENT_LOOP_LAG(
            millis(1, 5, 10, 50, 100, 500, 1_000, 5_000),
            "agent.event_loop.lag",
            "Time by which an event loop came late to what was due on it."),
    /** Whether the engine works. */
    ENGINE_UP(
            MetricType.GAUGE,
            "engine.up",
            "{engine}",
            "Whether the engine accepts events: 1 or 0."),
    /** Committed epochs. */
    ENGINE_EPOCHS(
            MetricType.COUNTER,
            "engine.epochs",
            "{epoch}",
            "Batches of events that were committed since the start of the process."),
    /** Events that wait to become durable. */
    ENGINE_QUEUED_EVENTS(
            MetricType.GAUGE,
            "engine.queued_events",
            "{event}",
            "Events that wait to become durable."),
    /** Outputs that wait for their receiver. */
    ENGINE_UNDELIVERED_OUTPUTS(
            MetricType.GAUGE,
            "engine.undelivered_outputs",
            "{output}",
            "Committed changes of findings that the findings store has not confirmed."),
    /** Events that a stage failed at. */
    ENGINE_STAGE_FAILURES(
            MetricType.COUNTER,
            "engine.stage_failures",
            "{failure}",
            "Times that a stage of the pipeline threw; the engine stops rather than skip an event.",
            Label.listed("stage", Pipeline.standard().steps().stream().map(Step::name).toList())),
    /** Webhook requests by result. */
    INGEST_REQUESTS(
            MetricType.COUNTER,
            "ingest.requests",
            "{request}",
            "Webhook requests by what became of them; the gateway is unknown when none of that name"
                    + " is configured.",
            Label.GATEWAY,
            Label.listed("result", IngestResult.labels())),
    /** How long a webhook request took until it was durable and answered. */
    INGEST_DURATION(
            millis(5, 25, 100, 500, 1_000, 8_000, 30_000),
            "ingest.duration",
            "Time from a webhook request's headers to its answer.",
            Label.GATEWAY),
    /** Answers of the HTTP server. */
    HTTP_RESPONSES(
            MetricType.COUNTER,
            "http.responses",
            "{response}",
            "Answers of the agent's HTTP server, by route and class of status.",
            Label.listed("route", HttpRoute.labels()),
            Label.listed("status", List.of("2xx", "3xx", "4xx", "5xx"))),
    /** Requests that were turned away. */
    HTTP_REFUSALS(
            MetricType.COUNTER,
            "http.refusals",
            "{request}",
            "Requests that the agent's HTTP server turned away before they were answered, by"
                    + " reason; a wrong token may be a guess.",
            Label.listed("reason", AccessRefusal.labels())),
    /** Whether the findings store answers. */
    FINDINGS_STORE_UP(
            MetricType.GAUGE,
            "findings.store.up",
            "{store}",
            "Whether the findings store answered the last question to it: 1 or 0; while it does"
                    + " not, outputs wait in the engine."),
    /** Failures of the findings store. */
    FINDINGS_STORE_ERRORS(
            MetricType.COUNTER,
            "findings.store.errors",
            "{error}",
            "Writes and reads of the findings store that failed; writes are tried again."),
    /** Attempts to read a changed configuration. */
    CONFIG_RELOADS(
            MetricType.COUNTER,
            "config.reloads",
            "{reload}",
            "Times that a changed configuration was read, by whether it is in force or the one"
                    + " before stays.",
            Label.listed("result", List.of("applied", "rejected"))),
    /** When the configuration was last read without an error. */
    CONFIG_LAST_RELOAD(
            MetricType.GAUGE,
            "config.last_reload.success.timestamp",
            MetricDeclaration.SECONDS,
            "When the configuration in force was read, since 1970-01-01T00:00:00Z."),
    /** Whether the last attempt to read the configuration succeeded. */
    CONFIG_LAST_RELOAD_OK(
            MetricType.GAUGE,
            "config.last_reload.successful",
            "{reload}",
            "Whether the last attempt to read the configuration succeeded: 1 or 0."),
    /** Series that the budget keeps out of the exposition. */
    SERIES_OVER_BUDGET(
            MetricType.GAUGE,
            "exposition.series_over_budget",
            "{series}",
            "Series that are folded into the label value other, or left out, because the exposition"
                    + " holds as many samples as it may.");

    private final MetricDeclaration declaration;

    ProcessMetric(MetricType type, String name, String unit, String help, Label... labels) {
        this.declaration =
                new MetricDeclaration(
                        "paybeacon." + name, type, unit, help, List.of(labels), true, List.of(), 0);
    }

    ProcessMetric(List<Long> buckets, String name, String help, Label... labels) {
        this.declaration =
                new MetricDeclaration(
                        "paybeacon." + name,
                        MetricType.HISTOGRAM,
                        MetricDeclaration.SECONDS,
                        help,
                        List.of(labels),
                        true,
                        buckets,
                        0);
    }

    /** What the world sees. */
    public MetricDeclaration declaration() {
        return declaration;
    }

    private static List<Long> millis(long... bounds) {
        return LongStream.of(bounds).mapToObj(millis -> millis * 1_000_000).toList();
    }
}
