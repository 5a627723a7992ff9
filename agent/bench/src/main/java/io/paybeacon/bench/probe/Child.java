package io.paybeacon.bench.probe;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A process of the benchmark, with its log in the directory of the run. Its id is written to {@code
 * pids} there, by which the script ends what a benchmark that was killed has left. One thread.
 */
final class Child implements AutoCloseable {
    private static final Duration END_MAX = Duration.ofSeconds(20);

    /** As the launcher starts the agent. */
    private static final List<String> JVM_OPTIONS =
            List.of(
                    "-XX:+UseSerialGC",
                    "-XX:+UseCompactObjectHeaders",
                    "-Xmx512m",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow");

    private final String name;
    private final Path log;
    private final Process process;
    private final BufferedReader answers;
    private final BufferedWriter questions;

    private Child(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        this.answers = process.inputReader(StandardCharsets.UTF_8);
        this.questions = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts a program whose output is of no interest unless it fails. */
    static Child program(Path directory, String name, List<String> command) throws IOException {
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return started(directory, name, log, builder);
    }

    /** Starts a class of this benchmark that answers each line it is told with one line. */
    static Child worker(Path directory, Class<?> main, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(JVM_OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        String name = main.getSimpleName();
        Path log = directory.resolve(name + ".log");
        ProcessBuilder builder =
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return started(directory, name, log, builder);
    }

    private static Child started(Path directory, String name, Path log, ProcessBuilder builder)
            throws IOException {
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        Files.writeString(
                directory.resolve("pids"),
                process.pid() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        return new Child(name, log, process);
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Tells a worker something, and returns its answer. */
    String ask(String question) throws IOException {
        questions.write(question);
        questions.newLine();
        questions.flush();
        return answer();
    }

    /** The next line that a worker says. */
    String answer() throws IOException {
        String line = answers.readLine();
        if (line == null) {
            throw new IOException(explained("ended without an answer"));
        }
        return line;
    }

    /** What went wrong, with the end of the log. */
    String explained(String what) throws IOException {
        List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
        return "%s %s; the end of its log:%n%s"
                .formatted(
                        name,
                        what,
                        String.join(
                                "\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
    }

    /** Ends it, kindly at first. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
