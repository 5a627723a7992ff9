package io.paybeacon.sandbox;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/**
 * Tells how far something is: a bar that grows in place on a terminal, else a line every tenth. Not
 * thread-safe.
 */
final class ProgressBar {
    private static final int CELLS = 30;
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private final LongSupplier nanos;
    private final long startNanos;
    private long drawnNanos;
    private int tenths;

    /**
     * @param nanos a clock that only goes forward
     */
    ProgressBar(PrintWriter out, boolean terminal, LongSupplier nanos) {
        this.out = out;
        this.terminal = terminal;
        this.nanos = nanos;
        this.startNanos = nanos.getAsLong();
        this.drawnNanos = startNanos - REDRAW_NANOS;
    }

    /** So many parts of all are done; {@code count} of what {@code unit} names. */
    void at(long done, long all, long count, String unit) {
        long now = nanos.getAsLong();
        int reached = (int) Math.min(10, 10 * done / Math.max(1, all));
        boolean due = terminal ? now - drawnNanos >= REDRAW_NANOS : reached > tenths;
        if (!due) {
            return;
        }
        drawnNanos = now;
        tenths = reached;
        String line = line(done, all, count, unit, now - startNanos);
        out.print(terminal ? CLEAR_LINE + line : line + System.lineSeparator());
        out.flush();
    }

    private static String line(long done, long all, long count, String unit, long elapsedNanos) {
        double share = Math.min(1, done / (double) Math.max(1, all));
        int full = (int) (share * CELLS);
        double seconds = Math.max(0.001, elapsedNanos / 1e9);
        return String.format(
                Locale.ROOT,
                "[%s%s] %3.0f %%  %,d %s  %,.0f/s%s",
                "#".repeat(full),
                ".".repeat(CELLS - full),
                100 * share,
                count,
                unit,
                count / seconds,
                share > 0.01 && share < 1
                        ? "  %.0f s left".formatted(seconds * (1 - share) / share)
                        : "");
    }

    /** Makes room for what comes after it. */
    void end() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
