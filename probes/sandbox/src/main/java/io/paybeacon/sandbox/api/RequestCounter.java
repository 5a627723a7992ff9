package io.paybeacon.sandbox.api;

import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * The requests an API received, refused ones too, by operation: how many, how they were answered,
 * how long it took. Thread-safe.
 */
public final class RequestCounter {
    /** Upper bounds of the duration histogram, in milliseconds. */
    public static final List<Long> BUCKETS_MILLIS =
            List.of(5L, 10L, 25L, 50L, 100L, 250L, 500L, 1_000L, 2_500L, 5_000L, 10_000L);

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanos;
    private final Map<String, Tally> tallies = new TreeMap<>();

    /**
     * Nothing yet.
     *
     * @param nanos a monotonic clock
     * @param operations the names to begin at zero
     */
    public RequestCounter(LongSupplier nanos, List<String> operations) {
        this.nanos = nanos;
        operations.forEach(operation -> tallies.put(operation, new Tally()));
    }

    private static final class Tally {
        private long received;
        private final Map<Integer, Long> answered = new TreeMap<>();
        private final long[] buckets = new long[BUCKETS_MILLIS.size()];
        private long durationNanos;
    }

    /**
     * What became of one operation's requests.
     *
     * @param answered by HTTP status; what was received and is not in here was not answered
     * @param buckets cumulative, one for each of {@link #BUCKETS_MILLIS}
     * @param durationNanos sum over the answered ones
     */
    public record Counts(
            long received, Map<Integer, Long> answered, List<Long> buckets, long durationNanos) {
        public Counts {
            answered = Map.copyOf(answered);
            buckets = List.copyOf(buckets);
        }
    }

    /** Counts a request now, and its answer when that has been sent. */
    void watch(HttpServerRequest request, String operation) {
        long start = nanos.getAsLong();
        synchronized (this) {
            tally(operation).received++;
        }
        request.response()
                .endHandler(sent ->
                        answered(
                                operation,
                                request.response().getStatusCode(),
                                nanos.getAsLong() - start));
    }

    private synchronized void answered(String operation, int status, long duration) {
        Tally tally = tally(operation);
        tally.answered.merge(status, 1L, Long::sum);
        tally.durationNanos += duration;
        for (int i = 0; i < tally.buckets.length; i++) {
            if (duration <= BUCKETS_MILLIS.get(i) * NANOS_PER_MILLI) {
                tally.buckets[i]++;
            }
        }
    }

    private Tally tally(String operation) {
        return tallies.computeIfAbsent(operation, name -> new Tally());
    }

    /** All requests so far. */
    public synchronized long total() {
        return tallies.values().stream().mapToLong(t -> t.received).sum();
    }

    /** By the operation's name, {@code unknown} for paths that do not exist. */
    public synchronized Map<String, Counts> byOperation() {
        Map<String, Counts> counts = new TreeMap<>();
        tallies.forEach((operation, t) ->
                counts.put(
                        operation,
                        new Counts(
                                t.received,
                                t.answered,
                                Arrays.stream(t.buckets).boxed().toList(),
                                t.durationNanos)));
        return counts;
    }
}
