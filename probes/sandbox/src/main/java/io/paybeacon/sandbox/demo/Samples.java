package io.paybeacon.sandbox.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The samples of a scrape in Prometheus' text format, as far as a summary needs them: numbers by
 * name and labels. Read from another process on purpose, as any Prometheus would.
 */
record Samples(List<Sample> samples) {
    private static final Pattern LINE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    record Sample(String name, Map<String, String> labels, double value) {
        String label(String key) {
            return labels.getOrDefault(key, "");
        }

        boolean is(String key, String value) {
            return label(key).equals(value);
        }
    }

    /** Those of an agent that does not answer. */
    static final Samples NONE = new Samples(List.of());

    static Samples parse(String text) {
        List<Sample> samples = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            Matcher matcher = LINE.matcher(line);
            if (!line.startsWith("#") && matcher.matches()) {
                Map<String, String> labels = new HashMap<>();
                Matcher label = LABEL.matcher(matcher.group(2) == null ? "" : matcher.group(2));
                while (label.find()) {
                    labels.put(label.group(1), label.group(2));
                }
                samples.add(new Sample(matcher.group(1), labels, number(matcher.group(3))));
            }
        }
        return new Samples(List.copyOf(samples));
    }

    private static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }

    /** The sum of the samples of a name that fit. */
    double sum(String name, Predicate<Sample> fits) {
        return samples.stream()
                .filter(sample -> sample.name().equals(name) && fits.test(sample))
                .mapToDouble(Sample::value)
                .sum();
    }

    /** The sum of the samples of a name. */
    double sum(String name) {
        return sum(name, sample -> true);
    }

    /** The samples of a name that fit and are above zero, added up by a label. */
    Map<String, Long> by(String name, String label, Predicate<Sample> fits) {
        Map<String, Long> sums = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.name().equals(name) && sample.value() > 0 && fits.test(sample)) {
                sums.merge(sample.label(label), Math.round(sample.value()), Long::sum);
            }
        }
        return sums;
    }

    /**
     * The least bound of a histogram under which this share of its values lies; NaN when it is
     * empty.
     */
    double bound(String histogram, double share, Predicate<Sample> fits) {
        Map<Double, Double> below = new TreeMap<>();
        for (Sample sample : samples) {
            if (sample.name().equals(histogram + "_bucket") && fits.test(sample)) {
                below.merge(number(sample.label("le")), sample.value(), Double::sum);
            }
        }
        double total = below.getOrDefault(Double.POSITIVE_INFINITY, 0.0);
        for (Map.Entry<Double, Double> entry : below.entrySet()) {
            if (total > 0 && entry.getValue() >= share * total) {
                return entry.getKey();
            }
        }
        return Double.NaN;
    }
}
