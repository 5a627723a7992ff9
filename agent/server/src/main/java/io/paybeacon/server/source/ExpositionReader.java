package io.paybeacon.server.source;

import io.paybeacon.core.event.SourceEvent.SourceReason;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the samples of some metrics out of an exposition in the text format of Prometheus 0.0.4 or
 * of OpenMetrics 1.0 (github.com/prometheus/docs, exposition_formats.md; OpenMetrics
 * specification). Lines about other metrics are passed over; a line that is neither of the format
 * nor a comment makes the whole answer malformed, since half of an exposition is no exposition.
 */
final class ExpositionReader {
    /** Samples of the wanted metrics that are kept; a selector matches few. */
    static final int SAMPLES_MAX = 10_000;

    /** Labels of a sample. */
    static final int LABELS_MAX = 64;

    /** A sample with a time of its own that is older than this is not of now. */
    static final Duration STALE_AFTER = Duration.ofMinutes(5);

    private static final BigDecimal MILLIS = BigDecimal.valueOf(1_000);

    /**
     * A sample.
     *
     * @param value null when it is not a number, or infinite
     * @param stale whether it carries a time that is long past
     */
    record Sample(
            String metric, Map<String, String> labels, @Nullable BigDecimal value, boolean stale) {
        Sample {
            labels = Map.copyOf(labels);
        }
    }

    private final String line;
    private final boolean openMetrics;
    private final Instant now;
    private int at;

    private ExpositionReader(String line, boolean openMetrics, Instant now) {
        this.line = line;
        this.openMetrics = openMetrics;
        this.now = now;
    }

    /**
     * The samples of the wanted metrics, in order.
     *
     * @throws BadAnswerException if it is not an exposition, or too large
     */
    static List<Sample> read(Document document, Set<String> wanted) throws BadAnswerException {
        boolean openMetrics = document.contentType().equals(Document.OPEN_METRICS);
        List<Sample> samples = new ArrayList<>();
        int number = 0;
        boolean any = false;
        boolean ended = false;
        for (String raw : document.text().split("\n", -1)) {
            number++;
            String line = raw.strip();
            if (line.isEmpty()) {
                continue;
            }
            if (openMetrics && ended) {
                throw new BadAnswerException(
                        SourceReason.MALFORMED,
                        "line %d comes after the end of the exposition".formatted(number));
            }
            ended = line.equals("# EOF");
            if (line.startsWith("#")) {
                any = true;
                continue;
            }
            Sample sample =
                    new ExpositionReader(line, openMetrics, document.receivedAt())
                            .sample(number, document);
            any = true;
            if (wanted.contains(sample.metric())) {
                if (samples.size() == SAMPLES_MAX) {
                    throw new BadAnswerException(
                            SourceReason.TOO_LARGE,
                            "more than %d samples of %s".formatted(SAMPLES_MAX, wanted));
                }
                samples.add(sample);
            }
        }
        if (!any) {
            throw new BadAnswerException(SourceReason.MALFORMED, "the exposition is empty");
        }
        if (openMetrics && !ended) {
            throw new BadAnswerException(
                    SourceReason.MALFORMED, "the exposition ends before its # EOF");
        }
        return samples;
    }

    private Sample sample(int number, Document document) throws BadAnswerException {
        try {
            String metric = name(true);
            Map<String, String> labels = Map.of();
            skipSpace();
            if (peek() == '{') {
                labels = labels();
                skipSpace();
            }
            BigDecimal value = Numbers.read(word());
            return new Sample(metric, labels, value, rest());
        } catch (IllegalArgumentException e) {
            throw new BadAnswerException(
                    SourceReason.MALFORMED,
                    "line %d is not of the exposition format; %s"
                            .formatted(number, document.said()));
        }
    }

    private String name(boolean colons) {
        int from = at;
        while (at < line.length() && isName(line.charAt(at), at == from, colons)) {
            at++;
        }
        require(at > from);
        return line.substring(from, at);
    }

    private static boolean isName(char c, boolean first, boolean colons) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || c == '_'
                || (colons && c == ':')
                || (!first && c >= '0' && c <= '9');
    }

    private Map<String, String> labels() {
        Map<String, String> labels = new LinkedHashMap<>();
        at++;
        skipSpace();
        while (peek() != '}') {
            require(labels.size() < LABELS_MAX);
            String name = name(false);
            skipSpace();
            expect('=');
            skipSpace();
            require(labels.put(name, quoted()) == null);
            skipSpace();
            if (peek() == ',') {
                at++;
                skipSpace();
            } else {
                require(peek() == '}');
            }
        }
        at++;
        return labels;
    }

    private String quoted() {
        expect('"');
        StringBuilder value = new StringBuilder();
        while (peek() != '"') {
            char c = line.charAt(at++);
            if (c == '\\') {
                char escaped = peek();
                at++;
                value.append(escaped == 'n' ? '\n' : escaped);
            } else {
                value.append(c);
            }
        }
        at++;
        return value.toString();
    }

    private String word() {
        int from = at;
        while (at < line.length() && line.charAt(at) != ' ' && line.charAt(at) != '\t') {
            at++;
        }
        require(at > from);
        return line.substring(from, at);
    }

    /**
     * A timestamp, and an exemplar, may follow.
     *
     * @return whether there is a timestamp that is long past
     */
    private boolean rest() {
        boolean stale = false;
        skipSpace();
        if (at < line.length() && line.charAt(at) != '#') {
            BigDecimal time = Numbers.read(word());
            if (time == null) {
                throw new IllegalArgumentException();
            }
            // Seconds in OpenMetrics, milliseconds in the text format.
            BigDecimal millis = openMetrics ? time.multiply(MILLIS) : time;
            long oldest = now.minus(STALE_AFTER).toEpochMilli();
            stale = millis.compareTo(BigDecimal.valueOf(oldest)) < 0;
            skipSpace();
        }
        require(at == line.length() || line.charAt(at) == '#');
        return stale;
    }

    private void skipSpace() {
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) {
            at++;
        }
    }

    private char peek() {
        require(at < line.length());
        return line.charAt(at);
    }

    private void expect(char c) {
        require(peek() == c);
        at++;
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new IllegalArgumentException();
        }
    }
}
