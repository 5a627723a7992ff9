package io.paybeacon.bench.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The machine that a benchmark ran on. */
final class Machine {
    private Machine() {}

    /** One line for people; its load says whether the figures can be trusted. */
    static String describe() throws IOException {
        String load = Files.readString(Path.of("/proc/loadavg"));
        String model =
                Files.readString(Path.of("/proc/cpuinfo"))
                        .lines()
                        .filter(line -> line.startsWith("model name"))
                        .map(line -> line.substring(line.indexOf(':') + 1).strip())
                        .findFirst()
                        .orElse("unknown processor");
        return String.format(
                Locale.ROOT,
                "%d cores (%s), load %s before, Linux %s, JDK %s, %s",
                Runtime.getRuntime().availableProcessors(),
                model,
                load.substring(0, load.indexOf(' ', load.indexOf(' ') + 1)),
                System.getProperty("os.version"),
                System.getProperty("java.runtime.version"),
                Exporter.version());
    }
}
