package io.paybeacon.embedded;

import static io.paybeacon.embedded.Toys.tell;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.output.Series;
import io.paybeacon.embedded.Toys.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BackupTest {
    private static final int ITEMS = 50;

    @TempDir Path root;
    private Path data;
    private Path engine;
    private Path backup;

    @BeforeEach
    void paths() throws IOException {
        data = Files.createDirectories(root.resolve("data"));
        engine = data.resolve("engine");
        backup = root.resolve("backup");
    }

    /** What can be seen of an engine. */
    private record Seen(Map<String, Optional<Item>> items, long cells, Map<Series, Long> values) {}

    @Test
    @DisplayName("A copy made while events stream in holds what was accepted before, whole calls")
    void copy_whileBusy() throws Exception {
        try (EngineFixture fixture =
                new EngineFixture(
                        engine, options -> options.withSegmentBytes(5_000).withEpochEventsMax(8))) {
            fixture.start();
            work(fixture, 0, 400);
            List<CompletableFuture<Void>> streaming = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                streaming.add(call(fixture, 10_000 + 3 * i));
            }
            CompletableFuture<Void> copied = fixture.engine().copy(backup.resolve("engine"));
            for (int i = 50; i < 100; i++) {
                streaming.add(call(fixture, 10_000 + 3 * i));
            }
            streaming.forEach(EngineFixture::await);
            EngineFixture.await(copied);
            assertThat(fixture.created()).isEqualTo(400 + 300);
        }
        var _ = Backup.seal(backup);
        Path restored = root.resolve("restored");
        var _ = Backup.restore(backup, restored);
        try (EngineFixture fixture =
                new EngineFixture(restored.resolve("engine"), options -> options)) {
            fixture.start();
            // Exactly the calls before it: 400 events and fifty calls of three.
            assertThat(fixture.created()).isEqualTo(400 + 150);
            assertThat(fixture.cellSum()).isEqualTo(400 + 150);
            work(fixture, 20_000, 10);
            assertThat(fixture.created()).isEqualTo(400 + 160);
        }
    }

    @Test
    @DisplayName("A restored copy has the states, deadlines, metrics and findings of its moment")
    void restore_sameState() throws Exception {
        Seen before;
        try (EngineFixture fixture =
                new EngineFixture(engine, options -> options.withSegmentBytes(5_000))) {
            fixture.start();
            work(fixture, 0, 500);
            fixture.tick(50);
            before = seen(fixture);
            EngineFixture.await(fixture.engine().copy(backup.resolve("engine")));
            work(fixture, 1_000, 100);
            fixture.tick(1_000);
        }
        var _ = Backup.seal(backup);
        Path restored = root.resolve("restored");
        Backup.Content content = Backup.restore(backup, restored);
        assertThat(content).isEqualTo(Backup.verify(backup));
        try (EngineFixture fixture =
                new EngineFixture(restored.resolve("engine"), options -> options)) {
            fixture.start();
            assertThat(seen(fixture)).isEqualTo(before);
            fixture.tick(1_000);
            for (int i = 0; i < ITEMS; i++) {
                assertThat(fixture.item("item" + i).orElseThrow().fired()).isEqualTo(1);
            }
        }
    }

    @Test
    @DisplayName("Beside a resting agent everything is copied, what its log holds too")
    void copy_atRest() throws Exception {
        Files.writeString(data.resolve("findings.db"), "of the same moment");
        Seen before;
        try (EngineFixture fixture = new EngineFixture(engine, options -> options)) {
            fixture.start();
            work(fixture, 0, 100);
            before = seen(fixture);
            assertThatThrownBy(() -> Backup.copy(data, engine, backup))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another process");
            fixture.engine().abandon();
        }
        var _ = Backup.copy(data, engine, backup);
        Path restored = root.resolve("restored");
        var _ = Backup.restore(backup, restored);
        assertThat(restored.resolve("findings.db")).hasContent("of the same moment");
        try (EngineFixture fixture =
                new EngineFixture(restored.resolve("engine"), options -> options)) {
            fixture.start();
            assertThat(seen(fixture)).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("A copy that is half written, damaged or added to is refused")
    void restore_notWhole() throws Exception {
        try (EngineFixture fixture = new EngineFixture(engine, options -> options)) {
            fixture.start();
            work(fixture, 0, 20);
        }
        var _ = Backup.copy(data, engine, backup);
        Path list = backup.resolve("paybeacon-backup");
        byte[] listed = Files.readAllBytes(list);
        Files.delete(list);
        assertRefused("never finished");
        for (int size = 0; size < listed.length; size += 7) {
            Files.write(list, Arrays.copyOf(listed, size));
            assertRefused("paybeacon-backup is damaged");
        }
        Files.write(list, listed);
        for (Path file : files()) {
            byte[] bytes = Files.readAllBytes(file);
            String name = backup.relativize(file).toString();
            Files.delete(file);
            assertRefused(name + " is missing");
            if (bytes.length > 0) {
                byte[] flipped = bytes.clone();
                flipped[bytes.length / 2] ^= 1;
                Files.write(file, flipped);
                assertRefused(name + " is not as it was written");
            }
            Files.write(file, bytes);
        }
        Files.writeString(backup.resolve("stranger"), "?");
        assertRefused("stranger does not belong");
        Files.delete(backup.resolve("stranger"));
        var _ = Backup.restore(backup, root.resolve("restored"));
    }

    @Test
    @DisplayName("Nothing is overwritten: neither a copy nor a data directory")
    void target_notEmpty() throws Exception {
        try (EngineFixture fixture = new EngineFixture(engine, options -> options)) {
            fixture.start();
            work(fixture, 0, 5);
        }
        var _ = Backup.copy(data, engine, backup);
        assertThatThrownBy(() -> Backup.copy(data, engine, backup))
                .hasMessageContaining("is not empty");
        assertThatThrownBy(() -> Backup.restore(backup, data)).hasMessageContaining("is not empty");
        Path half = Files.createDirectories(root.resolve("restored.restoring"));
        assertThatThrownBy(() -> Backup.restore(backup, root.resolve("restored")))
                .hasMessageContaining(half.toString())
                .hasMessageContaining("delete it");
        assertThatThrownBy(() -> Backup.copy(root.resolve("none"), engine, root.resolve("b2")))
                .hasMessageContaining("no data directory");
    }

    @Test
    @DisplayName("A copy that cannot be written fails alone: the engine goes on")
    void copy_intoAFile() throws Exception {
        try (EngineFixture fixture = new EngineFixture(engine, options -> options)) {
            fixture.start();
            work(fixture, 0, 5);
            Path file = Files.writeString(root.resolve("file"), "in the way");
            assertThat(fixture.engine().copy(file.resolve("under")))
                    .failsWithin(Duration.ofSeconds(EngineFixture.PATIENCE_SECONDS));
            work(fixture, 100, 5);
            assertThat(fixture.created()).isEqualTo(10);
            assertThat(fixture.engine().status().unready()).isNull();
        }
    }

    private void assertRefused(String why) {
        Path restored = root.resolve("refused");
        assertThatThrownBy(() -> Backup.restore(backup, restored))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(backup.toString())
                .hasMessageContaining(why)
                .hasMessageContaining("Take another one");
        assertThat(restored).doesNotExist();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(backup)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith("paybeacon-backup"))
                    .sorted()
                    .toList();
        }
    }

    private static void work(EngineFixture fixture, int from, int count) {
        for (int i = from; i < from + count; i++) {
            int due = i % ITEMS % 2 == 0 ? 10 : 100;
            fixture.accept(tell("e" + i, "item" + i % ITEMS, "due:" + due));
        }
    }

    private static CompletableFuture<Void> call(EngineFixture fixture, int from) {
        List<Event> events = new ArrayList<>();
        for (int i = from; i < from + 3; i++) {
            events.add(tell("e" + i, "item" + i % ITEMS, "add"));
        }
        return fixture.engine().accept(events);
    }

    private static Seen seen(EngineFixture fixture) {
        Map<String, Optional<Item>> items = new HashMap<>();
        for (int i = 0; i < ITEMS; i++) {
            items.put("item" + i, fixture.item("item" + i));
        }
        MetricSnapshot metrics = fixture.engine().metrics();
        return new Seen(items, fixture.cellSum(), metrics.values());
    }
}
