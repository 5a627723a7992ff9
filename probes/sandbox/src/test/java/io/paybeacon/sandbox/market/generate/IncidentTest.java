package io.paybeacon.sandbox.market.generate;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.market.generate.Happening.ActionRequired;
import io.paybeacon.sandbox.market.generate.Happening.Declined;
import io.paybeacon.sandbox.market.generate.Happening.PaymentCreated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each incident of the catalogue, against the same hours without it. */
class IncidentTest {
    private static final Instant START = Instant.parse("2026-11-03T07:00:00Z");
    private static final long FROM = START.plus(Duration.ofHours(1)).toEpochMilli();
    private static final long UNTIL = START.plus(Duration.ofHours(4)).toEpochMilli();

    private static final SimulationOptions DAY =
            new SimulationOptions(
                    5,
                    START,
                    Duration.ofHours(5),
                    Duration.ofDays(20),
                    GatewayProfile.four(300).stream()
                            .filter(g -> g.name().equals("stripe") || g.name().equals("adyen"))
                            .toList(),
                    Mix.usual().withPlanted(0, 0),
                    List.of(),
                    false);

    private static Recorded with(Incident incident) {
        return Recorded.of(DAY.withIncidents(List.of(incident)));
    }

    private static Recorded with(IncidentKind kind) {
        return with(Incident.of(kind, "stripe", FROM, UNTIL));
    }

    /** The payments of a gateway that were made while it was on. */
    private static List<PaymentOutcome> during(Recorded run, String gateway) {
        return run.payments().stream()
                .filter(p -> p.gateway().equals(gateway))
                .filter(p -> p.createdMillis() >= FROM + 1_000 && p.createdMillis() < UNTIL)
                .toList();
    }

    private static double share(List<PaymentOutcome> payments, Predicate<PaymentOutcome> those) {
        assertThat(payments).hasSizeGreaterThan(300);
        return payments.stream().filter(those).count() / (double) payments.size();
    }

    private static Stream<Occurrence> told(Recorded run, String gateway) {
        return run.stream().stream()
                .filter(o -> o.happening().gateway().equals(gateway))
                .filter(o -> o.happening() instanceof Happening.OfPayment)
                .filter(o -> o.atMillis() >= FROM && o.atMillis() < UNTIL);
    }

    @ParameterizedTest
    @EnumSource(IncidentKind.class)
    void otherGateways_noticeNothing(IncidentKind kind) {
        Recorded calm = Recorded.of(DAY);
        Recorded run = with(kind);
        assertThat(share(during(run, "adyen"), p -> p.state().equals("captured")))
                .isCloseTo(
                        share(during(calm, "adyen"), p -> p.state().equals("captured")),
                        org.assertj.core.api.Assertions.within(0.05));
        assertThat(run).isNotEqualTo(calm);
    }

    @Test
    void outage_leavesNoPayment() {
        Recorded run = with(IncidentKind.OUTAGE);
        assertThat(during(run, "stripe")).hasSizeLessThan(10);
        assertThat(run.all(Happening.CallFailed.class))
                .hasSizeGreaterThan(500)
                .allMatch(c -> c.asked().equals("stripe"));
    }

    @Test
    void slow_takesTwentyTimesAsLong() {
        assertThat(medianAnswerMillis(with(IncidentKind.SLOW)))
                .isGreaterThan(10 * medianAnswerMillis(Recorded.of(DAY)));
    }

    private static long medianAnswerMillis(Recorded run) {
        Map<String, Long> created =
                told(run, "stripe")
                        .filter(o -> o.happening() instanceof PaymentCreated)
                        .collect(
                                Collectors.toMap(
                                        o -> ((PaymentCreated) o.happening()).payment(),
                                        Occurrence::atMillis));
        List<Long> waits =
                run.stream().stream()
                        .filter(o -> o.happening() instanceof Happening.Authorised)
                        .filter(o -> created.containsKey(payment(o)))
                        .map(o -> o.atMillis() - created.getOrDefault(payment(o), 0L))
                        .sorted()
                        .toList();
        return waits.get(waits.size() / 2);
    }

    private static String payment(Occurrence occurrence) {
        return ((Happening.OfPayment) occurrence.happening()).payment();
    }

    @Test
    void threeDsDown_failsWhatNeedsIt_andNothingElse() {
        Recorded run = with(IncidentKind.THREE_DS_DOWN);
        Predicate<PaymentOutcome> broken =
                p -> p.cause().equals(Optional.of(DeclineReason.AUTHENTICATION_UNAVAILABLE));
        assertThat(share(during(run, "stripe"), broken)).isBetween(0.3, 0.5);
        assertThat(run.all(ActionRequired.class).map(ActionRequired::payment))
                .noneMatch(key ->
                        during(run, "stripe").stream()
                                .filter(broken)
                                .anyMatch(p -> p.key().equals(key)));
    }

    @Test
    void issuerDeclines_hitOneSliceOnly() {
        Incident slice =
                Incident.of(IncidentKind.ISSUER_DECLINES, "stripe", FROM, UNTIL)
                        .hitting(800)
                        .amongPayers(Optional.of("mastercard"), Optional.of("za_bank_1"));
        Recorded run = with(slice);
        Map<String, Payer> payers =
                run.all(PaymentCreated.class)
                        .collect(Collectors.toMap(PaymentCreated::payment, PaymentCreated::payer));
        assertThat(declineShare(run, payers, slice::covers)).isGreaterThan(0.7);
        assertThat(declineShare(run, payers, p -> !slice.covers(p))).isLessThan(0.16);
    }

    private static double declineShare(
            Recorded run, Map<String, Payer> payers, Predicate<Payer> those) {
        List<PaymentOutcome> slice =
                during(run, "stripe").stream()
                        .filter(p -> those.test(payers.get(p.key())))
                        .toList();
        assertThat(slice).hasSizeGreaterThan(40);
        return slice.stream().filter(p -> p.cause().isPresent()).count() / (double) slice.size();
    }

    @Test
    void technicalErrors_areThatShare() {
        Recorded run =
                with(
                        Incident.of(IncidentKind.TECHNICAL_ERRORS, "stripe", FROM, UNTIL)
                                .hitting(300));
        assertThat(
                        share(
                                during(run, "stripe"),
                                p -> p.cause().equals(Optional.of(DeclineReason.PROCESSOR_ERROR))))
                .isBetween(0.24, 0.36);
    }

    @Test
    void webhookSilence_isFollowedByAFlush() {
        Recorded run = with(IncidentKind.WEBHOOK_SILENCE);
        assertThat(told(run, "stripe").toList())
                .hasSizeGreaterThan(1_000)
                .allMatch(o -> o.toldMillis() >= UNTIL && o.toldMillis() < UNTIL + 61_000);
    }

    @Test
    void rotatedSecret_letsMessagesInByRetriesLater() {
        assertThat(told(with(IncidentKind.SECRET_ROTATED), "stripe").toList())
                .allMatch(o -> o.toldMillis() >= UNTIL && o.toldMillis() < UNTIL + 900_000);
    }

    @Test
    void duplicates_comeAgainUnderTheSameId() {
        Recorded run = with(IncidentKind.WEBHOOKS_DUPLICATED);
        List<Occurrence> sent = told(run, "stripe").toList();
        assertThat(sent).hasSize(2 * (int) sent.stream().map(Occurrence::id).distinct().count());
        assertThat(run.payments())
                .isEqualTo(
                        Recorded.of(DAY).payments().stream()
                                .filter(p -> run.payments().contains(p))
                                .toList());
    }

    @Test
    void reordered_messagesOvertake() {
        Recorded run = with(IncidentKind.WEBHOOKS_REORDERED);
        List<Occurrence> sent = told(run, "stripe").toList();
        long overtaken = 0;
        for (int i = 1; i < sent.size(); i++) {
            overtaken += sent.get(i).atMillis() < sent.get(i - 1).atMillis() ? 1 : 0;
        }
        assertThat(overtaken).isGreaterThan(sent.size() / 4);
    }

    @ParameterizedTest
    @EnumSource(
            value = IncidentKind.class,
            names = {"WRONG_SCALE", "AUTHORISATIONS_EXPIRE", "CAPTURES_FAIL", "REFUNDS_FAIL"})
    void whatGoesWrongWithSinglePayments_isInTheTruth(IncidentKind kind) {
        Recorded run = with(kind);
        Anomaly expected =
                switch (kind) {
                    case WRONG_SCALE -> Anomaly.UNIT_SCALE;
                    case AUTHORISATIONS_EXPIRE -> Anomaly.AUTHORISATION_EXPIRED;
                    case CAPTURES_FAIL -> Anomaly.CAPTURE_UNDONE;
                    case REFUNDS_FAIL -> Anomaly.REFUND_FAILED;
                    default -> throw new IllegalArgumentException(kind.label());
                };
        assertThat(run.planted()).extracting(Planted::anomaly).containsOnly(expected);
        assertThat(run.planted()).hasSizeGreaterThan(300);
        assertThat(run.planted())
                .allMatch(p -> p.payments().getLast().startsWith("stripe:"))
                .allMatch(p -> p.fromMillis() >= FROM && p.fromMillis() < UNTIL);
    }

    @Test
    void cardTesting_isManySmallFailuresOfOneCustomer() {
        Recorded run = with(IncidentKind.CARD_TESTING);
        Recorded calm = Recorded.of(DAY);
        assertThat(during(run, "stripe")).hasSizeGreaterThan(3 * during(calm, "stripe").size());
        assertThat(share(during(run, "stripe"), p -> p.cause().isPresent())).isGreaterThan(0.5);
        assertThat(
                        run.all(Happening.OrderPlaced.class)
                                .filter(o -> o.customer().equals("cust_card_tester")))
                .hasSizeGreaterThan(2_000)
                .allMatch(o -> o.amountMinor() < 250);
        assertThat(run.all(Declined.class).filter(d -> d.reason() == DeclineReason.INVALID_CVC))
                .hasSizeGreaterThan(500);
    }

    @Test
    void countryShift_changesWhereMoneyComesFrom() {
        Recorded run = with(Incident.of(IncidentKind.COUNTRY_SHIFT, "stripe", FROM, UNTIL));
        List<String> countries =
                told(run, "stripe")
                        .map(Occurrence::happening)
                        .filter(PaymentCreated.class::isInstance)
                        .map(h -> ((PaymentCreated) h).payer().country())
                        .toList();
        // Second tries of orders from before it are still from home.
        assertThat(countries.stream().filter("ZA"::equals).count())
                .isLessThan(countries.size() / 20);
        assertThat(countries).contains("BR", "VN", "NG");
    }
}
