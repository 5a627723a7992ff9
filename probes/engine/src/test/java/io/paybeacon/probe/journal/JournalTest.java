package io.paybeacon.probe.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.yaml.Value;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOON);

    @TempDir Path directory;

    private static JournalEntry.Sent hold(String run) {
        return new JournalEntry.Sent(
                run,
                "0af7651916cd43dd8448eb211c80319c",
                "card",
                "plan",
                "stripe-main",
                "create",
                SideEffect.Kind.HOLD,
                run + "-create",
                NOON,
                new JournalEntry.Holding(1099, "USD"),
                Map.of("amount", new Value.Decimal("1099"), "order", new Value.Text("0012345")));
    }

    private static List<JournalEntry> story() {
        return List.of(
                hold("r1"),
                new JournalEntry.Known("r1", Map.of("payment", new Value.Text("pi_1"))),
                hold("r2"),
                new JournalEntry.Refused("r2", "create"),
                hold("r3"),
                new JournalEntry.Released("r1"),
                new JournalEntry.Known(
                        "r3", Map.of("big", new Value.Decimal("123456789012345678901.10"))));
    }

    private Path file() {
        return directory.resolve("probes.journal");
    }

    private void write(List<JournalEntry> entries) throws IOException {
        try (Journal journal = Journal.open(directory, CLOCK)) {
            for (JournalEntry entry : entries) {
                journal.append(entry);
            }
        }
    }

    private static List<OpenRun> openAfter(List<JournalEntry> entries) {
        JournalState state = new JournalState();
        entries.forEach(state::apply);
        return state.openRuns();
    }

    @Test
    @DisplayName("A journal that the first release wrote is read, whatever this one writes")
    void open_version1() throws IOException {
        try (InputStream old = JournalTest.class.getResourceAsStream("version-1.journal")) {
            Files.copy(old, file());
        }
        try (Journal journal = Journal.open(directory, CLOCK)) {
            assertThat(journal.damage()).isEqualTo(new Journal.Damage(List.of(), 0));
            assertThat(journal.openRuns())
                    .singleElement()
                    .satisfies(run -> {
                        assertThat(run.run()).isEqualTo("r1");
                        assertThat(run.holdsMoney()).isTrue();
                        assertThat(run.sent().getFirst().key()).isEqualTo("r1-create");
                        assertThat(run.variables())
                                .containsEntry("payment", new Value.Text("pay_1"))
                                .containsEntry("order", new Value.Text("0012345"))
                                .containsEntry("amount", new Value.Decimal("500"))
                                .containsEntry("live", new Value.Bool(false));
                    });
            assertThat(journal.spentMinor("acme-probe", NOON, "USD")).isEqualTo(2200);
        }
    }

    @Test
    @DisplayName("What was written is there after a restart, types and digits included")
    void open_afterRestart() throws IOException {
        write(story());
        try (Journal journal = Journal.open(directory, CLOCK)) {
            assertThat(journal.openRuns()).isEqualTo(openAfter(story()));
            OpenRun left = journal.openRuns().getFirst();
            assertThat(left.run()).isEqualTo("r3");
            assertThat(left.variables())
                    .containsEntry("order", new Value.Text("0012345"))
                    .containsEntry("big", new Value.Decimal("123456789012345678901.10"));
            assertThat(journal.spentMinor("card", NOON, "USD")).isEqualTo(3 * 1099);
            assertThat(journal.damage()).isEqualTo(new Journal.Damage(List.of(), 0));
        }
    }

    @Test
    @DisplayName("Cut off at any byte, it holds exactly the entries that were whole, and goes on")
    void open_cutAtEveryByte() throws IOException {
        write(story());
        byte[] whole = Files.readAllBytes(file());
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < whole.length; i++) {
            if (whole[i] == '\n') {
                ends.add(i + 1);
            }
        }
        for (int cut = 0; cut <= whole.length; cut++) {
            int length = cut;
            int entries = (int) ends.stream().filter(end -> end <= length).count();
            List<OpenRun> expected = openAfter(story().subList(0, entries));
            JournalFile read = JournalFile.parse(Arrays.copyOf(whole, length));
            assertThat(read.state().openRuns()).as("cut at %d", length).isEqualTo(expected);
            assertThat(read.damage().damagedLines()).as("cut at %d", length).isEmpty();
            assertThat(read.intactBytes())
                    .as("cut at %d", length)
                    .isEqualTo(entries == 0 ? 0 : ends.get(entries - 1));
            boolean nearAnEnd = ends.stream().anyMatch(end -> Math.abs(end - length) <= 1);
            if (nearAnEnd || length % 97 == 0) {
                Files.write(file(), Arrays.copyOf(whole, length));
                assertGoesOn(expected);
            }
        }
    }

    private void assertGoesOn(List<OpenRun> expected) throws IOException {
        try (Journal journal = Journal.open(directory, CLOCK)) {
            assertThat(journal.openRuns()).isEqualTo(expected);
            journal.append(hold("after"));
        }
        try (Journal journal = Journal.open(directory, CLOCK)) {
            assertThat(journal.openRun("after")).isPresent();
            assertThat(journal.damage()).isEqualTo(new Journal.Damage(List.of(), 0));
        }
    }

    @Test
    @DisplayName("A damaged line in the middle is named, costs only itself, and is kept beside")
    void open_damagedLine() throws IOException {
        write(story());
        byte[] bytes = Files.readAllBytes(file());
        int second = new String(bytes, StandardCharsets.UTF_8).indexOf('\n') + 20;
        bytes[second] ^= 0x20;
        Files.write(file(), bytes);

        List<JournalEntry> rest = new ArrayList<>(story());
        rest.remove(1);
        try (Journal journal = Journal.open(directory, CLOCK)) {
            assertThat(journal.damage().damagedLines()).containsExactly(2);
            assertThat(journal.openRuns()).isEqualTo(openAfter(rest));
        }
        assertThat(Files.readAllBytes(directory.resolve("probes.journal.damaged")))
                .isEqualTo(bytes);
        try (Journal journal = Journal.open(directory, CLOCK)) {
            assertThat(journal.damage().damagedLines()).isEmpty();
            assertThat(journal.openRuns()).isEqualTo(openAfter(rest));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    @DisplayName("Any single flipped byte is found and costs at most its own line and the next")
    void open_flippedByte(long seed) throws IOException {
        write(story());
        byte[] whole = Files.readAllBytes(file());
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            byte[] flipped = whole.clone();
            int at = random.nextInt(whole.length);
            flipped[at] ^= (byte) (1 << random.nextInt(8));
            JournalFile read = JournalFile.parse(flipped);
            assertThat(
                            read.damage().damagedLines().size()
                                    + (read.damage().tornBytes() > 0 ? 1 : 0))
                    .as("seed %d, byte %d", seed, at)
                    .isBetween(1, 2);
        }
    }

    @Test
    @DisplayName("It stays small: closed runs are dropped, the day's spending is not")
    void append_compacts() throws IOException {
        int runs = 400;
        Map<String, Value> large = Map.of("note", new Value.Text("x".repeat(4000)));
        try (Journal journal = Journal.open(directory, CLOCK)) {
            journal.append(hold("open"));
            for (int i = 0; i < runs; i++) {
                journal.append(hold("r" + i));
                journal.append(new JournalEntry.Known("r" + i, large));
                journal.append(new JournalEntry.Released("r" + i));
            }
            assertThat(journal.spentMinor("card", NOON, "USD")).isEqualTo((runs + 1) * 1099L);
        }
        assertThat(Files.size(file())).isLessThan(Limits.JOURNAL_BYTES_MAX + 8192);
        try (Journal journal = Journal.open(directory, CLOCK)) {
            assertThat(journal.openRuns()).extracting(OpenRun::run).containsExactly("open");
            assertThat(journal.spentMinor("card", NOON, "USD")).isEqualTo((runs + 1) * 1099L);
            assertThat(journal.spentMinor("card", NOON.plusSeconds(86_400), "USD")).isZero();
        }
    }

    @Test
    @DisplayName("With too much left behind, no further run may hold money")
    void append_tooManyOpenRuns() throws IOException {
        try (Journal journal = Journal.open(directory, CLOCK)) {
            for (int i = 0; i < Limits.JOURNAL_OPEN_RUNS_MAX; i++) {
                journal.append(hold("r" + i));
            }
            assertThatThrownBy(() -> journal.append(hold("one more")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("1000 runs have left money behind");
            journal.append(new JournalEntry.Released("r0"));
            journal.append(hold("one more"));
        }
    }

    @Test
    @DisplayName("Two agents do not share a data directory")
    void open_twice() throws IOException {
        try (Journal first = Journal.open(directory, CLOCK)) {
            assertThat(first.openRuns()).isEmpty();
            assertThatThrownBy(() -> Journal.open(directory, CLOCK))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("in use by another agent");
        }
    }
}
