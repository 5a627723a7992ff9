package io.paybeacon.server.cli;

import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.gateways.platform.PlatformEvents.Rejected;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.http.FindingLines;
import io.paybeacon.server.replay.Replay;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code paybeacon replay}. */
@Command(
        name = "replay",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Tells the events of FILE, CloudEvents 1.0 in JSON, one a line, to an engine of its"
                    + " own, and says what came of it: payments by status, what was collected,"
                    + " findings.",
            "",
            "The clock is that of the events, so a replay takes the same steps each time: last"
                    + " month's payments are as stuck as they were then, not since then. A running"
                    + " agent takes the same lines at POST /in/events, as of now.",
            ""
        },
        footerHeading = "%nExit codes%n",
        footer = {
            "  0  every line was taken",
            "  1  some lines were not; each of the first is explained",
            "  2  mistakes in the command or the configuration",
            "  3  something cannot be read or written",
        })
final class ReplayCommand implements Callable<Integer> {
    private static final long PROGRESS_NANOS = 200_000_000;
    private static final int BAR_CHARS = 30;

    @ParentCommand @Nullable Main main;
    @Spec @Nullable CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The events; - for standard input.")
    String file = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = {
                "Where the engine keeps what it learns, to go on from there with the next file.",
                "Default: a directory that is removed at the end."
            })
    @Nullable Path data;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The limits of its payments section hold. Default: the standard limits.")
    @Nullable Path config;

    @Option(
            names = "--wait",
            paramLabel = "DURATION",
            defaultValue = "PT2M",
            description = {
                "How long the clock goes on after the last event, ISO 8601, so that what is due",
                "then is found: P5D shows which holds nobody captured. Default: ${DEFAULT-VALUE}"
            })
    Duration after = Duration.ofMinutes(2);

    @Option(
            names = "--findings",
            paramLabel = "FILE",
            description = "Write the findings that are open at the end, in JSON, one a line.")
    @Nullable Path findings;

    @Override
    public Integer call() {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        PrintWriter err = Specs.of(spec).commandLine().getErr();
        if (after.isNegative() || after.compareTo(Duration.ofDays(3_660)) > 0) {
            err.println("paybeacon: --wait: write a duration from 0 to ten years, such as P5D");
            err.flush();
            return ExitCode.BAD_CONFIGURATION;
        }
        Reference reference = Reference.defaults();
        if (config != null) {
            ConfigOption option = new ConfigOption();
            option.file = config;
            Optional<AgentConfig> read = option.read(err, Specs.of(main).disclosure());
            if (read.isEmpty()) {
                return ExitCode.BAD_CONFIGURATION;
            }
            reference = read.get().reference();
        }
        Path given = data;
        try {
            if (given != null) {
                return replay(given, reference, out, err);
            }
            Path own = Files.createTempDirectory("paybeacon-replay");
            try {
                return replay(own, reference, out, err);
            } finally {
                remove(own);
            }
        } catch (IOException e) {
            err.println("paybeacon: " + Specs.of(main).disclosure().shown(e));
            err.flush();
            return ExitCode.AGENT;
        }
    }

    private int replay(Path directory, Reference reference, PrintWriter out, PrintWriter err)
            throws IOException {
        boolean standard = file.equals("-");
        long size = standard ? 0 : Files.size(Path.of(file));
        MetricSnapshot metrics;
        Replay replay = Replay.into(directory, reference);
        try (replay;
                InputStream in = standard ? System.in : Files.newInputStream(Path.of(file))) {
            long[] shownAt = {System.nanoTime()};
            boolean terminal = CheckCommand.isTerminal();
            replay.read(
                    in,
                    bytes -> {
                        if (System.nanoTime() - shownAt[0] > PROGRESS_NANOS && terminal) {
                            shownAt[0] = System.nanoTime();
                            bar(err, bytes, size, replay);
                        }
                    });
            replay.waitFor(after);
            metrics = replay.metrics();
            if (terminal) {
                err.print("\r\u001b[2K");
                err.flush();
            }
        }
        summary(out, replay, metrics);
        for (Rejected one : replay.explained()) {
            err.printf(
                    "%s:%d%s: %s; %s%n",
                    file,
                    one.index() + 1,
                    one.pointer().isEmpty() ? "" : " " + one.pointer(),
                    one.reason(),
                    one.remedy());
        }
        if (replay.rejected() > replay.explained().size()) {
            err.printf(
                    "... and %d more lines that were not taken%n",
                    replay.rejected() - replay.explained().size());
        }
        err.flush();
        if (findings != null) {
            Files.write(findings, replay.open().values().stream().map(FindingLines::of).toList());
        }
        return replay.rejected() == 0 ? ExitCode.PASSED : ExitCode.FAILED;
    }

    private static void bar(PrintWriter err, long bytes, long size, Replay replay) {
        if (size == 0) {
            err.printf("\r\u001b[2K%,d events, at %s", replay.accepted(), replay.now());
        } else {
            int full = (int) (bytes * BAR_CHARS / size);
            err.printf(
                    "\r\u001b[2K[%s%s] %3d %%  %,d events, at %s",
                    "#".repeat(full),
                    ".".repeat(BAR_CHARS - full),
                    bytes * 100 / size,
                    replay.accepted(),
                    replay.now());
        }
        err.flush();
    }

    private static void summary(PrintWriter out, Replay replay, MetricSnapshot metrics) {
        out.printf(
                "%,d lines, %,d events taken, %,d not; the clock ended at %s%n",
                replay.lines(), replay.accepted(), replay.rejected(), replay.now());
        Map<String, Map<String, Long>> byGateway = new TreeMap<>();
        Map<String, Map<String, Long>> attempts = new TreeMap<>();
        metrics.values()
                .forEach((series, value) -> {
                    if (series.metric() == Metric.PAYMENTS && value != 0) {
                        table(byGateway, series).merge(series.labels().get(1), value, Long::sum);
                    } else if (series.metric() == Metric.PAYMENT_ATTEMPTS) {
                        table(attempts, series).merge(series.labels().get(2), value, Long::sum);
                    }
                });
        byGateway.forEach((gateway, statuses) -> {
            out.printf("%n%s%n", gateway);
            for (PaymentStatus status : PaymentStatus.values()) {
                Long count = statuses.get(status.label());
                if (count != null) {
                    out.printf("  %-20s %,12d%n", status.label(), count);
                }
            }
            Map<String, Long> outcomes = attempts.getOrDefault(gateway, Map.of());
            long all = outcomes.values().stream().mapToLong(Long::longValue).sum();
            if (all > 0) {
                // Whole parts per ten thousand: no floating point near money.
                long share = outcomes.getOrDefault("approved", 0L) * 10_000 / all;
                out.printf(
                        Locale.ROOT,
                        "  %-20s %9d.%02d %%  of %,d attempts%n",
                        "success rate",
                        share / 100,
                        share % 100,
                        all);
            }
        });
        findings(out, replay);
        out.flush();
    }

    private static Map<String, Long> table(Map<String, Map<String, Long>> tables, Series series) {
        return tables.computeIfAbsent(series.labels().getFirst(), _ -> new TreeMap<>());
    }

    private static void findings(PrintWriter out, Replay replay) {
        Map<String, Long> open = new TreeMap<>();
        for (Finding finding : replay.open().values()) {
            open.merge(finding.kind().label(), 1L, Long::sum);
        }
        out.printf("%n%-24s %10s %10s%n", "findings", "opened", "open");
        replay.opened()
                .forEach((kind, count) ->
                        out.printf(
                                "  %-22s %,10d %,10d%n", kind, count, open.getOrDefault(kind, 0L)));
        if (replay.opened().isEmpty()) {
            out.println("  none");
        }
    }

    private static void remove(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
            for (Path one : deepestFirst) {
                Files.deleteIfExists(one);
            }
        }
    }
}
