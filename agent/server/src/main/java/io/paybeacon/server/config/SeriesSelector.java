package io.paybeacon.server.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names series of an exposition: those of a metric that have all of these labels.
 *
 * @param metric the metric's name, as it stands in the exposition
 * @param labels values that must be equal; a series may have more labels
 */
public record SeriesSelector(String metric, Map<String, String> labels) {
    private static final Pattern FORM =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})?", Pattern.DOTALL);
    private static final Pattern LABEL =
            Pattern.compile(
                    "\\s*([a-zA-Z_][a-zA-Z0-9_]*)\\s*=\\s*\"((?:[^\"\\\\]|\\\\[\\\\\"n])*)\"\\s*"
                            + "(,|$)");

    public SeriesSelector {
        labels = Map.copyOf(labels);
    }

    /** Reads {@code metric} or {@code metric{label="value",...}}; empty when it is neither. */
    static Optional<SeriesSelector> parse(String text) {
        Matcher form = FORM.matcher(text.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        Map<String, String> labels = new LinkedHashMap<>();
        String inside = form.group(2) == null ? "" : form.group(2).strip();
        Matcher label = LABEL.matcher(inside);
        int end = 0;
        while (end < inside.length()) {
            if (!label.find(end)
                    || label.start() != end
                    || labels.put(label.group(1), unescape(label.group(2))) != null) {
                return Optional.empty();
            }
            end = label.end();
        }
        return Optional.of(new SeriesSelector(form.group(1), labels));
    }

    private static String unescape(String value) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '\\') {
                i++;
                text.append(value.charAt(i) == 'n' ? '\n' : value.charAt(i));
            } else {
                text.append(c);
            }
        }
        return text.toString();
    }
}
