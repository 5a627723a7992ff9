package io.paybeacon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.demo.DemoCommand;
import io.paybeacon.server.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demonstration as its user runs it: processes of their own, over loopback. */
class DemoTest {
    private static final long WAIT_SECONDS = 240;
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir Path directory;
    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.stream().flatMap(Process::descendants).forEach(ProcessHandle::destroyForcibly);
        started.forEach(Process::destroyForcibly);
    }

    @Test
    @DisplayName(
            "One fault at one of four gateways is told with step and reason, and leaves no money")
    void demo_withOneFault() throws Exception {
        Process demo =
                demo(
                        "--for",
                        "20s",
                        "--probe-every",
                        "4s",
                        "--fault",
                        "paypal/captures.refund:status=500,scope=probe,count=1");

        assertThat(demo.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        String said = output();

        assertThat(demo.exitValue()).as(said).isEqualTo(1);
        assertThat(said)
                .contains(
                        "paypal/card-authorise-capture-refund: step refund, reason http_5xx, once")
                .contains("status 500, expected [200, 201]")
                .doesNotContain("no run of", "never heard", "left money behind", "not accepted")
                .doesNotContain("not found:", "not planted:");
        for (String gateway : List.of("stripe", "paypal", "adyen", "card")) {
            assertThat(row(said, "Probe money left", gateway))
                    .as(said)
                    .containsPattern("none +none");
            List<String> probes = List.of(row(said, "Probes ", gateway).strip().split(" +", -1));
            assertThat(Long.parseLong(probes.get(1))).as(said).isGreaterThanOrEqualTo(8);
            // PayPal's status page tells of the fault as long as it lasts.
            assertThat(Long.parseLong(probes.get(3)))
                    .as(said)
                    .isBetween(
                            gateway.equals("paypal") ? 1L : 0L, gateway.equals("paypal") ? 2L : 0L);
            List<String> stuck = List.of(row(said, "Stuck ", gateway).strip().split(" +", -1));
            assertThat(Long.parseLong(stuck.get(1))).as(said).isPositive();
            assertThat(stuck.get(2)).as(said).isEqualTo(stuck.get(1));
        }
        assertNothingIsLeft(demo);
    }

    /** The row of a gateway in the table under that heading. */
    private static String row(String said, String heading, String gateway) {
        String table = said.substring(said.indexOf(heading));
        return table.lines().filter(l -> l.startsWith("  " + gateway + " ")).findFirst().orElse("");
    }

    @Test
    @DisplayName("Interrupted, it ends in order and leaves neither process nor file")
    void demo_interrupted() throws Exception {
        Process demo = demo("--probe-every", "2s");
        await().atMost(Duration.ofSeconds(WAIT_SECONDS))
                .until(() -> !demo.isAlive() || output().contains("ends with Ctrl-C"));
        assertThat(demo.descendants()).as(output()).isNotEmpty();

        demo.destroy();

        assertThat(demo.waitFor(WAIT_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(output()).contains("Probe money left");
        assertNothingIsLeft(demo);
    }

    private void assertNothingIsLeft(Process demo) throws IOException {
        assertThat(demo.descendants()).isEmpty();
        try (Stream<Path> left = Files.list(directory.resolve("tmp"))) {
            assertThat(left.filter(file -> file.getFileName().toString().startsWith("paybeacon")))
                    .isEmpty();
        }
    }

    private String output() {
        try {
            return Files.readString(directory.resolve("output"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process demo(String... arguments) throws IOException {
        Files.createDirectory(directory.resolve("tmp"));
        List<String> command =
                new ArrayList<>(
                        List.of(
                                JAVA,
                                "-XX:+UseSerialGC",
                                "-Djava.io.tmpdir=" + directory.resolve("tmp"),
                                "-cp",
                                System.getProperty("java.class.path"),
                                DemoCommand.class.getName()));
        command.addAll(List.of("--port", Integer.toString(SandboxWorld.freePort())));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(directory.resolve("output").toFile());
        builder.environment().put("PAYBEACON_LAUNCHER", launcher().toString());
        Process demo = builder.start();
        started.add(demo);
        return demo;
    }

    /** What {@code ./paybeacon} does, on the class path of this test. */
    private Path launcher() throws IOException {
        String script =
                """
                #!/bin/sh
                exec '%s' -XX:+UseSerialGC -cp '%s' %s "$@"
                """
                        .formatted(
                                JAVA, System.getProperty("java.class.path"), Main.class.getName());
        Path file = directory.resolve("launcher");
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return Files.writeString(file, script, StandardCharsets.UTF_8);
    }
}
