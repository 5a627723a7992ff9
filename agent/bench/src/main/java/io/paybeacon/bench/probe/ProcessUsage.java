package io.paybeacon.bench.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** What the kernel of Linux has booked for a process: proc(5), {@code stat} and {@code status}. */
final class ProcessUsage {
    /** A tick of these files, which is the same on every machine of today. */
    private static final long TICK_MILLIS = 10;

    /** Places after the name, which stands in parentheses and may hold anything. */
    private static final int USER_TICKS = 11;

    private static final int TIMES = 4;

    private ProcessUsage() {}

    /** CPU time of a process and of the children that it waited for. */
    static Duration cpu(long pid) throws IOException {
        return cpu(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
    }

    /** The same of the text of such a file. */
    static Duration cpu(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        long ticks = 0;
        for (int i = 0; i < TIMES; i++) {
            ticks += Long.parseLong(fields[USER_TICKS + i]);
        }
        return Duration.ofMillis(ticks * TICK_MILLIS);
    }

    /** Megabytes of memory under a name such as {@code VmRSS} or {@code RssAnon}. */
    static double megabytes(long pid, String name) throws IOException {
        return megabytes(Files.readString(Path.of("/proc", Long.toString(pid), "status")), name);
    }

    /** The same of the text of such a file. */
    static double megabytes(String status, String name) {
        return status.lines()
                        .filter(line -> line.startsWith(name + ":"))
                        .map(line -> line.substring(name.length() + 1).replace("kB", "").strip())
                        .mapToLong(Long::parseLong)
                        .findFirst()
                        .orElseThrow(() -> new IllegalArgumentException("no " + name))
                / 1024.0;
    }
}
