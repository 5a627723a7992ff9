package io.paybeacon.telemetry;

import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides which series are exposed, so that no input can make the exposition grow without end.
 *
 * <p>First come, first served, and for good: a series that was exposed once stays, because one that
 * comes and goes would look like a counter that was reset. Only a change of the configuration makes
 * room again. Series with label values from outside have a budget of their own, which they cannot
 * leave, so that they never starve what the configuration makes known. Not safe for use by many
 * threads.
 */
final class SeriesBudget {
    private final Map<Series, Kind> admitted = new HashMap<>();
    private final Map<MetricDeclaration, Integer> foreignByMetric = new HashMap<>();
    private final Map<Kind, Integer> samples = new EnumMap<>(Kind.class);

    /** A series that is exposed, or wants to be. */
    record Series(MetricDeclaration metric, List<String> labels) {}

    private enum Kind {
        /** Every label value was known beforehand. */
        KNOWN,
        /** A label value comes from outside. */
        FOREIGN,
        /** It stands for those beyond the budget. */
        OVERFLOW
    }

    /** Whether a series whose label values were all known beforehand is exposed. */
    boolean admitKnown(Series series) {
        return admitted.containsKey(series) || (hasRoom(series) && add(series, Kind.KNOWN));
    }

    /** Whether a series with a label value from outside is exposed. */
    boolean admitForeign(Series series) {
        if (admitted.containsKey(series)) {
            return true;
        }
        int more = series.metric().samples();
        int ofMetric = foreignByMetric.getOrDefault(series.metric(), 0) + more;
        if (samples(Kind.FOREIGN) + more > Limits.SAMPLES_OF_FOREIGN_MAX
                || ofMetric > Limits.SAMPLES_OF_FOREIGN_PER_METRIC_MAX
                || !hasRoom(series)) {
            return false;
        }
        foreignByMetric.put(series.metric(), ofMetric);
        return add(series, Kind.FOREIGN);
    }

    /** Whether the series that stands for those beyond the budget is exposed. */
    boolean admitOverflow(Series series) {
        return admitted.containsKey(series)
                || (samples(Kind.OVERFLOW) + series.metric().samples()
                                <= Limits.SAMPLES_OF_OVERFLOW_MAX
                        && add(series, Kind.OVERFLOW));
    }

    /**
     * Forgets the series that are not wanted any more, so that there is room for others; those that
     * stand for others stay.
     *
     * @return those that are forgotten
     */
    Set<Series> retain(Predicate<Series> wanted) {
        Set<Series> forgotten = new HashSet<>();
        for (Iterator<Map.Entry<Series, Kind>> all = admitted.entrySet().iterator();
                all.hasNext(); ) {
            Map.Entry<Series, Kind> entry = all.next();
            Series series = entry.getKey();
            if (entry.getValue() == Kind.OVERFLOW || wanted.test(series)) {
                continue;
            }
            int fewer = series.metric().samples();
            samples.merge(entry.getValue(), -fewer, Integer::sum);
            if (entry.getValue() == Kind.FOREIGN) {
                foreignByMetric.merge(series.metric(), -fewer, Integer::sum);
            }
            forgotten.add(series);
            all.remove();
        }
        return forgotten;
    }

    private boolean hasRoom(Series series) {
        return samples(Kind.KNOWN) + samples(Kind.FOREIGN) + series.metric().samples()
                <= Limits.SAMPLES_MAX - Limits.SAMPLES_OF_OVERFLOW_MAX;
    }

    private int samples(Kind kind) {
        return samples.getOrDefault(kind, 0);
    }

    private boolean add(Series series, Kind kind) {
        samples.merge(kind, series.metric().samples(), Integer::sum);
        admitted.put(series, kind);
        return true;
    }
}
