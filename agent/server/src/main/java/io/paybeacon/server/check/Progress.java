package io.paybeacon.server.check;

import io.paybeacon.probe.result.StepBegun;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Shows a person what is under way, the step of a probe included. At a terminal it is one line that
 * is written anew. Elsewhere it is a plain line, and only about a step that takes long, so that the
 * log of a pipeline stays short and still says where it hangs. Safe for use by many threads; {@link
 * #step} never waits for the terminal.
 */
public final class Progress implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(200);
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);
    private static final String CLEAR_LINE = "\r\u001b[2K";

    private final PrintWriter terminal;
    private final boolean interactive;
    private final LongSupplier nanos;
    private final ScheduledExecutorService timer;
    private final AtomicReference<Underway> underway = new AtomicReference<>(Underway.NOTHING);
    private boolean shown;

    /**
     * What is under way.
     *
     * @param what for people; empty for nothing
     * @param step the step of it; empty for none
     * @param since by the monotonic clock
     */
    private record Underway(String what, String step, long since) {
        static final Underway NOTHING = new Underway("", "", 0);

        String text() {
            return step.isEmpty() ? what : what + ": " + step;
        }
    }

    /**
     * A line of progress.
     *
     * @param terminal where it is written
     * @param interactive whether that is a terminal
     * @param nanos a monotonic clock
     */
    public Progress(PrintWriter terminal, boolean interactive, LongSupplier nanos) {
        this.terminal = terminal;
        this.interactive = interactive;
        this.nanos = nanos;
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("paybeacon-progress").daemon().factory());
        long millis = (interactive ? EVERY : PLAIN_EVERY).toMillis();
        var _ = timer.scheduleAtFixedRate(this::draw, millis, millis, TimeUnit.MILLISECONDS);
    }

    /** Something began, such as {@code [2/4] card}. */
    public void begins(String description) {
        underway.set(new Underway(description, "", nanos.getAsLong()));
        if (interactive) {
            draw();
        }
    }

    /** A step of what is under way began. Does not block. */
    public void step(StepBegun begun) {
        String step =
                begun.cleanup()
                        ? "cleanup " + begun.step()
                        : "step %d/%d %s".formatted(begun.number(), begun.count(), begun.step());
        long now = nanos.getAsLong();
        underway.updateAndGet(current ->
                current.what.isEmpty() ? current : new Underway(current.what, step, now));
    }

    /** Nothing is under way; the line is taken away for others to be written. */
    public synchronized void ends() {
        underway.set(Underway.NOTHING);
        if (shown) {
            terminal.print(CLEAR_LINE);
            terminal.flush();
            shown = false;
        }
    }

    private synchronized void draw() {
        Underway current = underway.get();
        if (current.what.isEmpty()) {
            return;
        }
        double seconds = (nanos.getAsLong() - current.since) / 1e9;
        if (interactive) {
            terminal.printf(Locale.ROOT, "%s%s  %.1f s", CLEAR_LINE, current.text(), seconds);
            shown = true;
        } else if (seconds * 1e9 >= PLAIN_EVERY.toNanos() / 2.0) {
            terminal.printf(Locale.ROOT, "%s, for %.0f s so far%n", current.text(), seconds);
        }
        terminal.flush();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        ends();
    }
}
