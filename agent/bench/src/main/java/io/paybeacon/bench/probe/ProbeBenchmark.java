package io.paybeacon.bench.probe;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The benchmarks of the probes. Prints tables and whether each goal was met; fails only when
 * something did not work.
 */
public final class ProbeBenchmark {
    private static final int PROBES = 2_000;
    private static final int PHASES = 1_000;
    private static final int SLOTS_SECONDS = 60;
    private static final int FOOTPRINT_SECONDS = 60;

    private ProbeBenchmark() {}

    /** Runs it: the source tree, a directory of its own, what to measure, a count or nothing. */
    public static void main(String[] args) {
        try {
            run(args);
            System.exit(0);
        } catch (Exception e) {
            e.printStackTrace();
            // Threads of clients and event loops would keep the process alive.
            System.exit(1);
        }
    }

    private static void run(String[] args) throws Exception {
        Path root = Path.of(args[0]).toAbsolutePath();
        Path directory = Path.of(args[1]).toAbsolutePath();
        String what = args[2];
        PrintStream out = System.out;
        out.println(Machine.describe());
        out.println();
        Certificate certificate = Certificate.create(Instant.now());
        Certificate.Pem pem = certificate.write(directory);
        switch (what) {
            case "cpu" -> ProbeCpu.run(out, root, directory, pem, count(args, PROBES));
            case "phases" -> PhaseError.run(out, root, directory, certificate, count(args, PHASES));
            case "lag" -> ScheduleLag.run(out, directory, pem, count(args, SLOTS_SECONDS));
            case "footprint" ->
                    Footprint.run(out, root, directory, pem, count(args, FOOTPRINT_SECONDS));
            default -> throw new IllegalArgumentException("there is no benchmark " + what);
        }
    }

    private static int count(String[] args, int otherwise) {
        return args.length > 3 ? Integer.parseInt(args[3]) : otherwise;
    }
}
