package io.paybeacon.sandbox.demo;

import static io.paybeacon.sandbox.demo.DemoReportTest.print;
import static io.paybeacon.sandbox.demo.DemoReportTest.story;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.market.PaymentState;
import io.paybeacon.sandbox.market.generate.Anomaly;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The agent's findings about payments and orders, beside what was planted. */
class FindingMarksTest {
    static Stream<Arguments> stories() {
        return Stream.concat(ofFindings(), ofAmounts());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("stories")
    @DisplayName("What is told, and the exit code")
    void findings_areMarked(String name, int exitCode, String said, Consumer<Script> change) {
        Script script = Script.allPassed();
        change.accept(script);
        DemoReport report = script.report();
        String text = print(report);
        assertThat(report.exitCode()).as(text).isEqualTo(exitCode);
        assertThat(text).contains(said);
    }

    /** An order that is charged at two gateways. */
    private static void chargedTwice(Script s) {
        s.payment(GatewayKind.CARD, "order-7", "a1", 1099, Optional.empty(), PaymentState.CAPTURED);
        s.payment(
                GatewayKind.ADYEN,
                "order-7",
                "p1",
                1099,
                Optional.of(Anomaly.DUPLICATE_ACROSS_GATEWAYS),
                PaymentState.CAPTURED);
        s.seen(GatewayKind.CARD, "captured", 1);
        s.seen(GatewayKind.ADYEN, "captured", 1);
    }

    private static void chargedAHundredfold(Script s) {
        s.payment(
                GatewayKind.CARD,
                "order-8",
                "a2",
                109_900,
                Optional.of(Anomaly.UNIT_SCALE),
                PaymentState.CAPTURED);
        s.seen(GatewayKind.CARD, "captured", 1);
    }

    private static Stream<Arguments> ofFindings() {
        return Stream.of(
                story(
                        "a duplicate charge is found by its order",
                        0,
                        "  duplicate_charge         1       1             0",
                        s -> {
                            chargedTwice(s);
                            s.finds("duplicate_charge", "order-7");
                        }),
                story(
                        "an order paid twice is a duplicate charge too",
                        0,
                        "PASSED",
                        s -> {
                            chargedTwice(s);
                            s.finds("paid_twice", "order-7");
                        }),
                story(
                        "a kind that the agent does not know is not found",
                        1,
                        "1 of 1 planted duplicate_charge were not found",
                        FindingMarksTest::chargedTwice),
                story(
                        "a finding of another kind does not count",
                        1,
                        "1 of 1 planted unit_scale_error were not found",
                        s -> {
                            chargedAHundredfold(s);
                            s.finds("amount_mismatch", "order-8");
                        }));
    }

    private static Stream<Arguments> ofAmounts() {
        return Stream.of(
                story(
                        "a wrong amount is found by its payment",
                        0,
                        "PASSED",
                        s -> {
                            chargedAHundredfold(s);
                            s.finds("unit_scale_error", "card:a2");
                        }),
                story(
                        "an agent that was not told of orders cannot know",
                        0,
                        "1 wrong amounts are not marked",
                        s -> {
                            chargedAHundredfold(s);
                            s.ordersTold = false;
                        }),
                story(
                        "a finding that nobody planted",
                        1,
                        "not planted: card:a3",
                        s -> {
                            s.order(
                                    GatewayKind.CARD,
                                    "a3",
                                    Optional.empty(),
                                    PaymentState.CAPTURED);
                            s.seen(GatewayKind.CARD, "captured", 1);
                            s.finds("illegal_transition", "card:a3");
                        }),
                story(
                        "a second charge that was declined is no duplicate",
                        0,
                        "PASSED",
                        s -> {
                            chargedTwice(s);
                            s.orders.get(GatewayKind.ADYEN).clear();
                        }));
    }

    @Test
    void success_isToldBesideTheTruth() {
        Script script = Script.allPassed();
        script.order(GatewayKind.CARD, "a1", Optional.empty(), PaymentState.CAPTURED);
        script.order(GatewayKind.CARD, "a2", Optional.empty(), PaymentState.DECLINED);
        script.seen(GatewayKind.CARD, "captured", 2);
        script.seen(GatewayKind.CARD, "failed", 1);
        assertThat(print(script.report()))
                .contains("  card           3         2    66.7 %     50.0 %");
    }

    @Test
    void lookedUpPayment_isToldWithCauseFindingsAndGuidance() throws InterruptedException {
        Script script = Script.allPassed();
        script.order(GatewayKind.CARD, "a1", Optional.empty(), PaymentState.DECLINED);
        String answer =
                """
                {"status": "failed", "since": "NOW",
                 "requested": {"formatted": "10.99 USD"},
                 "attempts": [{"declineCause": "insufficient_funds",
                               "guidance": {"customer": "Use another card."}}],
                 "openFindings": [{"kind": "x", "cause": "Why.", "remedy": "Do."}]}
                """;
        Optional<LookedUp> found =
                LookedUp.of(
                        path ->
                                path.equals("/api/v1/payments/card:a1")
                                        ? Optional.of(answer)
                                        : Optional.empty(),
                        script.orders);
        assertThat(found)
                .hasValueSatisfying(p ->
                        assertThat(p.lines())
                                .containsExactly(
                                        "status failed since NOW, asked for 10.99 USD",
                                        "declined: insufficient_funds",
                                        "guidance, customer: Use another card.",
                                        "finding x: Why.",
                                        "support may: Do."));
        assertThat(LookedUp.of(path -> Optional.empty(), script.orders)).isEmpty();
    }
}
