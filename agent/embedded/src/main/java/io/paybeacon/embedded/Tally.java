package io.paybeacon.embedded;

import io.paybeacon.core.engine.MetricSnapshot.Exemplar;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output.Change;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.Level;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.output.Series;
import io.paybeacon.embedded.record.MetricRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to one series while an epoch is computed. */
final class Tally {
    private final Series series;
    private final long[] counts;
    private final Map<Integer, Exemplar> exemplars = new HashMap<>();
    private boolean set;
    private long value;

    Tally(Series series) {
        this.series = series;
        this.counts = new long[MetricRow.countsOf(series.metric())];
    }

    /** Whether the metric is of the kind that the measurement is for. */
    static boolean fits(Measurement measurement) {
        Metric.Kind kind = measurement.series().metric().kind();
        return switch (measurement) {
            case Count _ -> kind == Metric.Kind.COUNTER;
            case Change _, Level _ -> kind == Metric.Kind.GAUGE;
            case Observation _ -> kind == Metric.Kind.HISTOGRAM;
        };
    }

    /** Adds a measurement of this series that {@link #fits}. */
    void add(Measurement measurement, Instant at) {
        switch (measurement) {
            case Count count -> value += count.by();
            case Change change -> value += change.by();
            case Level level -> {
                set = true;
                value = level.value();
            }
            case Observation seen -> {
                int bucket = bucket(seen.value());
                counts[bucket]++;
                value += seen.value();
                if (!seen.traceId().isEmpty()) {
                    exemplars.put(bucket, new Exemplar(seen.value(), seen.traceId(), at));
                }
            }
        }
    }

    /** Adds what happened later. */
    void add(Tally later) {
        set |= later.set;
        value = later.set ? later.value : value + later.value;
        for (int i = 0; i < counts.length; i++) {
            counts[i] += later.counts[i];
        }
        exemplars.putAll(later.exemplars);
    }

    /** Where the series stands afterwards. */
    MetricRow onto(@Nullable MetricRow before) {
        long start = set || before == null ? 0 : before.value();
        List<Long> sums = new ArrayList<>(counts.length);
        for (int i = 0; i < counts.length; i++) {
            sums.add(counts[i] + (before == null ? 0 : before.counts().get(i)));
        }
        long end = start + value;
        if (counts.length > 0) {
            // The sum of a histogram in nanoseconds reaches 63 bits within months on a busy agent.
            // Then it starts over from zero, which readers of counters know as a reset.
            end &= Long.MAX_VALUE;
        }
        return new MetricRow(series, end, sums);
    }

    Map<Integer, Exemplar> exemplars() {
        return exemplars;
    }

    private int bucket(long value) {
        List<Long> bounds = series.metric().buckets();
        int bucket = 0;
        while (bucket < bounds.size() && value > bounds.get(bucket)) {
            bucket++;
        }
        return bucket;
    }
}
