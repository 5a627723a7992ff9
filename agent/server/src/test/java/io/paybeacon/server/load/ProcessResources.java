package io.paybeacon.server.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What this process holds open.
 *
 * @param threads names of those that a product's code started, each with its number in the process
 * @param descriptors what each open file descriptor leads to; empty where there is no /proc
 * @param sockets of networks, listening ones included, and what the kernel says of each
 */
record ProcessResources(Set<String> threads, List<String> descriptors, List<String> sockets) {
    private static final Pattern KEPT =
            Pattern.compile(" (Cleaner-|awaitility|VirtualThread-|process reaper)");
    private static final String SOCKET = "socket:[";
    private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

    static ProcessResources now() {
        Set<String> threads =
                Thread.getAllStackTraces().keySet().stream()
                        .filter(Thread::isAlive)
                        .filter(thread ->
                                thread.getThreadGroup() != null
                                        && !thread.getThreadGroup().getName().equals("system")
                                        && !thread.getName().startsWith("ForkJoinPool"))
                        .map(thread -> thread.threadId() + " " + thread.getName())
                        .collect(Collectors.toCollection(TreeSet::new));
        List<String> descriptors = openDescriptors();
        return new ProcessResources(threads, descriptors, sockets(descriptors));
    }

    private static List<String> openDescriptors() {
        List<String> all = new ArrayList<>();
        if (!Files.isDirectory(DESCRIPTORS)) {
            return all;
        }
        try (Stream<Path> open = Files.list(DESCRIPTORS)) {
            for (Path descriptor : open.toList()) {
                target(descriptor).ifPresent(all::add);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static Optional<String> target(Path descriptor) {
        try {
            return Optional.of(Files.readSymbolicLink(descriptor).toString());
        } catch (IOException e) {
            // It was closed meanwhile, as the one of this listing itself.
            return Optional.empty();
        }
    }

    /** Threads that were not there at an earlier moment, those that a JVM keeps left out. */
    Set<String> threadsSince(ProcessResources earlier) {
        Set<String> since = new TreeSet<>(threads);
        since.removeAll(earlier.threads);
        since.removeIf(thread -> KEPT.matcher(thread).find());
        return since;
    }

    private static List<String> sockets(List<String> descriptors) {
        Set<String> inodes = new TreeSet<>();
        for (String descriptor : descriptors) {
            if (descriptor.startsWith(SOCKET)) {
                inodes.add(descriptor.substring(SOCKET.length(), descriptor.length() - 1));
            }
        }
        // The JDK keeps pairs of such sockets for itself: to close channels, to start processes.
        inodes.removeAll(kernelLines("unix", inodes).keySet());
        Map<String, String> sockets = new TreeMap<>();
        inodes.forEach(inode -> sockets.put(inode, "neither bound nor connected"));
        for (String table : List.of("tcp", "tcp6", "udp", "udp6")) {
            sockets.putAll(kernelLines(table, inodes));
        }
        return List.copyOf(sockets.values());
    }

    private static Map<String, String> kernelLines(String table, Set<String> inodes) {
        Path path = Path.of("/proc/self/net", table);
        Map<String, String> found = new TreeMap<>();
        try (Stream<String> lines = Files.isReadable(path) ? Files.lines(path) : Stream.of()) {
            lines.forEach(line ->
                    List.of(line.strip().split(" +", -1)).stream()
                            .filter(inodes::contains)
                            .forEach(inode -> found.put(inode, table + " " + line.strip())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    /** How many selectors of event loops. */
    long selectors() {
        return count("anon_inode:[eventpoll]");
    }

    private long count(String prefix) {
        return descriptors.stream().filter(one -> one.startsWith(prefix)).count();
    }

    /** Files below a directory. */
    List<String> below(Path directory) {
        String prefix = directory.toAbsolutePath() + "/";
        return descriptors.stream().filter(one -> one.startsWith(prefix)).sorted().toList();
    }
}
