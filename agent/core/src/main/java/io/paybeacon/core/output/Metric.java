package io.paybeacon.core.output;

import io.paybeacon.core.codec.Named;
import java.util.List;

/**
 * The metrics that stages measure, with what an engine has to know to keep them: kind, labels,
 * buckets. Name, unit and help are declared beside them in the metric catalogue.
 *
 * <p>Values are whole numbers: counts, minor units of money, seconds since the epoch, nanoseconds
 * of durations, and parts per million of ratios.
 */
// Both lists are unmodifiable, which their type does not say.
@SuppressWarnings("ImmutableEnumChecker")
public enum Metric {
    INTAKE_UNUSED("intake_unused", Kind.COUNTER, "gateway", "reason"),
    REGISTERED_EVENTS("registered_events", Kind.COUNTER, "gateway", "type"),
    IDENTITY_PARKED("identity_parked", Kind.GAUGE, "gateway"),
    ORPHAN_EVENTS("orphan_events", Kind.COUNTER, "gateway"),
    PAYMENTS("payments", Kind.GAUGE, "gateway", "status"),
    PAYMENTS_CREATED("payments_created", Kind.COUNTER, "gateway"),
    PAYMENT_ATTEMPTS("payment_attempts", Kind.COUNTER, "gateway", "method", "outcome"),
    PAYMENT_CORRECTIONS("payment_corrections", Kind.COUNTER, "gateway"),
    PAYMENT_FACTS_OVER_LIMIT("payment_facts_over_limit", Kind.COUNTER, "gateway"),
    PAYMENT_CAPTURED("payment_captured", Kind.COUNTER, "gateway", "currency"),
    PAYMENT_REFUNDED("payment_refunded", Kind.COUNTER, "gateway", "currency"),
    PAYMENT_DURATION("payment_duration", Buckets.GATEWAY_CLOCK_NANOS, "gateway", "outcome"),
    WEBHOOK_LAG("webhook_lag", Buckets.GATEWAY_CLOCK_NANOS, "gateway"),
    ORDERS_PAID("orders_paid", Kind.COUNTER, "gateway"),
    GATEWAY_RECENT_ATTEMPTS("gateway_recent_attempts", Kind.GAUGE, "gateway", "outcome"),
    FINDINGS_OPENED("findings_opened", Kind.COUNTER, "gateway", "kind"),
    FINDINGS_OPEN("findings_open", Kind.GAUGE, "gateway", "kind"),
    FINDING_ACTS_OVER_LIMIT("finding_acts_over_limit", Kind.COUNTER, "gateway"),
    PROBE_RUNS("probe_runs", Kind.COUNTER, "gateway", "probe", "outcome"),
    PROBE_DURATION("probe_duration", Buckets.PAYMENT_NANOS, "gateway", "probe"),
    PROBE_DURATION_FROM_DUE("probe_duration_from_due", Buckets.FROM_DUE_NANOS, "gateway", "probe"),
    PROBE_PHASE(
            "probe_phase_duration", Buckets.PHASE_NANOS, "gateway", "probe", "phase", "connection"),
    PROBE_STEP_FAILURES("probe_step_failures", Kind.COUNTER, "gateway", "probe", "step", "reason"),
    PROBE_FAILURES("probe_failures", Kind.COUNTER, "gateway", "probe"),
    PROBE_ATTEMPTS("probe_attempts", Kind.COUNTER, "gateway", "probe"),
    PROBE_SLOTS("probe_slots", Kind.COUNTER, "gateway", "probe", "outcome"),
    PROBE_LAG("probe_lag", Buckets.LAG_NANOS, "gateway", "probe"),
    PROBE_UP("probe_up", Kind.GAUGE, "gateway", "probe"),
    PROBE_ORPHANS("probe_orphans", Kind.GAUGE, "gateway", "probe"),
    PROBE_LAST_SUCCESS("probe_last_success", Kind.GAUGE, "gateway", "probe"),
    PROBE_CONFIRMATIONS("probe_confirmations", Kind.COUNTER, "gateway", "probe", "outcome"),
    PROBE_CONFIRMED_DOWN("probe_confirmed_down", Kind.GAUGE, "gateway", "probe"),
    PROBE_WEBHOOK_LAG("probe_webhook_lag", Buckets.GATEWAY_CLOCK_NANOS, "gateway"),
    SOURCE_LATENCY("source_latency", Kind.GAUGE, "gateway", "source"),
    SOURCE_ERROR_RATIO("source_error_ratio", Kind.GAUGE, "gateway", "source"),
    SOURCE_STATUS("source_status", Kind.GAUGE, "gateway", "source"),
    SOURCE_UP("source_up", Kind.GAUGE, "gateway", "source"),
    SOURCE_LAST_SUCCESS("source_last_success", Kind.GAUGE, "gateway", "source"),
    SOURCE_FAILURES("source_failures", Kind.COUNTER, "gateway", "source", "reason");

    /** All of them by key. */
    public static final Named<Metric> NAMES = Named.of(Metric.class, Metric::key);

    private final String key;
    private final Kind kind;
    private final List<Long> buckets;
    private final List<String> labels;

    Metric(String key, Kind kind, String... labels) {
        this.key = key;
        this.kind = kind;
        this.buckets = List.of();
        this.labels = List.of(labels);
    }

    Metric(String key, List<Long> buckets, String... labels) {
        this.key = key;
        this.kind = Kind.HISTOGRAM;
        this.buckets = buckets;
        this.labels = List.of(labels);
    }

    /** Its name in stored bytes, which never changes. */
    public String key() {
        return key;
    }

    /** How it behaves. */
    public Kind kind() {
        return kind;
    }

    /** The names of its labels, in order. */
    public List<String> labels() {
        return labels;
    }

    /** The upper bounds of a histogram's buckets, ascending, without infinity; else empty. */
    public List<Long> buckets() {
        return buckets;
    }

    /** How a metric behaves. */
    public enum Kind {
        /** It only grows. */
        COUNTER,
        /** It goes up and down. */
        GAUGE,
        /** Counts of values by size. */
        HISTOGRAM
    }
}
