package io.paybeacon.bench.probe;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Prometheus' blackbox_exporter as Debian packages it: the peer. */
final class Exporter {
    static final String PROGRAM = "prometheus-blackbox-exporter";

    private Exporter() {}

    /** Its version as it says it itself. */
    static String version() throws IOException {
        Process process =
                new ProcessBuilder(PROGRAM, "--version").redirectErrorStream(true).start();
        try (var output = process.inputReader(StandardCharsets.UTF_8)) {
            String first = output.readLine();
            return first == null ? "unknown" : first;
        }
    }
}
