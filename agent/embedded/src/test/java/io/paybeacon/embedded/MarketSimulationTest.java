package io.paybeacon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.payment.Payment;
import io.paybeacon.sandbox.market.generate.Incident;
import io.paybeacon.sandbox.market.generate.IncidentKind;
import io.paybeacon.sandbox.market.generate.Mix;
import io.paybeacon.sandbox.market.generate.SimulationOptions;
import io.paybeacon.simulation.Books;
import io.paybeacon.simulation.Detection;
import io.paybeacon.simulation.MarketEvents;
import io.paybeacon.simulation.MarketRun;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Days of a simulated marketplace through the whole pipeline: every payment, sum, counter and
 * finding against books that are kept in the plainest way.
 */
class MarketSimulationTest {
    private static final long SEED = Long.getLong("paybeacon.seed", 20_261_123);
    private static final int DAYS = Integer.getInteger("paybeacon.simulation.days", 3);
    private static final int PAYMENTS_PER_HOUR = 200;
    private static final Instant START = Instant.parse("2026-03-02T00:00:00Z");
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long HOUR = Duration.ofHours(1).toMillis();

    @Test
    @DisplayName("With messages lost, late, twice and in any order, and the process killed")
    void with_faults() {
        SimulationOptions options =
                SimulationOptions.days(SEED, START, DAYS, PAYMENTS_PER_HOUR)
                        .withTail(Duration.ofDays(8))
                        .withIncidents(faults());
        try (MarketRun run = new MarketRun(harness(), options, 4 * DAYS)) {
            run.run();

            assertThat(run.killed()).as("seed %d: kills", SEED).isGreaterThan(DAYS);
            payments(run);
            counters(run);
            findings(run);
        }
    }

    @Test
    @DisplayName("What is planted is found, in time, and nothing else")
    void detection() {
        SimulationOptions options =
                SimulationOptions.days(SEED + 1, START, 1, PAYMENTS_PER_HOUR)
                        .withTail(Duration.ofDays(8))
                        .withMix(Mix.usual().withPlanted(40, 60));
        try (MarketRun run = new MarketRun(harness(), options, 0)) {
            run.run();

            Detection detection =
                    Detection.of(run.planted(), run.findings(), run.reference(), run.now());
            String told =
                    "seed %d: %d found, missed %s, wrong %s"
                            .formatted(
                                    SEED,
                                    detection.found().size(),
                                    detection.missed().stream().limit(5).toList(),
                                    detection.wrong().stream().limit(5).toList());
            assertThat(detection.found().size()).as(told).isGreaterThanOrEqualTo(1_000);
            assertThat(detection.recall()).as(told).isGreaterThanOrEqualTo(0.99);
            assertThat(detection.precision()).as(told).isGreaterThanOrEqualTo(0.99);
            assertThat(detection.late()).as(told).isEmpty();
            payments(run);
        }
    }

    private static EmbeddedHarness harness() {
        return new EmbeddedHarness(options ->
                options.withLinger(Duration.ZERO)
                        .withSegmentBytes(4_000_000)
                        .withCacheEntriesMax(20_000));
    }

    /** Faults of each day, at one gateway each. */
    private static List<Incident> faults() {
        long from = START.toEpochMilli();
        List<Incident> faults = new ArrayList<>();
        for (int day = 0; day < DAYS; day++) {
            long at = from + day * DAY;
            faults.add(
                    Incident.of(
                            IncidentKind.WEBHOOK_SILENCE, "adyen", at + 9 * HOUR, at + 11 * HOUR));
            faults.add(
                    Incident.of(IncidentKind.WEBHOOKS_DUPLICATED, "stripe", at, at + DAY)
                            .hitting(300));
            faults.add(
                    Incident.of(IncidentKind.WEBHOOKS_REORDERED, "paypal", at, at + DAY)
                            .hitting(300));
            faults.add(
                    Incident.of(IncidentKind.OUTAGE, "card", at + 14 * HOUR, at + 15 * HOUR)
                            .hitting(200));
        }
        return faults;
    }

    /** Every payment stands where the books say, with the sums of the books. */
    private static void payments(MarketRun run) {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> actual = new TreeMap<>();
        run.books()
                .accounts()
                .forEach((key, account) -> {
                    expected.put(key, line(account));
                    actual.put(key, line(find(run, key), account.currency()));
                });
        assertThat(expected).as("seed %d", SEED).hasSizeGreaterThan(DAYS);
        expected.forEach((key, line) ->
                assertThat(actual.get(key)).as("seed %d: %s", SEED, key).isEqualTo(line));
    }

    private static Payment find(MarketRun run, String key) {
        PaymentId id = MarketEvents.id(key);
        return run.engine().find("payment", id.key(), Payment.class).join().orElseThrow();
    }

    private static String line(Books.Account account) {
        return account.status().label()
                + " "
                + account.capturedMinor()
                + " "
                + account.undoneMinor()
                + " "
                + account.refundedMinor();
    }

    private static String line(Payment payment, String currency) {
        PaymentStatus status = payment.status();
        if (currency.isEmpty()) {
            return status.label() + " 0 0 0";
        }
        var unit = Currency.getInstance(currency);
        return status.label()
                + " "
                + payment.capturedAmounts().in(unit).minorUnits()
                + " "
                + payment.undoneAmounts().in(unit).minorUnits()
                + " "
                + payment.refundedAmounts().in(unit).minorUnits();
    }

    /** The counters say what the books say: nothing lost, nothing counted twice. */
    private static void counters(MarketRun run) {
        MetricSnapshot metrics = run.metrics();
        for (String gateway : List.of("stripe", "adyen", "paypal", "card")) {
            long known =
                    run.books().accounts().keySet().stream()
                            .filter(key -> key.startsWith(gateway + ":"))
                            .count();
            assertThat(value(metrics, Series.of(Metric.PAYMENTS_CREATED, gateway)))
                    .as("seed %d: payments of %s", SEED, gateway)
                    .isEqualTo(known);
        }
        for (String currency : List.of("ZAR", "USD", "EUR", "GBP", "JPY", "KWD", "BHD")) {
            run.books()
                    .captured(currency)
                    .forEach((gateway, sum) ->
                            assertThat(
                                            value(
                                                    metrics,
                                                    Series.of(
                                                            Metric.PAYMENT_CAPTURED,
                                                            gateway,
                                                            currency)))
                                    .as("seed %d: %s of %s", SEED, currency, gateway)
                                    .isEqualTo(sum));
        }
    }

    /** What is open by what was delivered is open by the gauges, and tells what was planted. */
    private static void findings(MarketRun run) {
        Map<String, Long> open = new TreeMap<>();
        run.findings()
                .open()
                .values()
                .forEach(finding ->
                        open.merge(
                                finding.gateway() + " " + finding.kind().label(), 1L, Long::sum));
        run.metrics()
                .values()
                .forEach((series, value) -> {
                    if (series.metric() == Metric.FINDINGS_OPEN) {
                        assertThat(value)
                                .as("seed %d: %s", SEED, series)
                                .isEqualTo(
                                        open.getOrDefault(String.join(" ", series.labels()), 0L));
                    }
                });
        assertThat(run.findings().notifications().values())
                .as("seed %d: each notification under an id of its own", SEED)
                .allMatch(count -> count == 1);
        Detection detection =
                Detection.of(run.planted(), run.findings(), run.reference(), run.now());
        assertThat(detection.missed()).as("seed %d: missed", SEED).isEmpty();
    }

    private static long value(MetricSnapshot metrics, Series series) {
        return metrics.values().getOrDefault(series, 0L);
    }
}
