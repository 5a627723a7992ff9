package io.paybeacon.server.findings;

import static org.assertj.core.api.Assertions.assertThat;
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
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the findings store promises, whatever database it is in. */
abstract class FindingStoreContract {
    static final Instant NOON = Instant.parse("2026-11-22T12:00:00.123Z");

    static final String AGENT = "eu-1";

    FindingStore store;

    /**
     * Opens a store.
     *
     * @param where the name of a database that lasts as long as the test
     */
    abstract FindingStore open(String agent, String where);

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

        StoredFinding stored = store.find(AGENT, finding.id()).orElseThrow();
        assertThat(stored)
                .isEqualTo(
                        new StoredFinding(
                                AGENT,
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
                                FindingState.OPEN,
                                "",
                                null,
                                null));
    }

    @Test
    void amount_isAbsent_whenNothingIsKnownToBeAtStake() {
        store.deliver(List.of(opened(1, "a", null)));

        assertThat(store.find(AGENT, "a").orElseThrow().atStake()).isNull();
    }

    @Test
    void lifeOfAFinding_opened_updated_resolved_openedAgain() {
        store.deliver(List.of(opened(1, "a", Money.of(5, "JPY")), opened(2, "b", null)));
        assertThat(states()).containsExactly("a open", "b open");

        store.deliver(
                List.of(
                        delivery(3, new FindingUpdated(finding("a", Money.of(7, "JPY")))),
                        resolved(4, "b", Resolution.SUPERSEDED)));
        assertThat(store.find(AGENT, "a").orElseThrow().atStake()).isEqualTo(Money.of(7, "JPY"));
        assertThat(states()).containsExactly("a open", "b superseded");

        store.deliver(List.of(resolved(5, "a", Resolution.RESOLVED)));
        assertThat(states()).containsExactly("a resolved", "b superseded");
        assertThat(store.find(AGENT, "a").orElseThrow().resolvedAt())
                .isEqualTo(NOON.plusSeconds(5));

        store.deliver(List.of(opened(6, "a", Money.of(9, "JPY"))));
        assertThat(states()).containsExactly("a open", "b superseded");
        assertThat(store.find(AGENT, "a").orElseThrow().resolvedAt()).isNull();
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
        store = open(AGENT, "other");
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
        PagePosition after = null;
        int pages = 0;
        do {
            FindingPage page = store.list(FindingQuery.first(10).from(after));
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
    void list_isNarrowed_byEachOfItsFilters() {
        store.deliver(
                List.of(
                        opened(1, "a", null),
                        opened(2, "b", null),
                        resolved(3, "b", Resolution.RESOLVED)));
        FindingQuery all = FindingQuery.first(10);

        assertThat(ids(all)).containsExactly("b", "a");
        assertThat(ids(query(AGENT, null, FindingState.OPEN, null, null, null)))
                .containsExactly("a");
        assertThat(ids(query("eu-2", null, null, null, null, null))).isEmpty();
        assertThat(ids(query(null, "stuck_payment", null, "warning", "stripe_eu", null)))
                .containsExactly("b", "a");
        assertThat(ids(query(null, "orphan_event", null, null, null, null))).isEmpty();
        assertThat(ids(query(null, null, null, "critical", null, null))).isEmpty();
        assertThat(ids(query(null, null, null, null, "stripe_us", null))).isEmpty();
        assertThat(ids(query(null, null, null, null, null, "subject of a"))).containsExactly("a");
        assertThat(store.counts())
                .containsExactly(
                        new FindingCount("stripe_eu", "stuck_payment", FindingState.OPEN, 1),
                        new FindingCount("stripe_eu", "stuck_payment", FindingState.RESOLVED, 1));
        assertThat(store.openAbout("subject of a")).extracting(StoredFinding::id).containsOnly("a");
        assertThat(store.openAbout("subject of b")).isEmpty();
    }

    @Test
    void list_isNarrowed_byTheTimeOfOpening() {
        store.deliver(
                List.of(
                        openedAt(1, "a", NOON),
                        openedAt(2, "b", NOON.plusMillis(1)),
                        openedAt(3, "c", NOON.plusMillis(2))));

        assertThat(ids(between(NOON.plusMillis(1), null))).containsExactly("c", "b");
        assertThat(ids(between(null, NOON.plusMillis(1)))).containsExactly("a");
        assertThat(ids(between(NOON.plusMillis(1), NOON.plusMillis(2)))).containsExactly("b");
    }

    @Test
    void store_ofOtherData_isNotMixedWithIt() {
        store.deliver(List.of(opened(7, "a", null)));
        List<StoredFinding> before = everything();
        store.close();

        assertThatThrownBy(this::openWithOtherData)
                .isInstanceOf(FindingStoreException.class)
                .hasMessageContaining("holds findings of an agent \"eu-1\" with other data")
                .hasMessageContaining("findings rebuild");

        store = reopened();
        assertThat(everything()).isEqualTo(before);
    }

    /** Opens the store of the test as an agent of the same name would that has other data. */
    abstract FindingStore openWithOtherData();

    @Test
    void rowsOfTheFirstSchema_areKept() throws SQLException {
        store.close();
        writeFirstSchema(
                "old",
                """
                INSERT INTO finding VALUES ('f', 'stuck_payment', 'critical', 'stripe_eu',
                    'stripe_eu:pi_1', TIMESTAMP WITH TIME ZONE '2026-11-22 12:00:00.123+00:00',
                    1099, 'EUR', 'cause', 'remedy', '{"status":"authorised"}', 'open', NULL, 42)
                """);

        store = open(AGENT, "old");

        StoredFinding kept = store.find(AGENT, "f").orElseThrow();
        assertThat(kept.openedAt()).isEqualTo(NOON);
        assertThat(kept.atStake()).isEqualTo(Money.of(1099, "EUR"));
        store.deliver(List.of(opened(42, "f", null)));
        assertThat(store.find(AGENT, "f")).contains(kept);
    }

    /** Makes a database as the first build of the store left it, and runs a statement in it. */
    abstract void writeFirstSchema(String where, String sql) throws SQLException;

    FindingStore reopened() {
        return open(AGENT, "store");
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

    static Delivery resolved(long position, String id, Resolution resolution) {
        return delivery(position, new FindingResolved(id, NOON.plusSeconds(position), resolution));
    }

    static Delivery delivery(long position, Output output) {
        return new Delivery("delivery " + position, position, output);
    }

    private static Delivery openedAt(long position, String id, Instant at) {
        return delivery(position, new FindingOpened(finding(id, null, at)));
    }

    private static FindingQuery query(
            String agent,
            String kind,
            FindingState state,
            String severity,
            String gateway,
            String subject) {
        return new FindingQuery(
                agent, kind, state, severity, gateway, subject, null, null, 10, null);
    }

    private static FindingQuery between(Instant from, Instant before) {
        return new FindingQuery(null, null, null, null, null, null, from, before, 10, null);
    }

    static Finding finding(String id, Money atStake) {
        return finding(id, atStake, NOON);
    }

    static Finding finding(String id, Money atStake, Instant openedAt) {
        return new Finding(
                id,
                FindingKind.STUCK_PAYMENT,
                Severity.WARNING,
                "stripe_eu",
                "subject of " + id,
                openedAt,
                atStake,
                "cause",
                "remedy",
                Map.of());
    }

    List<StoredFinding> everything() {
        return store.list(FindingQuery.first(500)).findings();
    }

    private List<String> ids(FindingQuery query) {
        return store.list(query).findings().stream().map(StoredFinding::id).toList();
    }

    List<String> states() {
        return everything().stream()
                .map(finding -> finding.id() + " " + finding.state().label())
                .sorted()
                .toList();
    }
}
