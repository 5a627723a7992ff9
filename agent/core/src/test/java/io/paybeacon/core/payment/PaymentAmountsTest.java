package io.paybeacon.core.payment;

import static io.paybeacon.core.event.PaymentStatus.CAPTURED;
import static io.paybeacon.core.event.PaymentStatus.PARTIALLY_CAPTURED;
import static io.paybeacon.core.scenario.Facts.collected;
import static io.paybeacon.core.scenario.Facts.held;
import static io.paybeacon.core.scenario.Facts.payment;
import static io.paybeacon.core.scenario.Facts.refund;
import static io.paybeacon.core.scenario.Facts.requested;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.scenario.Scenario;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whether what one payment asked for, held, collected and gave back agrees. */
class PaymentAmountsTest {
    private static final Duration SETTLE = Duration.ofMinutes(1);

    static Stream<Arguments> amounts() {
        return Stream.of(
                Arguments.of(
                        "all agree",
                        List.of(
                                requested(1099, "USD"),
                                held("h", 1099, "USD"),
                                collected("c", 1099, "USD")),
                        ""),
                Arguments.of(
                        "one cent too much",
                        List.of(requested(1099, "USD"), collected("c", 1100, "USD")),
                        "amount_mismatch|gw:pi_1|captured_over_requested"),
                Arguments.of(
                        "one cent too little",
                        List.of(
                                requested(1099, "USD"),
                                payment(CAPTURED),
                                collected("c", 1098, "USD")),
                        "amount_mismatch|gw:pi_1|captured_under"),
                Arguments.of(
                        "more than held",
                        List.of(held("h", 900, "USD"), collected("c", 1099, "USD")),
                        "amount_mismatch|gw:pi_1|captured_over_authorised|USD"),
                Arguments.of(
                        "another currency",
                        List.of(requested(1099, "USD"), collected("c", 1099, "EUR")),
                        "amount_mismatch|gw:pi_1|captured_currency|EUR"),
                Arguments.of(
                        "a hundred times",
                        List.of(requested(1099, "JPY"), collected("c", 109_900, "JPY")),
                        "unit_scale_error|gw:pi_1|captured"),
                Arguments.of(
                        "a thousandth",
                        List.of(requested(109_000, "KWD"), collected("c", 109, "KWD")),
                        "unit_scale_error|gw:pi_1|captured"));
    }

    static Stream<Arguments> severalAmounts() {
        return Stream.of(
                Arguments.of(
                        "in parts",
                        List.of(
                                requested(1099, "USD"),
                                payment(CAPTURED),
                                collected("c1", 1000, "USD"),
                                collected("c2", 99, "USD")),
                        ""),
                Arguments.of(
                        "a part, and open",
                        List.of(
                                requested(1099, "USD"),
                                held("h", 1099, "USD"),
                                payment(PARTIALLY_CAPTURED),
                                collected("c", 500, "USD")),
                        ""),
                Arguments.of(
                        "twice",
                        List.of(
                                requested(1099, "USD"),
                                collected("c1", 1099, "USD"),
                                collected("c2", 1099, "USD")),
                        "duplicate_charge|gw:pi_1|captured"),
                Arguments.of(
                        "refunded too much",
                        List.of(
                                collected("c", 1099, "USD"),
                                refund("r1", 1099, "USD", RefundStatus.SUCCEEDED),
                                refund("r2", 1, "USD", RefundStatus.PENDING)),
                        "amount_mismatch|gw:pi_1|refunded_over_captured|USD"),
                Arguments.of(
                        "refunded in full",
                        List.of(
                                collected("c", 1099, "USD"),
                                refund("r1", 1099, "USD", RefundStatus.SUCCEEDED)),
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"amounts", "severalAmounts"})
    void amounts_have_to_agree(String name, List<PaymentFact> facts, String expected) {
        Scenario scenario = new Scenario().at("10:00:00");
        facts.forEach(fact -> scenario.tell("pi_1", fact));
        scenario.later(SETTLE);
        if (expected.isEmpty()) {
            scenario.expectOpen();
        } else {
            scenario.expectOpen(expected);
            assertThat(scenario.finding().atStake()).isNotNull();
        }
    }
}
