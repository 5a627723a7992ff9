package io.paybeacon.sandbox.market.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.paybeacon.sandbox.market.generate.Happening.CaptureUndone;
import io.paybeacon.sandbox.market.generate.Happening.Captured;
import io.paybeacon.sandbox.market.generate.Happening.OrderPlaced;
import io.paybeacon.sandbox.market.generate.Happening.PayoutSent;
import io.paybeacon.sandbox.market.generate.Happening.SettlementLine;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SimulationTest {
    /** A Monday, midnight in South Africa. */
    private static final Instant START = Instant.parse("2026-11-01T22:00:00Z");

    private static final SimulationOptions WEEK = SimulationOptions.days(42, START, 7, 60);

    @Test
    void sameSeed_givesTheSameStream_anotherSeedAnother() {
        SimulationOptions day = SimulationOptions.days(7, START, 1, 200);
        assertThat(Recorded.of(day)).isEqualTo(Recorded.of(day));
        SimulationOptions other = SimulationOptions.days(8, START, 1, 200);
        assertThat(Recorded.of(day).payments()).isNotEqualTo(Recorded.of(other).payments());
    }

    @Test
    void stream_isInTheOrderInWhichTheWorldIsTold_andEveryMessageIsOfAPaymentThatExists() {
        Recorded week = Recorded.of(WEEK.withTail(Duration.ofDays(5)));
        assertThat(week.stream())
                .isSortedAccordingTo(Comparator.comparingLong(Occurrence::toldMillis));
        assertThat(week.stream()).allMatch(o -> o.toldMillis() >= o.atMillis());
        Set<String> made =
                week.payments().stream().map(PaymentOutcome::key).collect(Collectors.toSet());
        assertThat(made).hasSize(week.payments().size());
        assertThat(week.all(Happening.OfPayment.class)).allMatch(h -> made.contains(h.payment()));
        assertThat(week.stream().stream().map(Occurrence::id).distinct())
                .hasSize(week.stream().size());
    }

    @Test
    void rate_isWhatWasAskedForInTheMeanOfAWeek_withBusyEveningsAndQuietNights() {
        Recorded week = Recorded.of(WEEK);
        double hours = 7 * 24;
        for (GatewayProfile gateway : WEEK.gateways()) {
            long payments =
                    week.payments().stream()
                            .filter(p -> p.gateway().equals(gateway.name()))
                            .filter(p -> p.key().endsWith("a"))
                            .count();
            assertThat(payments / hours).as(gateway.name()).isCloseTo(60, within(3.0));
        }
        assertThat(ordersBetween(week, 17, 21)).isGreaterThan(5 * ordersBetween(week, 0, 4));
        long weekMean = 0;
        for (int hour = 0; hour < 7 * 24; hour++) {
            weekMean += Seasonality.permille(START.toEpochMilli() + hour * 3_600_000L);
        }
        assertThat(weekMean / (7 * 24)).isBetween(995L, 1_000L);
    }

    /** Orders placed in those hours of the day, local time, on all days. */
    private static long ordersBetween(Recorded week, int fromHour, int toHour) {
        return week.stream().stream()
                .filter(o -> o.happening() instanceof OrderPlaced)
                .map(o -> Math.floorMod((o.atMillis() - START.toEpochMilli()) / 3_600_000, 24))
                .filter(hour -> hour >= fromHour && hour < toHour)
                .count();
    }

    @Test
    void declines_areInARealisticMix() {
        Recorded week = Recorded.of(WEEK);
        Map<DeclineReason, Long> causes =
                week.all(Happening.Declined.class)
                        .collect(
                                Collectors.groupingBy(
                                        Happening.Declined::reason, Collectors.counting()));
        long all = causes.values().stream().mapToLong(Long::longValue).sum();
        double share = all / (double) week.payments().size();
        assertThat(share).isBetween(0.09, 0.13);
        assertThat(causes.entrySet().stream().max(Map.Entry.comparingByValue()))
                .hasValueSatisfying(most ->
                        assertThat(most.getKey()).isEqualTo(DeclineReason.INSUFFICIENT_FUNDS));
        assertThat(causes.keySet()).hasSizeGreaterThan(14);
        assertThat(causes).doesNotContainKey(DeclineReason.AUTHENTICATION_UNAVAILABLE);
    }

    @Test
    void money_isWholeMinorUnits_linesAddUpAndSharesLeaveACommission() {
        Recorded week = Recorded.of(WEEK);
        Map<String, Long> currencies = new TreeMap<>();
        week.all(OrderPlaced.class)
                .forEach(order -> {
                    currencies.merge(order.currency(), 1L, Long::sum);
                    assertThat(order.lines().stream().mapToLong(OrderLine::amountMinor).sum())
                            .isEqualTo(order.amountMinor());
                    assertThat(order.lines())
                            .allMatch(line -> line.shareMinor() < line.amountMinor());
                    assertThat(order.amountMinor()).isLessThan(100_000 * scale(order.currency()));
                });
        assertThat(currencies.keySet())
                .containsExactly("BHD", "EUR", "GBP", "JPY", "KWD", "USD", "ZAR");
    }

    private static long scale(String currency) {
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return digits == 0 ? 1 : digits == 2 ? 100 : 1_000;
    }

    @Test
    void payouts_areTheSumOfTheirSettlementLines() {
        Recorded week = Recorded.of(WEEK.withTail(Duration.ofDays(30)));
        Map<String, Long> nets = new HashMap<>();
        week.all(SettlementLine.class)
                .forEach(l -> nets.merge(l.batch(), l.grossMinor() - l.feeMinor(), Long::sum));
        List<PayoutSent> payouts = week.all(PayoutSent.class).toList();
        assertThat(payouts).hasSizeGreaterThan(100);
        assertThat(payouts)
                .allSatisfy(p -> assertThat(p.amountMinor()).isEqualTo(nets.get(p.batch())));
        assertThat(week.all(Happening.PayoutEnded.class).map(Happening.PayoutEnded::paid))
                .contains(true, false);
    }

    @Test
    @DisplayName("Everything the catalogue names happens: fees, transfers, disputes, opinions")
    void allKinds_happen() {
        Recorded quarter =
                Recorded.of(
                        SimulationOptions.days(3, START, 10, 80).withTail(Duration.ofDays(120)));
        Set<Class<?>> seen =
                quarter.stream().stream()
                        .map(o -> (Class<?>) o.happening().getClass())
                        .collect(Collectors.toSet());
        Set<Class<?>> expected = new HashSet<>(kinds(Happening.class));
        expected.remove(Happening.CallFailed.class);
        assertThat(seen).isEqualTo(expected);
        assertThat(quarter.all(Happening.DisputeClosed.class).map(Happening.DisputeClosed::won))
                .contains(true, false);
    }

    private static Set<Class<?>> kinds(Class<?> sealed) {
        Set<Class<?>> kinds = new HashSet<>();
        for (Class<?> permitted : sealed.getPermittedSubclasses()) {
            if (permitted.isSealed()) {
                kinds.addAll(kinds(permitted));
            } else {
                kinds.add(permitted);
            }
        }
        return kinds;
    }

    @Test
    void outcomes_areWhatTheStreamSays() {
        Recorded run = Recorded.of(WEEK.withTail(Duration.ofDays(100)));
        Map<String, Long> captured = new HashMap<>();
        run.all(Captured.class)
                .forEach(c -> captured.merge(c.payment(), c.amountMinor(), Long::sum));
        Map<String, Long> undone = new HashMap<>();
        run.all(CaptureUndone.class)
                .forEach(c -> undone.merge(c.payment(), c.amountMinor(), Long::sum));
        for (PaymentOutcome payment : run.payments()) {
            assertThat(payment.capturedMinor()).isEqualTo(captured.getOrDefault(payment.key(), 0L));
            assertThat(payment.undoneMinor()).isEqualTo(undone.getOrDefault(payment.key(), 0L));
            assertThat(payment.refundedMinor()).isLessThanOrEqualTo(payment.capturedMinor());
            assertThat(payment.cause().isPresent())
                    .isEqualTo(payment.cause().isPresent() && payment.state().equals("failed"));
        }
        assertThat(run.payments().stream().map(PaymentOutcome::state).distinct())
                .contains(
                        "captured",
                        "failed",
                        "cancelled",
                        "expired",
                        "action_required",
                        "processing")
                .doesNotContain("created", "unanswered");
    }

    @Test
    @DisplayName("What is planted can be seen in what happened, and nothing else can")
    void planted_isVisible() {
        Recorded run =
                Recorded.of(
                        WEEK.withMix(Mix.usual().withPlanted(60, 120))
                                .withTail(Duration.ofDays(30)));
        Map<Anomaly, List<Planted>> byKind =
                run.planted().stream().collect(Collectors.groupingBy(Planted::anomaly));
        assertThat(byKind.keySet()).containsExactlyInAnyOrderElementsOf(Anomaly.all());
        Map<String, PaymentOutcome> byKey =
                run.payments().stream()
                        .collect(Collectors.toMap(PaymentOutcome::key, Function.identity()));
        Set<String> plantedOrders =
                run.planted().stream().map(Planted::order).collect(Collectors.toSet());
        for (Planted planted : run.planted()) {
            PaymentOutcome payment = byKey.get(planted.payments().getLast());
            assertThat(sign(planted.anomaly(), payment)).as(planted.toString()).isTrue();
            assertThat(planted.visibleMillis()).isGreaterThanOrEqualTo(planted.fromMillis());
        }
        assertThat(run.payments())
                .filteredOn(p -> !plantedOrders.contains(p.order()))
                .allMatch(p -> p.askedMinor() == p.orderedMinor())
                .allMatch(p -> p.capturedMinor() <= p.orderedMinor() && p.undoneMinor() == 0)
                .noneMatch(p -> p.state().equals("expired"));
    }

    private static boolean sign(Anomaly anomaly, PaymentOutcome payment) {
        return switch (anomaly) {
            case CHALLENGE_ABANDONED -> payment.state().equals("action_required");
            case GATEWAY_PENDING -> payment.state().equals("processing");
            case WEBHOOK_LOST, DUPLICATE_AT_GATEWAY, DUPLICATE_ACROSS_GATEWAYS ->
                    payment.capturedMinor() == payment.orderedMinor();
            case UNIT_SCALE -> payment.askedMinor() == 100 * payment.orderedMinor();
            case ONE_UNIT_OFF -> {
                long off = Math.abs(payment.askedMinor() - payment.orderedMinor());
                yield off == 1 || off == 10;
            }
            case OVER_CAPTURED -> payment.capturedMinor() > payment.orderedMinor();
            case CAPTURE_UNDONE -> payment.undoneMinor() > 0;
            case REFUND_FAILED -> payment.refundedMinor() == 0;
            case AUTHORISATION_EXPIRED -> payment.state().equals("expired");
        };
    }

    @Test
    void options_outOfRange_areRefused() {
        assertThatThrownBy(() -> SimulationOptions.days(1, START, 0, 200))
                .hasMessageContaining("days");
        assertThatThrownBy(() -> SimulationOptions.days(1, START, 1, 0))
                .hasMessageContaining("payments an hour");
        assertThatThrownBy(() -> Mix.usual().withPlanted(600, 500))
                .hasMessageContaining("thousandths");
        assertThatThrownBy(() -> Incident.of(IncidentKind.OUTAGE, "stripe", 5, 5))
                .hasMessageContaining("after it begins");
    }
}
