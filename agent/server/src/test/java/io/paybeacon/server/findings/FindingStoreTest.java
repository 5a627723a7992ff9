package io.paybeacon.server.findings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Severity;
import io.paybeacon.telemetry.Inventory;
import io.paybeacon.telemetry.ProcessMetrics;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingStoreTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

    @TempDir private Path directory;
    private FindingStore store;

    @BeforeEach
    void open() {
        store = reopened();
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void finding_isFound_asItWasDelivered() {
        Finding finding =
                new Finding(
                        "stuck_payment|stripe_eu:pi_1",
                        FindingKind.STUCK_PAYMENT,
                        Severity.CRITICAL,
                        "stripe_eu",
                        "stripe_eu:pi_1",
                        NOON,
                        Money.of(1099, "EUR"),
                        "Nobody captured the hold; \"O'Neill\" \u20ac",
                        "Capture it or release it.",
                        Map.of("status", "authorised", "order", "o-1; DROP TABLE finding"));

        store.deliver(List.of(delivery(1, new FindingOpened(finding))));

        StoredFinding stored = store.find(finding.id()).orElseThrow();
        assertThat(stored)
                .isEqualTo(
                        new StoredFinding(
                                finding.id(),
                                "stuck_payment",
                                "critical",
                                "stripe_eu",
                                "stripe_eu:pi_1",
                                NOON,
                                Money.of(1099, "EUR"),
                                finding.cause(),
                                finding.remedy(),
                                finding.evidence(),
                                FindingState.OPEN,
                                null));
    }

    @Test
    void amount_isAbsent_whenNothingIsKnownToBeAtStake() {
        store.deliver(List.of(opened(1, "a", null)));

        assertThat(store.find("a").orElseThrow().atStake()).isNull();
    }

    @Test
    void lifeOfAFinding_opened_updated_resolved_openedAgain() {
        store.deliver(List.of(opened(1, "a", Money.of(5, "JPY")), opened(2, "b", null)));
        assertThat(states()).containsExactly("a open", "b open");

        store.deliver(
                List.of(
                        delivery(3, new FindingUpdated(finding("a", Money.of(7, "JPY")))),
                        resolved(4, "b", Resolution.SUPERSEDED)));
        assertThat(store.find("a").orElseThrow().atStake()).isEqualTo(Money.of(7, "JPY"));
        assertThat(states()).containsExactly("a open", "b superseded");

        store.deliver(List.of(resolved(5, "a", Resolution.RESOLVED)));
        assertThat(states()).containsExactly("a resolved", "b superseded");
        assertThat(store.find("a").orElseThrow().resolvedAt()).isEqualTo(NOON.plusSeconds(5));

        store.deliver(List.of(opened(6, "a", Money.of(9, "JPY"))));
        assertThat(states()).containsExactly("a open", "b superseded");
        assertThat(store.find("a").orElseThrow().resolvedAt()).isNull();
    }

    @Test
    void resolution_ofAnUnknownFinding_changesNothing() {
        store.deliver(List.of(resolved(1, "nobody", Resolution.RESOLVED)));

        assertThat(states()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261122})
    void redelivery_inRandomBatches_changesNothing(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Delivery> all = randomLife(random, 120);
        store.deliver(all);
        List<StoredFinding> expected = everything();

        int confirmed = 0;
        store.close();
        store = FindingStore.open(directory.resolve("other"), metrics());
        while (confirmed < all.size()) {
            // A crash loses confirmations: the engine goes back and delivers in order again.
            int from = random.nextInt(confirmed + 1);
            int to = Math.min(all.size(), confirmed + 1 + random.nextInt(9));
            store.deliver(all.subList(from, to));
            confirmed = to;
        }
        assertThat(everything()).as("after rewinds, seed %d", seed).isEqualTo(expected);

        for (int i = 0; i < 50; i++) {
            List<Delivery> batch = new ArrayList<>();
            for (int j = 0; j <= random.nextInt(9); j++) {
                batch.add(all.get(random.nextInt(all.size())));
            }
            store.deliver(batch);
        }
        assertThat(everything()).as("after strays, seed %d", seed).isEqualTo(expected);
    }

    @Test
    void findings_areThere_afterARestart() {
        store.deliver(List.of(opened(1, "a", Money.of(5, "EUR"))));
        List<StoredFinding> before = everything();

        store.close();
        TimeZone zone = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
            store = reopened();

            assertThat(everything()).isEqualTo(before);
        } finally {
            TimeZone.setDefault(zone);
        }
    }

    @Test
    void pages_holdEachFindingOnce_theLatestFirst_alsoAmongEqualTimes() {
        List<Delivery> batch = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            batch.add(opened(i + 1, "f%02d".formatted(i), null));
        }
        store.deliver(batch);

        List<String> ids = new ArrayList<>();
        String after = null;
        int pages = 0;
        do {
            FindingPage page = store.list(new FindingQuery(null, null, null, 10, after));
            page.findings().forEach(finding -> ids.add(finding.id()));
            after = page.next();
            pages++;
        } while (after != null);

        assertThat(pages).isEqualTo(3);
        List<String> expected = new ArrayList<>();
        for (int i = 24; i >= 0; i--) {
            expected.add("f%02d".formatted(i));
        }
        assertThat(ids).isEqualTo(expected);
    }

    @Test
    void list_filtersByKindStateAndGateway() {
        store.deliver(
                List.of(
                        opened(1, "a", null),
                        opened(2, "b", null),
                        resolved(3, "b", Resolution.RESOLVED)));

        assertThat(ids(new FindingQuery(null, FindingState.OPEN, null, 10, null)))
                .containsExactly("a");
        assertThat(ids(new FindingQuery("stuck_payment", null, "stripe_eu", 10, null)))
                .containsExactly("b", "a");
        assertThat(ids(new FindingQuery("orphan_event", null, null, 10, null))).isEmpty();
        assertThat(ids(new FindingQuery(null, null, "stripe_us", 10, null))).isEmpty();
        assertThat(store.counts())
                .containsExactly(
                        new FindingCount("stripe_eu", "stuck_payment", FindingState.OPEN, 1),
                        new FindingCount("stripe_eu", "stuck_payment", FindingState.RESOLVED, 1));
        assertThat(store.openAbout("subject of a")).extracting(StoredFinding::id).containsOnly("a");
        assertThat(store.openAbout("subject of b")).isEmpty();
    }

    @Test
    void after_thatNamesNoFinding_isRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> store.list(new FindingQuery(null, null, null, 10, "nobody")))
                .withMessageContaining("after");
    }

    @Test
    void open_saysWhoHasIt_whenAnotherProcessHasIt() throws Exception {
        store.close();
        Process other =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                StoreHolder.class.getName(),
                                directory.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader said = other.inputReader()) {
            assertThat(said.readLine()).isEqualTo(StoreHolder.HELD);

            assertThatThrownBy(() -> FindingStore.open(directory, metrics()))
                    .isInstanceOf(FindingStoreException.class)
                    .hasMessageContaining("findings.mv.db is open in another process")
                    .hasMessageContaining("data directory of its own");
        } finally {
            other.destroyForcibly().waitFor();
        }
        // It was killed, not closed: what was committed is there all the same.
        store = reopened();
        assertThat(states()).containsExactly("held open");
    }

    @Test
    void open_saysWhatToDo_whenTheFileIsDamaged() throws IOException {
        store.close();
        Files.writeString(directory.resolve("findings.mv.db"), "no database ".repeat(1_000));

        assertThatThrownBy(() -> FindingStore.open(directory, metrics()))
                .isInstanceOf(FindingStoreException.class)
                .hasMessageContaining("damaged")
                .hasMessageContaining("move it away");
    }

    @Test
    void open_refusesADirectoryThatWouldSetOptions() {
        assertThatThrownBy(() -> FindingStore.open(directory.resolve("a;MODE=Oracle"), metrics()))
                .isInstanceOf(FindingStoreException.class)
                .hasMessageContaining("semicolon");
    }

    private FindingStore reopened() {
        return FindingStore.open(directory, metrics());
    }

    static ProcessMetrics metrics() {
        return new ProcessMetrics(
                "0.1.0", Instant.EPOCH, () -> new Inventory(Map.of("stripe_eu", List.of())));
    }

    private static List<Delivery> randomLife(SplittableRandom random, int deliveries) {
        List<Delivery> all = new ArrayList<>();
        for (int position = 1; position <= deliveries; position++) {
            String id = "f" + random.nextInt(12);
            all.add(
                    switch (random.nextInt(4)) {
                        case 0 -> resolved(position, id, Resolution.RESOLVED);
                        case 1 -> resolved(position, id, Resolution.SUPERSEDED);
                        case 2 -> opened(position, id, Money.of(position, "EUR"));
                        default ->
                                delivery(
                                        position,
                                        new FindingUpdated(finding(id, Money.of(position, "USD"))));
                    });
        }
        return all;
    }

    static Delivery opened(long position, String id, Money atStake) {
        return delivery(position, new FindingOpened(finding(id, atStake)));
    }

    private static Delivery resolved(long position, String id, Resolution resolution) {
        return delivery(position, new FindingResolved(id, NOON.plusSeconds(position), resolution));
    }

    private static Delivery delivery(long position, Output output) {
        return new Delivery("delivery " + position, position, output);
    }

    private static Finding finding(String id, Money atStake) {
        return new Finding(
                id,
                FindingKind.STUCK_PAYMENT,
                Severity.WARNING,
                "stripe_eu",
                "subject of " + id,
                NOON,
                atStake,
                "cause",
                "remedy",
                Map.of());
    }

    private List<StoredFinding> everything() {
        return store.list(new FindingQuery(null, null, null, 500, null)).findings();
    }

    private List<String> ids(FindingQuery query) {
        return store.list(query).findings().stream().map(StoredFinding::id).toList();
    }

    private List<String> states() {
        return everything().stream()
                .map(finding -> finding.id() + " " + finding.state().label())
                .sorted()
                .toList();
    }
}
