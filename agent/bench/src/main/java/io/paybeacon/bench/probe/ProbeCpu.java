package io.paybeacon.bench.probe;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * CPU time of cold probes, over plain HTTP and with a full TLS handshake each: of the exporter and
 * of the agent, both asked at {@code /probe}, and of the engine alone. In turn, against the same
 * server, as many at once.
 */
final class ProbeCpu {
    private static final int LANES = 8;
    private static final int ROUNDS = 5;
    private static final double TLS_GOAL = 0.7;
    private static final double PLAIN_GOAL = 0.5;

    /** Probes that nobody counts: what is loaded and compiled meanwhile is not asked for here. */
    private static final int WARM_UP_PROBES = 10_000;

    /** The exporter is compiled beforehand. */
    private static final int WARM_UP_PROBES_EXPORTER = 1_000;

    private final PrintStream out;
    private final int count;
    private final Target target;
    private final List<Contender> contenders;

    /** Makes that many probes. */
    private interface Work {
        void probe(String module, URI at, int count) throws Exception;
    }

    private record Contender(String name, long pid, int warmUpProbes, Work work) {}

    private ProbeCpu(PrintStream out, int count, Target target, List<Contender> contenders) {
        this.out = out;
        this.count = count;
        this.target = target;
        this.contenders = contenders;
    }

    /**
     * Runs it.
     *
     * @param count probes of each contender in a round
     */
    static void run(PrintStream out, Path root, Path directory, Certificate.Pem pem, int count)
            throws Exception {
        try (Target target = Target.start(directory, pem);
                ProbeServer exporter = ProbeServer.exporter(directory, pem.authority());
                ProbeServer agent =
                        ProbeServer.agent(
                                root, directory, pem.authority(), ProbeServer.withoutProbes());
                Child engine =
                        Child.worker(directory, EngineWorker.class, pem.authority().toString())) {
            exporter.awaitScrape();
            agent.awaitScrape();
            engine.answer();
            ProbeCpu cpu =
                    new ProbeCpu(
                            out,
                            count,
                            target,
                            List.of(
                                    contender("exporter /probe", WARM_UP_PROBES_EXPORTER, exporter),
                                    contender("agent /probe", WARM_UP_PROBES, agent),
                                    new Contender(
                                            "engine alone",
                                            engine.pid(),
                                            WARM_UP_PROBES,
                                            (module, at, n) -> ask(engine, at, n))));
            out.printf(
                    "CPU of the probing process: %d rounds of %d cold probes each, %d at once%n%n",
                    ROUNDS, count, LANES);
            cpu.measure("tls", target.tls(), TLS_GOAL);
            cpu.measure("plain", target.plain(), PLAIN_GOAL);
        }
    }

    private static Contender contender(String name, int warmUpProbes, ProbeServer server) {
        return new Contender(
                name, server.pid(), warmUpProbes, (module, at, n) -> ask(server, module, at, n));
    }

    private static void ask(Child engine, URI at, int count) throws IOException {
        String passed = engine.ask(at + " " + count + " " + LANES);
        if (Integer.parseInt(passed) != count) {
            throw new IOException(engine.explained("passed " + passed + " of " + count));
        }
    }

    /** Has a server make that many probes, as many at once as in the measurement. */
    static void ask(ProbeServer server, String module, URI at, int count)
            throws ExecutionException, InterruptedException {
        AtomicInteger left = new AtomicInteger(count);
        try (ExecutorService threads = Executors.newFixedThreadPool(LANES)) {
            List<Future<?>> lanes = new ArrayList<>();
            for (int i = 0; i < LANES; i++) {
                lanes.add(
                        threads.submit(() -> {
                            while (left.getAndDecrement() > 0) {
                                server.probe(module, at);
                            }
                            return null;
                        }));
            }
            for (Future<?> lane : lanes) {
                lane.get();
            }
        }
    }

    private void measure(String module, URI at, double goal) throws Exception {
        for (Contender contender : contenders) {
            contender.work.probe(module, at, contender.warmUpProbes);
        }
        Target.Counts before = target.counts();
        List<List<Double>> rounds = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            rounds.add(round(module, at));
        }
        print(module, rounds, target.counts().minus(before), goal);
    }

    /** One round; seconds per 1,000 probes of each contender. */
    private List<Double> round(String module, URI at) throws Exception {
        List<Double> seconds = new ArrayList<>();
        for (Contender contender : contenders) {
            seconds.add(secondsPerThousand(contender, module, at));
        }
        return seconds;
    }

    private double secondsPerThousand(Contender contender, String module, URI at) throws Exception {
        Duration before = ProcessUsage.cpu(contender.pid);
        contender.work.probe(module, at, count);
        return ProcessUsage.cpu(contender.pid).minus(before).toMillis() / (double) count;
    }

    private void print(String module, List<List<Double>> rounds, Target.Counts seen, double goal) {
        Table table =
                new Table(
                        module + ": CPU s per 1,000 probes",
                        contenders.get(0).name,
                        contenders.get(1).name,
                        "ratio",
                        contenders.get(2).name,
                        "ratio");
        for (int i = 0; i < rounds.size(); i++) {
            addRow(table, "round " + (i + 1), rounds.get(i));
        }
        List<Double> medians = new ArrayList<>();
        for (int i = 0; i < contenders.size(); i++) {
            int column = i;
            medians.add(Sample.of(rounds.stream().map(row -> row.get(column)).toList()).median());
        }
        addRow(table, "median", medians);
        table.print(out);
        out.printf(
                "the server saw %d requests of %d, %d full handshakes, %d resumed%n",
                seen.requests(),
                (long) ROUNDS * count * contenders.size(),
                seen.fullHandshakes(),
                seen.resumedHandshakes());
        out.println(
                Ratio.verdict(
                        module + ", agent's /probe by exporter's /probe",
                        Ratio.of(medians.get(1), medians.get(0)),
                        goal,
                        "x"));
        out.println(
                Ratio.verdict(
                        module + ", engine alone by exporter's /probe",
                        Ratio.of(medians.get(2), medians.get(0)),
                        goal,
                        "x"));
        out.println();
    }

    private static void addRow(Table table, String name, List<Double> seconds) {
        double peer = seconds.get(0);
        table.row(
                name,
                number(peer),
                number(seconds.get(1)),
                Ratio.text(seconds.get(1), peer),
                number(seconds.get(2)),
                Ratio.text(seconds.get(2), peer));
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
