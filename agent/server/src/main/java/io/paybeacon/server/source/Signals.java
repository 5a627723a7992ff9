package io.paybeacon.server.source;

import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.server.config.SeriesSelector;
import io.paybeacon.server.config.SourceConfig;
import io.paybeacon.server.config.SourceConfig.Reading;
import io.paybeacon.server.config.SourceConfig.Unit;
import io.paybeacon.server.source.ExpositionReader.Sample;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes signals of what one source answers. It remembers the counters of the scrape before, since
 * a ratio is of growth: the first scrape, and one without traffic, tell nothing. Confined to one
 * thread at a time.
 */
final class Signals {
    private static final BigDecimal PARTS = BigDecimal.valueOf(1_000_000);

    private final Map<SeriesSelector, Map<Sample, BigDecimal>> before = new HashMap<>();

    /** The metrics that the readings of a scrape need. */
    static Set<String> metrics(Map<SourceConfig.Signal, Reading> readings) {
        Set<String> metrics = new HashSet<>();
        for (Reading reading : readings.values()) {
            switch (reading) {
                case Reading.Value value -> metrics.add(value.series().metric());
                case Reading.Ratio ratio -> {
                    metrics.add(ratio.increase().metric());
                    metrics.add(ratio.per().metric());
                }
            }
        }
        return metrics;
    }

    /**
     * The signals of a scrape.
     *
     * @throws BadAnswerException if one of them cannot be told; then none is
     */
    Map<Signal, Long> scraped(Map<SourceConfig.Signal, Reading> readings, List<Sample> samples)
            throws BadAnswerException {
        Map<Signal, Long> signals = new EnumMap<>(Signal.class);
        Map<SeriesSelector, BigDecimal> growth = new HashMap<>();
        // Every counter is taken in before any is judged, so that all keep the same pace.
        for (Reading reading : readings.values()) {
            if (reading instanceof Reading.Ratio ratio) {
                grow(ratio.increase(), samples, growth);
                grow(ratio.per(), samples, growth);
            }
        }
        for (Map.Entry<SourceConfig.Signal, Reading> entry : readings.entrySet()) {
            Optional<BigDecimal> value =
                    switch (entry.getValue()) {
                        case Reading.Value one -> Optional.of(single(one.series(), samples));
                        case Reading.Ratio ratio -> quotient(ratio, growth);
                    };
            if (value.isPresent()) {
                Signal signal = signal(entry.getKey());
                signals.put(signal, inUnit(signal, value.get(), unit(entry.getValue())));
            }
        }
        return signals;
    }

    /** A number in seconds, a share, or a status, as the event carries it. */
    static long inUnit(Signal signal, BigDecimal value, Unit unit) throws BadAnswerException {
        BigDecimal scaled =
                switch (signal) {
                    case LATENCY -> value.multiply(BigDecimal.valueOf(unit.nanos()));
                    case ERROR_RATIO -> value.multiply(PARTS);
                    case STATUS -> value;
                };
        if (scaled.signum() < 0 || scaled.compareTo(BigDecimal.valueOf(signal.valueMax())) > 0) {
            throw new BadAnswerException(
                    SourceReason.BAD_VALUE,
                    "the %s is %s, which cannot be".formatted(signal.label(), text(value)));
        }
        if (signal == Signal.STATUS && scaled.stripTrailingZeros().scale() > 0) {
            throw new BadAnswerException(
                    SourceReason.BAD_VALUE, "a status is a whole number from 0 to 4");
        }
        return scaled.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
    }

    /** The event's signal for one of the configuration. */
    static Signal signal(SourceConfig.Signal signal) {
        return switch (signal) {
            case LATENCY -> Signal.LATENCY;
            case ERROR_RATIO -> Signal.ERROR_RATIO;
            case STATUS -> Signal.STATUS;
        };
    }

    private static Unit unit(Reading reading) {
        return switch (reading) {
            case Reading.Value value -> value.unit();
            case Reading.Ratio ratio -> ratio.unit();
        };
    }

    private static BigDecimal single(SeriesSelector selector, List<Sample> samples)
            throws BadAnswerException {
        List<Sample> found = matching(selector, samples);
        if (found.isEmpty()) {
            throw none(selector);
        }
        if (found.size() > 1) {
            throw new BadAnswerException(
                    SourceReason.BAD_VALUE,
                    "%d series match %s; add labels until one does"
                            .formatted(found.size(), selector.metric()));
        }
        return finite(found.getFirst());
    }

    private void grow(
            SeriesSelector selector, List<Sample> samples, Map<SeriesSelector, BigDecimal> growth)
            throws BadAnswerException {
        if (growth.containsKey(selector)) {
            return;
        }
        List<Sample> found = matching(selector, samples);
        if (found.isEmpty()) {
            throw none(selector);
        }
        Map<Sample, BigDecimal> now = new HashMap<>();
        for (Sample sample : found) {
            now.put(new Sample(sample.metric(), sample.labels(), null, false), finite(sample));
        }
        Map<Sample, BigDecimal> last = before.put(selector, now);
        if (last != null) {
            BigDecimal sum = BigDecimal.ZERO;
            for (Map.Entry<Sample, BigDecimal> entry : now.entrySet()) {
                BigDecimal earlier = last.getOrDefault(entry.getKey(), BigDecimal.ZERO);
                // A counter that fell began anew, as with a restart: all of it is growth.
                boolean reset = entry.getValue().compareTo(earlier) < 0;
                sum = sum.add(reset ? entry.getValue() : entry.getValue().subtract(earlier));
            }
            growth.put(selector, sum);
        }
    }

    private static Optional<BigDecimal> quotient(
            Reading.Ratio ratio, Map<SeriesSelector, BigDecimal> growth) {
        BigDecimal above = growth.get(ratio.increase());
        BigDecimal below = growth.get(ratio.per());
        if (above == null || below == null || below.signum() == 0) {
            return Optional.empty();
        }
        return Optional.of(above.divide(below, MathContext.DECIMAL64));
    }

    private static List<Sample> matching(SeriesSelector selector, List<Sample> samples) {
        return samples.stream()
                .filter(sample -> sample.metric().equals(selector.metric()))
                .filter(sample ->
                        sample.labels().entrySet().containsAll(selector.labels().entrySet()))
                .toList();
    }

    private static BigDecimal finite(Sample sample) throws BadAnswerException {
        BigDecimal value = sample.value();
        if (sample.stale()) {
            throw new BadAnswerException(
                    SourceReason.BAD_VALUE,
                    "the value of %s is older than %d s"
                            .formatted(sample.metric(), ExpositionReader.STALE_AFTER.toSeconds()));
        }
        if (value == null) {
            throw new BadAnswerException(
                    SourceReason.BAD_VALUE, "the value of " + sample.metric() + " is not finite");
        }
        return value;
    }

    private static BadAnswerException none(SeriesSelector selector) {
        return new BadAnswerException(
                SourceReason.NO_SERIES, "no series matches " + selector.metric());
    }

    private static String text(BigDecimal value) {
        return value.round(new MathContext(6)).toString();
    }
}
