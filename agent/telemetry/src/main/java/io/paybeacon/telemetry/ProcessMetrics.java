package io.paybeacon.telemetry;

import io.paybeacon.core.engine.EngineStatus;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * What the process counts of itself since its start. Safe for use by many threads.
 *
 * <p>Series are bounded: a gateway that is not configured is counted as {@code unknown}.
 */
public final class ProcessMetrics {
    /** The gateway label of requests for a gateway that is not configured. */
    public static final String UNKNOWN_GATEWAY = "unknown";

    private final Map<Key, LongAdder> counters = new ConcurrentHashMap<>();
    private final Map<Key, Durations> histograms = new ConcurrentHashMap<>();
    private final String version;
    private final Instant startedAt;
    private final Supplier<Inventory> inventory;
    private final Map<HealthCheck, Boolean> healthy = new EnumMap<>(HealthCheck.class);
    private volatile Reload reload;
    private volatile boolean findingsStoreUp = true;

    private record Key(ProcessMetric metric, List<String> labels) {}

    private record Reload(Instant succeededAt, boolean lastSucceeded) {}

    /**
     * Counts nothing yet; the configuration counts as read at the start.
     *
     * @param version of the build
     * @param startedAt by the agent's clock
     * @param inventory gives what is configured at the moment; counts go on when that changes
     */
    public ProcessMetrics(String version, Instant startedAt, Supplier<Inventory> inventory) {
        this.version = version;
        this.startedAt = startedAt;
        this.inventory = inventory;
        this.reload = new Reload(startedAt, true);
    }

    /**
     * A webhook request was answered or given up.
     *
     * @param gateway the name in the path, configured or not
     * @param nanos from its headers to its answer, by a monotonic clock
     */
    public void ingested(String gateway, IngestResult result, long nanos) {
        String label = inventory.get().probes().containsKey(gateway) ? gateway : UNKNOWN_GATEWAY;
        count(ProcessMetric.INGEST_REQUESTS, label, result.label());
        observe(ProcessMetric.INGEST_DURATION, nanos, label);
    }

    /**
     * The HTTP server answered.
     *
     * @param status the HTTP status code, 200 to 599
     */
    public void responded(HttpRoute route, int status) {
        count(ProcessMetric.HTTP_RESPONSES, route.label(), status / 100 + "xx");
    }

    /** The HTTP server turned somebody away. */
    public void refusedAccess(AccessRefusal why) {
        count(ProcessMetric.HTTP_REFUSALS, why.label());
    }

    /** The findings store answered a question, or failed to. */
    public void findingsStoreUp(boolean up) {
        findingsStoreUp = up;
    }

    /** The findings store failed at a write or a read. */
    public void findingsStoreFailed() {
        count(ProcessMetric.FINDINGS_STORE_ERRORS);
    }

    /**
     * A check of the agent's own health said how it is. Each time that it was well and is not any
     * more counts as a fault. Before the first word it counts as well.
     */
    public void agentHealth(HealthCheck check, boolean well) {
        synchronized (healthy) {
            Boolean before = healthy.put(check, well);
            if (!well && (before == null || before)) {
                count(ProcessMetric.AGENT_FAULTS, check.label());
            }
        }
    }

    /**
     * An event loop came late to what was due on it.
     *
     * @param nanos how late, by a monotonic clock
     */
    public void eventLoopLag(long nanos) {
        observe(ProcessMetric.AGENT_EVENT_LOOP_LAG, Math.max(0, nanos));
    }

    /**
     * A stage of the pipeline threw.
     *
     * @param stage its name
     */
    public void stageFailed(String stage) {
        count(ProcessMetric.ENGINE_STAGE_FAILURES, stage);
    }

    /** The configuration was read anew and is in force. */
    public synchronized void configReloaded(Instant at) {
        count(ProcessMetric.CONFIG_RELOADS, "applied");
        reload = new Reload(at, true);
    }

    /** The configuration could not be read; the one before stays in force. */
    public synchronized void configReloadFailed() {
        count(ProcessMetric.CONFIG_RELOADS, "rejected");
        reload = new Reload(reload.succeededAt(), false);
    }

    /** Everything at this moment, with what the engine says of itself. */
    List<Point> points(EngineStatus engine) {
        List<Point> points = new ArrayList<>();
        Reload last = reload;
        points.add(point(ProcessMetric.AGENT_INFO, 1, version));
        points.add(point(ProcessMetric.AGENT_START_TIME, startedAt.getEpochSecond()));
        points.add(point(ProcessMetric.CONFIG_LAST_RELOAD, last.succeededAt().getEpochSecond()));
        points.add(point(ProcessMetric.CONFIG_LAST_RELOAD_OK, last.lastSucceeded() ? 1 : 0));
        synchronized (healthy) {
            for (HealthCheck check : HealthCheck.values()) {
                boolean well = healthy.getOrDefault(check, true);
                points.add(point(ProcessMetric.AGENT_HEALTHY, well ? 1 : 0, check.label()));
            }
        }
        points.add(point(ProcessMetric.ENGINE_UP, engine.failure() == null ? 1 : 0));
        points.add(point(ProcessMetric.FINDINGS_STORE_UP, findingsStoreUp ? 1 : 0));
        points.add(point(ProcessMetric.ENGINE_EPOCHS, engine.epochs()));
        points.add(point(ProcessMetric.ENGINE_QUEUED_EVENTS, engine.queuedEvents()));
        points.add(point(ProcessMetric.ENGINE_UNDELIVERED_OUTPUTS, engine.undelivered()));
        counters.forEach((key, adder) ->
                points.add(new Point.Value(key.metric().declaration(), key.labels(), adder.sum())));
        histograms.forEach((key, durations) ->
                points.add(
                        new Point.Distribution(
                                key.metric().declaration(), key.labels(), durations.snapshot())));
        return points;
    }

    private void count(ProcessMetric metric, String... labels) {
        counters.computeIfAbsent(new Key(metric, List.of(labels)), key -> new LongAdder())
                .increment();
    }

    private void observe(ProcessMetric metric, long nanos, String... labels) {
        histograms
                .computeIfAbsent(
                        new Key(metric, List.of(labels)),
                        key -> new Durations(key.metric().declaration().buckets()))
                .observe(nanos);
    }

    private static Point point(ProcessMetric metric, long value, String... labels) {
        return new Point.Value(metric.declaration(), List.of(labels), value);
    }

    /** A histogram that is kept in place. Safe for use by many threads. */
    private static final class Durations {
        private final List<Long> bounds;
        private final long[] counts;
        private long sumNanos;

        Durations(List<Long> bounds) {
            this.bounds = bounds;
            this.counts = new long[bounds.size() + 1];
        }

        synchronized void observe(long nanos) {
            int bucket = 0;
            while (bucket < bounds.size() && nanos > bounds.get(bucket)) {
                bucket++;
            }
            counts[bucket]++;
            sumNanos += nanos;
        }

        synchronized Histogram snapshot() {
            List<Long> copy = new ArrayList<>(counts.length);
            for (long count : counts) {
                copy.add(count);
            }
            return new Histogram(copy, sumNanos, new HashMap<>());
        }
    }
}
