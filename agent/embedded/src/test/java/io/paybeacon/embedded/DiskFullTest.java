package io.paybeacon.embedded;

import static io.paybeacon.embedded.Toys.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.engine.OverloadedException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk without room: what is new is refused and told why, what was accepted stays. */
class DiskFullTest {
    @TempDir Path directory;

    @Test
    @DisplayName("A log without room: the sender waits, others are refused, then all goes on")
    void log_full() throws Exception {
        FullDisk disk = new FullDisk();
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            fixture.start(Reference.defaults(), disk);
            fixture.accept(tell("e1", "a", "add"));
            disk.logFull = true;
            disk.freeBytes = 4_711;
            CompletableFuture<Void> waiting =
                    fixture.engine().accept(List.of(tell("e2", "a", "add")));
            Awaitility.await()
                    .untilAsserted(() ->
                            assertThat(fixture.engine().status().refusal())
                                    .contains(directory.toString())
                                    .contains(FullDisk.NO_SPACE)
                                    .contains("4711 bytes")
                                    .contains("free space"));
            assertRefused(fixture.engine());
            Awaitility.await().until(() -> disk.refused > 2);
            assertThat(waiting).isNotDone();
            assertThat(fixture.engine().status().failure()).isNull();

            disk.freeBytes = 1L << 40;
            disk.logFull = false;
            EngineFixture.await(waiting);
            fixture.accept(tell("e3", "b", "add"));
            assertThat(fixture.engine().status().unready()).isNull();
            assertThat(fixture.created()).isEqualTo(3);
            fixture.start();
            assertThat(fixture.created()).isEqualTo(3);
            assertThat(fixture.cellSum()).isEqualTo(3);
        }
    }

    @Test
    @DisplayName("A new log file without room is begun again")
    void log_fullAtItsBeginning() throws Exception {
        FullDisk disk = new FullDisk();
        try (EngineFixture fixture =
                new EngineFixture(directory, options -> options.withSegmentBytes(1))) {
            fixture.start(Reference.defaults(), disk);
            fixture.accept(tell("e1", "a", "add"));
            disk.logFull = true;
            CompletableFuture<Void> waiting =
                    fixture.engine().accept(List.of(tell("e2", "a", "add")));
            Awaitility.await().until(() -> disk.refused > 1);
            disk.logFull = false;
            EngineFixture.await(waiting);
            fixture.start();
            assertThat(fixture.created()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("Closing does not wait for room: the sender is told, what was accepted is there")
    void close_full() throws Exception {
        FullDisk disk = new FullDisk();
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            fixture.start(Reference.defaults(), disk);
            fixture.accept(tell("e1", "a", "add"));
            disk.logFull = true;
            disk.storeFull = true;
            CompletableFuture<Void> waiting =
                    fixture.engine().accept(List.of(tell("e2", "a", "add")));
            Awaitility.await().until(() -> disk.refused > 1);
            fixture.stop();
            assertThat(waiting)
                    .failsWithin(Duration.ofSeconds(1))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(EngineStoppedException.class);
            fixture.start();
            assertThat(fixture.created()).isEqualTo(1);
            fixture.accept(tell("e2", "a", "add"));
            assertThat(fixture.created()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("A store without room: events are refused until the checkpoint is written")
    void store_full() throws Exception {
        FullDisk disk = new FullDisk();
        try (EngineFixture fixture =
                new EngineFixture(directory, options -> options.withSegmentBytes(500))) {
            fixture.start(Reference.defaults(), disk);
            disk.storeFull = true;
            int told = 0;
            while (fixture.engine().status().refusal() == null) {
                accepted(fixture.engine(), tell("e" + told, "i" + told % 7, "add"));
                told++;
            }
            assertThat(fixture.engine().status().refusal()).contains("the store");
            assertRefused(fixture.engine());
            disk.storeFull = false;
            Awaitility.await().until(() -> fixture.engine().status().unready() == null);
            fixture.accept(tell("last", "i1", "add"));
            long created = fixture.created();
            fixture.start();
            assertThat(fixture.created()).isEqualTo(created).isGreaterThan(1);
        }
    }

    @Test
    @DisplayName("A forced write that fails stops the engine; what was acknowledged is there")
    void force_fails() throws Exception {
        FullDisk disk = new FullDisk();
        try (EngineFixture fixture = new EngineFixture(directory, options -> options)) {
            fixture.start(Reference.defaults(), disk);
            fixture.accept(tell("e1", "a", "add"));
            disk.forceFails = true;
            assertThat(fixture.engine().accept(List.of(tell("e2", "a", "add"))))
                    .failsWithin(Duration.ofSeconds(EngineFixture.PATIENCE_SECONDS))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(EngineStoppedException.class);
            assertThat(fixture.engine().status().failure()).contains("Input/output error");
            fixture.start();
            fixture.accept(tell("e2", "a", "add"));
            assertThat(fixture.created()).isEqualTo(2);
        }
    }

    @Test
    @DisplayName("With too few bytes free nothing is accepted, time goes on, and it ends by itself")
    void nearlyFull() throws Exception {
        FullDisk disk = new FullDisk();
        try (EngineFixture fixture =
                new EngineFixture(directory, options -> options.withFreeBytesMin(1_000))) {
            fixture.start(Reference.defaults(), disk);
            fixture.accept(tell("e1", "a", "due:100"));
            disk.freeBytes = 999;
            Awaitility.await().until(() -> fixture.engine().status().refusal() != null);
            assertThat(fixture.engine().status().refusal())
                    .contains("999 bytes free")
                    .contains("1000 are needed")
                    .contains(directory.toString());
            assertRefused(fixture.engine());
            fixture.tick(100);
            assertThat(fixture.item("a").orElseThrow().fired()).isEqualTo(1);
            disk.freeBytes = 1_000;
            Awaitility.await().until(() -> fixture.engine().status().unready() == null);
            fixture.accept(tell("e2", "a", "add"));
        }
    }

    @Test
    @DisplayName("A real file system that fills up: refused, nothing lost, and it goes on")
    void realFileSystem_fillsUp() throws Exception {
        Path small = Files.createDirectories(directory.resolve("small"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=160m", "none", small.toString()) == 0,
                "not applicable: file systems cannot be mounted here");
        try (EngineFixture fixture =
                new EngineFixture(
                        small.resolve("data"),
                        options -> options.withFreeBytesMin(0).withSegmentBytes(300_000))) {
            fixture.start();
            int told = 0;
            for (int round = 0; round < 2; round++) {
                Path ballast = small.resolve("ballast");
                fill(ballast, small, 600_000);
                List<CompletableFuture<Void>> waiting = new ArrayList<>();
                while (fixture.engine().status().refusal() == null) {
                    List<Event> events = new ArrayList<>();
                    for (int i = 0; i < 100; i++) {
                        events.add(tell("e" + told, "item" + told, "add"));
                        told++;
                    }
                    CompletableFuture<Void> done = fixture.engine().accept(events);
                    try {
                        done.get(300, TimeUnit.MILLISECONDS);
                    } catch (TimeoutException e) {
                        waiting.add(done);
                    } catch (ExecutionException e) {
                        told -= 100;
                        break;
                    }
                }
                assertThat(fixture.engine().status().failure()).isNull();
                assertThat(Files.getFileStore(small).getUsableSpace()).isLessThan(600_000);
                Files.delete(ballast);
                waiting.forEach(EngineFixture::await);
                Awaitility.await()
                        .atMost(Duration.ofSeconds(EngineFixture.PATIENCE_SECONDS))
                        .until(() -> fixture.engine().status().unready() == null);
                assertThat(fixture.created()).as("round %d", round).isEqualTo(told);
                if (round == 0) {
                    fixture.engine().abandon();
                    fixture.start();
                }
            }
            fixture.start();
            assertThat(fixture.created()).isEqualTo(told).isGreaterThan(1_000);
            assertThat(fixture.cellSum()).isEqualTo(told);
            for (int i = 0; i < told; i += 37) {
                assertThat(fixture.item("item" + i)).as("item %d", i).isPresent();
            }
        } finally {
            run("umount", "-l", small.toString());
        }
    }

    private static void fill(Path ballast, Path where, long leave) throws IOException {
        try (var out = Files.newOutputStream(ballast)) {
            byte[] block = new byte[4_096];
            while (Files.getFileStore(where).getUsableSpace() > leave) {
                out.write(block);
            }
        }
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        return process.waitFor();
    }

    private static void accepted(EmbeddedEngine engine, Event event) throws Exception {
        try {
            engine.accept(List.of(event)).get(EngineFixture.PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause()).isInstanceOf(OverloadedException.class);
        }
    }

    private static void assertRefused(EmbeddedEngine engine) {
        String refusal = Objects.requireNonNull(engine.status().refusal());
        assertThat(engine.accept(List.of(tell("refused", "a", "add"))))
                .failsWithin(Duration.ofSeconds(1))
                .withThrowableOfType(ExecutionException.class)
                .withCauseInstanceOf(OverloadedException.class)
                .withMessageContaining(refusal.substring(0, 20));
    }
}
