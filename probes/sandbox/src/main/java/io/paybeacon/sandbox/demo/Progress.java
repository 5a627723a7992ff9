package io.paybeacon.sandbox.demo;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Tells how far the demonstration is: one line that changes on a terminal, else a line a time. */
final class Progress {
    private static final Duration TERMINAL_EVERY = Duration.ofSeconds(1);
    private static final Duration PLAIN_EVERY = Duration.ofSeconds(10);
    private static final String CLEAR_LINE = "\r\u001b[K";

    private final PrintWriter out;
    private final boolean terminal;
    private long nextNanos;

    Progress(PrintWriter out, boolean terminal) {
        this.out = out;
        this.terminal = terminal;
        this.nextNanos = every().toNanos();
    }

    private Duration every() {
        return terminal ? TERMINAL_EVERY : PLAIN_EVERY;
    }

    /** Whether it is time to tell something, so long after the start. */
    boolean due(long sinceStartNanos) {
        return sinceStartNanos >= nextNanos;
    }

    void tell(long sinceStartNanos, Optional<Samples> answer, long orders) {
        Samples samples = answer.orElse(Samples.NONE);
        nextNanos = sinceStartNanos + every().toNanos();
        String line =
                answer.isEmpty()
                        ? "%4d s   the agent does not answer"
                                .formatted(Duration.ofNanos(sinceStartNanos).toSeconds())
                        : String.format(
                                Locale.ROOT,
                                "%4d s   probes %.0f run, %.0f not passed"
                                        + "   orders %d   payments seen %.0f   stuck now %.0f",
                                Duration.ofNanos(sinceStartNanos).toSeconds(),
                                samples.sum(Metric.RUNS),
                                samples.sum(Metric.RUNS, s -> !s.is("outcome", "passed")),
                                orders,
                                samples.sum(Metric.PAYMENTS),
                                samples.sum(
                                        Metric.OPEN_FINDINGS, s -> s.is("kind", "stuck_payment")));
        out.print(terminal ? CLEAR_LINE + line : line + System.lineSeparator());
        out.flush();
    }

    /** Makes room for what comes after it. */
    void end() {
        if (terminal) {
            out.print(CLEAR_LINE);
            out.flush();
        }
    }
}
