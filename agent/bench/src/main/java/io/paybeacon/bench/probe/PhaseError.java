package io.paybeacon.bench.probe;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How far the phases of a probe are from what the server did. The exporter and the agent probe in
 * turn, one probe at a time; both tell their phases in {@code probe_http_duration_seconds}.
 */
final class PhaseError {
    private static final long SEED = 20261122L;
    private static final int WARM_UP = 100;

    /** Probes that are made as fast as can be, so that little is compiled while it is measured. */
    private static final int FAST_WARM_UP = 6_000;

    private static final double GOAL_MILLIS = 1;
    private static final double NANOS = 1e9;
    private static final double NANOS_PER_MILLI = 1e6;

    /** The phases of a probe that a server can stretch, by the exporter's names. */
    private enum Phase {
        TLS("tls"),
        PROCESSING("processing"),
        TRANSFER("transfer");

        private final String label;

        Phase(String label) {
            this.label = label;
        }

        private long nanos(Delays delays) {
            return switch (this) {
                case TLS -> delays.tls();
                case PROCESSING -> delays.server();
                case TRANSFER -> delays.transfer();
            };
        }
    }

    private final ProbeServer prober;
    private final Map<Phase, List<Double>> errorMillis = new EnumMap<>(Phase.class);

    private PhaseError(ProbeServer prober) {
        this.prober = prober;
    }

    /**
     * Runs it.
     *
     * @param count probes of each, over plain HTTP and over TLS
     */
    static void run(PrintStream out, Path root, Path directory, Certificate certificate, int count)
            throws Exception {
        Certificate.Pem pem = certificate.write(directory);
        out.printf(
                "Measured phase minus the delay that the server stamped: %d probes each,"
                        + " in turn%n%n",
                count);
        try (ProbeServer exporter = ProbeServer.exporter(directory, pem.authority());
                ProbeServer agent =
                        ProbeServer.agent(
                                root, directory, pem.authority(), ProbeServer.withoutProbes())) {
            exporter.awaitScrape();
            agent.awaitScrape();
            try (Target fast = Target.start(directory, pem)) {
                for (ProbeServer prober : List.of(exporter, agent)) {
                    ProbeCpu.ask(prober, "plain", fast.plain(), FAST_WARM_UP);
                    ProbeCpu.ask(prober, "tls", fast.tls(), FAST_WARM_UP);
                }
            }
            measure(out, "plain", null, exporter, agent, count);
            measure(out, "tls", certificate, exporter, agent, count);
        }
    }

    private static void measure(
            PrintStream out,
            String module,
            @Nullable Certificate certificate,
            ProbeServer exporter,
            ProbeServer agent,
            int count)
            throws Exception {
        try (DelayServer server = DelayServer.start(certificate, SEED)) {
            Map<String, PhaseError> both = new LinkedHashMap<>();
            for (int i = -WARM_UP; i < count; i++) {
                if (i == 0) {
                    both.clear();
                }
                for (ProbeServer prober : List.of(exporter, agent)) {
                    both.computeIfAbsent(prober.name(), _ -> new PhaseError(prober))
                            .probe(module, server);
                }
            }
            print(out, module, both.get(exporter.name()), both.get(agent.name()));
        }
    }

    private void probe(String module, DelayServer server) throws IOException, InterruptedException {
        ProbeAnswer answer = prober.probe(module, server.address());
        Delays known = server.next();
        for (Phase phase : Phase.values()) {
            double measured = answer.phaseSeconds(phase.label).orElse(0) * NANOS;
            long delay = phase.nanos(known);
            if (delay > 0) {
                errorMillis
                        .computeIfAbsent(phase, _ -> new ArrayList<>())
                        .add((measured - delay) / NANOS_PER_MILLI);
            }
        }
    }

    private static void print(
            PrintStream out,
            String module,
            @Nullable PhaseError exporter,
            @Nullable PhaseError agent) {
        if (exporter == null || agent == null) {
            throw new IllegalArgumentException("nothing was measured");
        }
        Table table =
                new Table(
                        module + ": error in ms",
                        "who",
                        "min",
                        "p50",
                        "p90",
                        "p99",
                        "|p99|",
                        "max");
        List<String> verdicts = new ArrayList<>();
        agent.errorMillis.forEach((phase, ours) -> {
            List<Double> theirs = exporter.errorMillis.getOrDefault(phase, List.of());
            row(table, phase.label, "exporter", theirs);
            row(table, "", "agent", ours);
            double reached = absolute(ours).quantile(0.99);
            String name =
                    "%s, %s: agent's p99 of the absolute error".formatted(module, phase.label);
            verdicts.add(Ratio.verdict(name, reached, GOAL_MILLIS, "ms"));
            verdicts.add(
                    Ratio.verdict(
                            "  by the exporter's p99",
                            Ratio.of(reached, absolute(theirs).quantile(0.99)),
                            1,
                            "x"));
        });
        table.print(out);
        verdicts.forEach(out::println);
        out.println();
    }

    private static Sample absolute(List<Double> errors) {
        return Sample.of(errors.stream().map(Math::abs).toList());
    }

    private static void row(Table table, String phase, String who, List<Double> errors) {
        Sample sample = Sample.of(errors);
        table.row(
                phase,
                who,
                number(sample.min()),
                number(sample.quantile(0.5)),
                number(sample.quantile(0.9)),
                number(sample.quantile(0.99)),
                number(absolute(errors).quantile(0.99)),
                number(sample.max()));
    }

    private static String number(double millis) {
        return String.format(Locale.ROOT, "%.3f", millis);
    }
}
