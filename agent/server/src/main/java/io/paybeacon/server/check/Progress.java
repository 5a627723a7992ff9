package io.paybeacon.server.check;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Shows a person at a terminal what is under way, in one line that is written anew. Elsewhere it
 * shows nothing, so that a pipeline's log has plain lines only. Safe for use by many threads.
 */
public final class Progress implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintWriter terminal;
    private final LongSupplier nanos;
    private final @Nullable ScheduledExecutorService timer;
    private String what = "";
    private long since;
    private boolean shown;

    /**
     * A line of progress.
     *
     * @param terminal where it is written
     * @param interactive whether that is a terminal
     * @param nanos a monotonic clock
     */
    public Progress(PrintWriter terminal, boolean interactive, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
        this.timer =
                interactive
                        ? Executors.newSingleThreadScheduledExecutor(
                                Thread.ofPlatform().name("paybeacon-progress").daemon().factory())
                        : null;
        if (timer != null) {
            var _ =
                    timer.scheduleAtFixedRate(
                            this::draw, 0, EVERY.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** Something began, such as {@code [2/4] card: capture}. */
    public synchronized void begins(String description) {
        what = description;
        since = nanos.getAsLong();
        draw();
    }

    /** Nothing is under way; the line is taken away for others to be written. */
    public synchronized void ends() {
        what = "";
        if (shown) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
            shown = false;
        }
    }

    private synchronized void draw() {
        if (timer == null || what.isEmpty()) {
            return;
        }
        double seconds = (nanos.getAsLong() - since) / 1e9;
        terminal.printf(Locale.ROOT, "%s%s  %.1f s", CLEAR_LINE, what, seconds);
        terminal.flush();
        shown = true;
    }

    @Override
    public void close() {
        if (timer != null) {
            timer.shutdownNow();
        }
        ends();
    }
}
