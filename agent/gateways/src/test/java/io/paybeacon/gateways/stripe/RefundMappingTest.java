package io.paybeacon.gateways.stripe;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RefundMappingTest {
    @ParameterizedTest
    @MethodSource({"scenarios", "endings"})
    void a_refund_tells(Scenario scenario) {
        scenario.holds();
    }

    static Stream<Scenario> scenarios() {
        return Stream.of(
                Scenario.of(
                        "made, and on its way",
                        "refund.created",
                        refund("pending", "\"charge\": \"ch_1\", \"payment_intent\": \"pi_1\","),
                        """
                        pi_1: re_1 refunds 7.50 USD, pending
                        re_1 belongs to pi_1
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "paid, everything expanded",
                        "refund.updated",
                        refund(
                                "succeeded",
                                """
                                "charge": {"id": "ch_1", "amount": 5},
                                "payment_intent": {"id": "pi_1"},
                                "balance_transaction": {"id": "txn_1"},
                                """),
                        """
                        pi_1: re_1 refunds 7.50 USD, succeeded
                        re_1 belongs to pi_1
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "only the charge is known",
                        "charge.refund.updated",
                        refund("succeeded", "\"charge\": \"ch_1\", \"payment_intent\": null,"),
                        "payment of ch_1: re_1 refunds 7.50 USD, succeeded"),
                Scenario.of(
                        "a refund as the object of the charge's event",
                        "charge.refunded",
                        refund("succeeded", "\"charge\": \"ch_1\","),
                        "payment of ch_1: re_1 refunds 7.50 USD, succeeded"));
    }

    static Stream<Scenario> endings() {
        return Stream.of(
                Scenario.of(
                        "called off",
                        "refund.updated",
                        refund("canceled", "\"payment_intent\": \"pi_1\","),
                        """
                        pi_1: re_1 refunds 7.50 USD, cancelled
                        re_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "failed, in a word that is new",
                        "refund.failed",
                        refund("bounced", "\"payment_intent\": \"pi_1\","),
                        """
                        pi_1: re_1 refunds 7.50 USD, failed
                        re_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "the release of a hold is no refund",
                        "refund.created",
                        refund(
                                "succeeded",
                                """
                                "charge": "ch_1", "payment_intent": "pi_1",
                                "balance_transaction": null,
                                """),
                        """
                        skipped: nothing_new
                        re_1 belongs to pi_1
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "of nothing that is known",
                        "refund.created",
                        refund("succeeded", ""),
                        "malformed: missing_field: data.object.payment_intent and charge: missing"),
                Scenario.of(
                        "in a word that is new",
                        "refund.updated",
                        refund("bounced", "\"payment_intent\": \"pi_1\","),
                        "malformed: bad_value: data.object.status: missing, or not a status that"
                                + " this build knows"));
    }

    private static String refund(String status, String more) {
        return """
        {"id": "re_1", "object": "refund", "amount": 750, "currency": "usd",
         %s "status": "%s"}\
        """
                .formatted(more, status);
    }
}
