package io.paybeacon.embedded;

import static io.paybeacon.embedded.Toys.tell;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.Toys.Item;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages a data directory in every way that one file can be damaged: the next start either has
 * everything that was acknowledged, or is refused with the file and the remedy. It never goes on
 * with less.
 */
class CorruptionTest {
    private static final int ITEMS = 40;
    // Every byte takes minutes; every bit of a log is flipped in the test of the log alone.
    private static final int LOG_STRIDE = Integer.getInteger("paybeacon.flipstride", 61);
    private static final int STORE_STRIDE = Integer.getInteger("paybeacon.flipstride", 41);

    @TempDir Path root;
    private Path whole;
    private Path damaged;

    /** Half of it in the store, the rest in two files of the log, left by a crash. */
    @BeforeEach
    void directory() throws IOException {
        whole = root.resolve("whole");
        damaged = root.resolve("damaged");
        try (EngineFixture fixture = new EngineFixture(whole, options -> options)) {
            fixture.start();
            tellHalf(fixture, 0);
            // Closes in order, so that this half goes to the store.
            fixture.start(Reference.defaults(), new FullDisk());
            tellHalf(fixture, 1);
            fixture.engine().abandon();
        }
    }

    private static void tellHalf(EngineFixture fixture, int half) {
        for (int i = half; i < ITEMS; i += 2) {
            Event event = tell("e" + i, "item" + i, i % 4 < 2 ? "due:100" : "find");
            fixture.accept(event);
        }
    }

    @Test
    @DisplayName("Untouched, it has everything")
    void untouched() throws IOException {
        assertThat(start()).isEmpty();
    }

    @Test
    @DisplayName("Bytes of the log flipped")
    void log_bytes() throws IOException {
        int flipped = 0;
        for (Path file : files("log")) {
            flipped += flipEach(file, LOG_STRIDE, true);
        }
        assertThat(flipped).isGreaterThan(20);
    }

    @Test
    @DisplayName("Bytes of the store and of the files that describe it flipped")
    void store_bytes() throws IOException {
        int flipped = 0;
        for (Path file : files("")) {
            String name = String.valueOf(file.getFileName());
            if (name.startsWith("MANIFEST") || name.equals("CURRENT")) {
                flipped += flipEach(file, Math.min(STORE_STRIDE, 5), false);
            } else if (name.endsWith(".sst") || file.getNameCount() == 1) {
                flipped += flipEach(file, STORE_STRIDE, false);
            }
        }
        assertThat(flipped).isGreaterThan(20);
    }

    @Test
    @DisplayName("Any one file missing")
    void missing() throws IOException {
        int refused = 0;
        for (Path file : files("")) {
            copy();
            Files.delete(damaged.resolve(file));
            Optional<String> refusal = start();
            refusal.ifPresent(why -> assertThat(why).as("%s is missing", file).contains("Restore"));
            String name = file.toString();
            boolean needed =
                    name.endsWith("CURRENT")
                            || name.contains("MANIFEST")
                            || name.endsWith(".sst")
                            || name.endsWith(".log");
            assertThat(refusal.isPresent())
                    .as("%s is missing: %s", file, refusal)
                    .isEqualTo(needed && !isRocksLog(file));
            refused += refusal.isPresent() ? 1 : 0;
        }
        assertThat(refused).isGreaterThanOrEqualTo(4);
    }

    @Test
    @DisplayName("The whole log missing, or the whole store")
    void missing_directory() throws IOException {
        for (String directory : List.of("log", "cold")) {
            copy();
            delete(damaged.resolve(directory));
            assertThat(start())
                    .as(directory)
                    .hasValueSatisfying(why -> assertThat(why).contains("Restore"));
        }
    }

    /** RocksDB's own log, which is off: an empty file. */
    private static boolean isRocksLog(Path file) {
        return file.startsWith("cold") && file.toString().endsWith(".log");
    }

    private int flipEach(Path file, int stride, boolean always) throws IOException {
        byte[] bytes = Files.readAllBytes(whole.resolve(file));
        int flipped = 0;
        for (int i = 0; i < bytes.length; i += stride) {
            copy();
            byte[] copy = bytes.clone();
            copy[i] ^= (byte) (1 << (i % 8));
            Files.write(damaged.resolve(file), copy);
            Optional<String> refusal = start();
            String what = "byte %d of %s".formatted(i, file);
            if (refusal.isPresent()) {
                assertThat(refusal.get()).as(what).containsAnyOf("Restore", "start the version");
                if (always) {
                    assertThat(refusal.get())
                            .as(what)
                            .contains(String.valueOf(file.getFileName()))
                            .contains("offset");
                }
            }
            flipped++;
        }
        return flipped;
    }

    /** Starts on the damaged copy: why it is refused, or empty when everything is there. */
    private Optional<String> start() throws IOException {
        if (Files.notExists(damaged)) {
            copy();
        }
        try (EngineFixture fixture = new EngineFixture(damaged, options -> options)) {
            try {
                fixture.start();
            } catch (IOException e) {
                return Optional.of(e.getMessage());
            }
            for (int i = 0; i < ITEMS; i++) {
                assertThat(fixture.item("item" + i).map(Item::seen))
                        .as("item %d", i)
                        .hasValueSatisfying(seen -> assertThat(seen).hasSize(1));
            }
            assertThat(fixture.created()).isEqualTo(ITEMS);
            assertThat(fixture.cellSum()).isEqualTo(ITEMS);
            fixture.tick(100);
            for (int i = 0; i < ITEMS; i++) {
                assertThat(fixture.item("item" + i).orElseThrow().fired())
                        .isEqualTo(i % 4 < 2 ? 1 : 0);
            }
            return Optional.empty();
        }
    }

    private List<Path> files(String under) throws IOException {
        try (Stream<Path> files = Files.walk(whole.resolve(under))) {
            return new ArrayList<>(
                    files.filter(Files::isRegularFile).map(whole::relativize).sorted().toList());
        }
    }

    private void copy() throws IOException {
        if (Files.exists(damaged)) {
            delete(damaged);
        }
        try (Stream<Path> files = Files.walk(whole)) {
            for (Path file : files.toList()) {
                Files.copy(
                        file,
                        damaged.resolve(whole.relativize(file)),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
