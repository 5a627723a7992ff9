package io.paybeacon.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What this process uses. */
final class Usage {
    private static final Path STATUS = Path.of("/proc/self/status");

    private Usage() {}

    /** CPU of all threads since its start, in nanoseconds. */
    static long cpuNanos() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
    }

    /** Resident memory now and at its peak, in MiB, as Linux tells; else the heap's alone. */
    static String memory() throws IOException {
        Runtime runtime = Runtime.getRuntime();
        long heap = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
        if (Files.notExists(STATUS)) {
            return "heap %d MiB".formatted(heap);
        }
        long now = 0;
        long peak = 0;
        for (String line : Files.readAllLines(STATUS)) {
            if (line.startsWith("VmRSS:")) {
                now = kib(line) >> 10;
            } else if (line.startsWith("VmHWM:")) {
                peak = kib(line) >> 10;
            }
        }
        return "RSS %d MiB, peak %d MiB, heap %d MiB".formatted(now, peak, heap);
    }

    private static long kib(String line) {
        return Long.parseLong(line.replaceAll("\\D", ""));
    }
}
