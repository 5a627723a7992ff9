package io.paybeacon.bench.probe;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * What it costs to have a prober: the time from its start to the first scrape and to the first
 * probe that passed, its memory, and its CPU time with 20 probes every 15 s. The agent runs its
 * plans by itself and is scraped every 15 s; the exporter is asked for each probe.
 */
final class Footprint {
    private static final int STARTS = 5;
    private static final int PROBES = 20;
    private static final int INTERVAL_SECONDS = 15;
    private static final int IDLE_SECONDS = 10;

    private static final String PLAN =
            """
            name: get
            description: One request that is answered.
            gateway: card
            steps:
              - name: get
                http: {method: GET, path: /}
                assert:
                  - status: 200
            """;

    private final Path root;
    private final Path directory;
    private final Certificate.Pem pem;
    private final Target target;

    private Footprint(Path root, Path directory, Certificate.Pem pem, Target target) {
        this.root = root;
        this.directory = directory;
        this.pem = pem;
        this.target = target;
    }

    /**
     * Runs it.
     *
     * @param seconds how long the CPU time is taken
     */
    static void run(PrintStream out, Path root, Path directory, Certificate.Pem pem, int seconds)
            throws Exception {
        try (Target target = Target.start(directory, pem)) {
            Footprint footprint = new Footprint(root, directory, pem, target);
            Table table = new Table("", "exporter", "agent", "ratio");
            footprint.starts(table);
            footprint.life(table, seconds);
            table.print(out);
        }
    }

    private ProbeServer start(boolean isAgent) throws IOException {
        return isAgent
                ? ProbeServer.agent(root, directory, pem.authority(), probes())
                : ProbeServer.exporter(directory, pem.authority());
    }

    private String probes() throws IOException {
        Files.writeString(directory.resolve("get.yaml"), PLAN);
        StringBuilder text = new StringBuilder();
        text.append("gateways:\n  plain: {kind: card, url: \"%s\"}\n".formatted(target.plain()));
        text.append(
                "  tls: {kind: card, url: \"%s\", trust: ca.pem}\nprobes:\n"
                        .formatted(target.tls()));
        for (int i = 0; i < PROBES; i++) {
            text.append(
                    "  p%d: {plan: get.yaml, gateway: %s, every: %ds}\n"
                            .formatted(i, i % 2 == 0 ? "plain" : "tls", INTERVAL_SECONDS));
        }
        return text.toString();
    }

    private void starts(Table table) throws IOException, InterruptedException {
        List<List<Double>> scrape = List.of(new ArrayList<>(), new ArrayList<>());
        List<List<Double>> probe = List.of(new ArrayList<>(), new ArrayList<>());
        List<List<Double>> cpu = List.of(new ArrayList<>(), new ArrayList<>());
        for (int i = 0; i < 2 * STARTS; i++) {
            int who = i % 2;
            try (ProbeServer server = start(who == 1)) {
                scrape.get(who).add((double) server.awaitScrape().toMillis());
                probe.get(who).add((double) server.awaitProbe("tls", target.tls()).toMillis());
                cpu.get(who).add((double) ProcessUsage.cpu(server.pid()).toMillis());
            }
        }
        row(table, "start to first scrape, median of 5, ms", medians(scrape));
        row(table, "start to first TLS probe passed, median of 5, ms", medians(probe));
        row(table, "CPU until then, median of 5, ms", medians(cpu));
    }

    private static List<Double> medians(List<List<Double>> both) {
        return both.stream().map(values -> Sample.of(values).median()).toList();
    }

    private void life(Table table, int seconds) throws Exception {
        try (ProbeServer exporter = start(false);
                ProbeServer agent = start(true);
                ScheduledExecutorService clock = Executors.newScheduledThreadPool(2)) {
            exporter.awaitScrape();
            agent.awaitScrape();
            List<ProbeServer> both = List.of(exporter, agent);
            TimeUnit.SECONDS.sleep(IDLE_SECONDS);
            row(table, "RSS 10 s after the start, MB", megabytes(both, "VmRSS"));
            List<Future<?>> asking = ask(clock, exporter, agent);
            Target.Counts seen = target.counts();
            List<Double> before = cpuMillis(both);
            TimeUnit.SECONDS.sleep(seconds);
            List<Double> after = cpuMillis(both);
            long requests = target.counts().minus(seen).requests();
            clock.shutdownNow();
            complain(asking);
            row(
                    table,
                    "CPU with 20 probes every 15 s, ms in %d s".formatted(seconds),
                    List.of(after.get(0) - before.get(0), after.get(1) - before.get(1)));
            row(table, "RSS then, MB", megabytes(both, "VmRSS"));
            row(table, "of it neither of files nor shared, MB", megabytes(both, "RssAnon"));
            table.row("probes that the server saw", "%d of both".formatted(requests), "", "");
        }
    }

    /** Asks the exporter for its probes, evenly over the interval, and scrapes the agent. */
    private List<Future<?>> ask(
            ScheduledExecutorService clock, ProbeServer exporter, ProbeServer agent) {
        List<Future<?>> asking = new ArrayList<>();
        long interval = Duration.ofSeconds(INTERVAL_SECONDS).toMillis();
        for (int i = 0; i < PROBES; i++) {
            String module = i % 2 == 0 ? "plain" : "tls";
            URI at = i % 2 == 0 ? target.plain() : target.tls();
            asking.add(
                    every(
                            clock,
                            interval * i / PROBES,
                            interval,
                            () -> exporter.probe(module, at)));
        }
        asking.add(
                every(
                        clock,
                        interval / 2,
                        interval,
                        () -> {
                            agent.scrape();
                            return agent;
                        }));
        return asking;
    }

    private static Future<?> every(
            ScheduledExecutorService clock,
            long delayMillis,
            long intervalMillis,
            Callable<?> task) {
        Runnable run =
                () -> {
                    try {
                        task.call();
                    } catch (Exception e) {
                        throw new IllegalStateException(e);
                    }
                };
        return clock.scheduleAtFixedRate(run, delayMillis, intervalMillis, TimeUnit.MILLISECONDS);
    }

    private static void complain(List<Future<?>> asking) throws ExecutionException {
        for (Future<?> each : asking) {
            if (each.state() == Future.State.FAILED) {
                throw new ExecutionException(each.exceptionNow());
            }
        }
    }

    private static List<Double> cpuMillis(List<ProbeServer> both) throws IOException {
        List<Double> millis = new ArrayList<>();
        for (ProbeServer server : both) {
            millis.add((double) ProcessUsage.cpu(server.pid()).toMillis());
        }
        return millis;
    }

    private static List<Double> megabytes(List<ProbeServer> both, String name) throws IOException {
        List<Double> megabytes = new ArrayList<>();
        for (ProbeServer server : both) {
            megabytes.add(ProcessUsage.megabytes(server.pid(), name));
        }
        return megabytes;
    }

    private static void row(Table table, String what, List<Double> both) {
        table.row(
                what,
                String.format(Locale.ROOT, "%.0f", both.get(0)),
                String.format(Locale.ROOT, "%.0f", both.get(1)),
                Ratio.text(both.get(1), both.get(0)));
    }
}
