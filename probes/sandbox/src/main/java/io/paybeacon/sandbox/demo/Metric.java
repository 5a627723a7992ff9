package io.paybeacon.sandbox.demo;

/** The agent's metrics that a summary is made of (docs/metrics.md). */
final class Metric {
    static final String RUNS = "paybeacon_probe_runs_total";
    static final String DURATION = "paybeacon_probe_duration_seconds";
    static final String STEP_FAILURES = "paybeacon_probe_step_failures_total";
    static final String PAYMENTS = "paybeacon_payments";
    static final String INGEST = "paybeacon_ingest_requests_total";
    static final String OPEN_FINDINGS = "paybeacon_findings_open";

    private Metric() {}
}
