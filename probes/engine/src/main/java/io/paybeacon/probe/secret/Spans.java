package io.paybeacon.probe.secret;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Stretches of a text that are not to be shown. Confined to one thread. */
final class Spans {

    /** From its first character to the one behind its last. */
    private record Span(int from, int to) {}

    private final List<Span> spans = new ArrayList<>();

    void add(int from, int to) {
        if (from < to) {
            spans.add(new Span(from, to));
        }
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    /**
     * Adds stretches of another view of the text.
     *
     * @param places where a character of that view begins in the text
     */
    void addAll(Spans others, IntUnaryOperator places) {
        others.spans.forEach(span -> add(places.applyAsInt(span.from), places.applyAsInt(span.to)));
    }

    /** The text with a mask in the place of each stretch; those that touch share one. */
    String mask(String text, String mask) {
        if (spans.isEmpty()) {
            return text;
        }
        spans.sort(Comparator.comparingInt(Span::from));
        StringBuilder masked = new StringBuilder(text.length());
        int copied = 0;
        int open = -1;
        for (Span span : spans) {
            if (open >= 0 && span.from <= open) {
                open = Math.max(open, span.to);
                continue;
            }
            copied = Math.max(copied, open);
            masked.append(text, copied, span.from).append(mask);
            open = span.to;
        }
        return masked.append(text, open, text.length()).toString();
    }
}
