package io.paybeacon.probe.run;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.secret.Redactor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What one run sent, received and checked, for people. Every line is redacted and bounded. */
final class DebugLog {

    /** Characters of a text that are looked at; the rest is cut off before redaction. */
    private static final int LOOKED_AT_CHARS_MAX = 16 * Limits.DEBUG_LINE_CHARS_MAX;

    /** Characters of the longest thing that is recognised by its looks. */
    private static final int PIECE_CHARS_MIN = 512;

    private Redactor redactor;
    private final List<String> lines = new ArrayList<>();
    private int dropped;

    /** Lines that were masked before the last secret was known. */
    private int stale;

    DebugLog(Redactor redactor) {
        this.redactor = redactor;
    }

    void add(long offsetNanos, String text) {
        if (lines.size() >= Limits.DEBUG_LINES_MAX) {
            dropped++;
            return;
        }
        String looked = text.substring(0, Math.min(text.length(), LOOKED_AT_CHARS_MAX));
        // Redacted first: a cut through a secret would leave a piece that nothing recognises.
        String line = redactor.redact(looked).replaceAll("\\p{Cntrl}+", " ");
        int shownChars = Math.min(line.length(), Limits.DEBUG_LINE_CHARS_MAX);
        if (looked.length() < text.length()) {
            // So would the cut before; that piece is at the end, whatever masks have shortened.
            int piece = Math.max(PIECE_CHARS_MIN, redactor.longestFormChars());
            shownChars = Math.min(shownChars, Math.max(0, line.length() - piece));
        }
        if (shownChars < line.length()) {
            line = line.substring(0, shownChars) + "...";
        }
        lines.add(String.format(Locale.ROOT, "%8.1f ms  %s", offsetNanos / 1e6, line));
    }

    /** From now on this is masked too, also in the lines that are there already. */
    void conceal(String secret) {
        Redactor more = redactor.with(secret);
        if (more != redactor) {
            redactor = more;
            stale = lines.size();
        }
    }

    String redact(String text) {
        return redactor.redact(text);
    }

    boolean isSensitive(String text) {
        return redactor.isSensitive(text);
    }

    List<String> lines() {
        lines.subList(0, stale).replaceAll(redactor::redact);
        stale = 0;
        List<String> all = new ArrayList<>(lines);
        if (dropped > 0) {
            all.add("%d further lines were dropped".formatted(dropped));
        }
        return all;
    }
}
