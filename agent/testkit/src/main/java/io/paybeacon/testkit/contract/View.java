package io.paybeacon.testkit.contract;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.engine.MetricSnapshot.Histogram;
import io.paybeacon.core.output.Series;
import io.paybeacon.testkit.contract.RecordingSink.Said;
import io.paybeacon.testkit.model.StateKey;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * What can be seen of an engine: enough to say whether two of them agree. Exemplars are left out,
 * because which of two samples of one moment a bucket shows is not laid down.
 *
 * @param states of the keys that were asked for and hold one
 * @param values of counters and gauges
 * @param histograms without exemplars
 * @param findings the distinct deliveries, each finding's in order
 */
record View(
        Map<StateKey, Object> states,
        Map<Series, Long> values,
        Map<Series, Histogram> histograms,
        Map<String, List<Said>> findings) {

    /** What can be seen of these keys and everything else. */
    static View of(
            Engine engine, RecordingSink sink, Collection<StateKey> keys, Duration patience) {
        MetricSnapshot metrics = engine.metrics();
        return new View(
                states(engine, keys, patience),
                metrics.values(),
                metrics.histograms().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        Map.Entry::getKey,
                                        entry -> withoutExemplars(entry.getValue()))),
                sink.byFinding());
    }

    /** The states of these keys. */
    static Map<StateKey, Object> states(
            Engine engine, Collection<StateKey> keys, Duration patience) {
        Map<StateKey, Object> states = new TreeMap<>();
        for (StateKey key : keys) {
            await(engine.find(key.stage(), key.key(), Object.class), patience)
                    .ifPresent(state -> states.put(key, state));
        }
        return states;
    }

    /**
     * What a future comes to.
     *
     * @throws AssertionError if it fails or does not complete in time
     */
    static <T> T await(CompletableFuture<T> future, Duration patience) {
        try {
            return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the engine failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("no answer within " + patience, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static Histogram withoutExemplars(Histogram histogram) {
        return new Histogram(histogram.counts(), histogram.sum(), Map.of());
    }
}
