package io.paybeacon.gateways.stripe;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ChargeMappingTest {
    @ParameterizedTest
    @MethodSource({"ofAnIntent", "onTheWay", "refused", "withoutAnIntent", "refunds"})
    void a_charge_tells(Scenario scenario) {
        scenario.holds();
    }

    static Stream<Scenario> ofAnIntent() {
        return Stream.of(
                Scenario.of(
                        "a hold",
                        "charge.succeeded",
                        charge("succeeded", "\"captured\": false, \"amount_captured\": 0,"),
                        """
                        pi_1: ch_1 authorised
                        pi_1: ch_1 holds 20.00 USD
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "collected at once, with the intent expanded",
                        "charge.succeeded",
                        """
                        {"id": "ch_1", "object": "charge", "amount": 2000, "currency": "USD",
                         "amount_captured": 2000, "captured": true, "status": "succeeded",
                         "payment_intent": {"id": "pi_1", "metadata": {"order_id": "no"}},
                         "payment_method_details": {"type": "card_present",
                           "card_present": {"brand": "amex", "network": null, "country": "US"}},
                         "metadata": {"order": "7", "orderId": "8"}}\
                        """,
                        """
                        pi_1: ch_1 captured
                        pi_1: ch_1 holds 20.00 USD
                        pi_1: ch_1 collects 20.00 USD
                        pi_1: merchant_reference 8
                        pi_1: method card_present
                        pi_1: network amex
                        pi_1: issuer_country US
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "captured for less",
                        "charge.captured",
                        charge("succeeded", "\"captured\": true, \"amount_captured\": 1200,"),
                        """
                        pi_1: ch_1 captured
                        pi_1: ch_1 holds 20.00 USD
                        pi_1: ch_1 collects 12.00 USD
                        ch_1 belongs to pi_1\
                        """));
    }

    static Stream<Scenario> onTheWay() {
        return Stream.of(
                Scenario.of(
                        "captured in part, and more may follow",
                        "charge.updated",
                        charge("succeeded", "\"captured\": false, \"amount_captured\": 300,"),
                        """
                        pi_1: ch_1 partially_captured
                        pi_1: ch_1 holds 20.00 USD
                        pi_1: ch_1 collects 3.00 USD
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "a bank debit is on its way",
                        "charge.pending",
                        charge(
                                "pending",
                                """
                                "captured": true, "amount_captured": 2000,
                                "payment_method_details": {"type": "sepa_debit",
                                  "sepa_debit": {"country": "DE", "last4": "3000"}},
                                """),
                        """
                        pi_1: ch_1 processing
                        pi_1: method sepa_debit
                        pi_1: issuer_country DE
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "declined",
                        "charge.failed",
                        charge(
                                "failed",
                                """
                                "captured": false, "failure_code": "card_declined",
                                "outcome": {"type": "issuer_declined", "reason": "do_not_honor"},
                                """),
                        """
                        pi_1: ch_1 failed
                        pi_1: ch_1 declined, do_not_honor: do_not_honor
                        ch_1 belongs to pi_1\
                        """));
    }

    static Stream<Scenario> refused() {
        return Stream.of(
                Scenario.of(
                        "blocked for a reason that is new",
                        "charge.failed",
                        charge(
                                "failed",
                                "\"outcome\": {\"type\": \"blocked\", \"reason\": \"x_y\"},"),
                        """
                        pi_1: ch_1 failed
                        pi_1: ch_1 declined, suspected_fraud: x_y
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "a hold ran out",
                        "charge.expired",
                        charge("succeeded", "\"captured\": false, \"refunded\": true,"),
                        """
                        pi_1: ch_1 expired
                        pi_1: ch_1 holds 20.00 USD
                        ch_1 belongs to pi_1\
                        """));
    }

    static Stream<Scenario> withoutAnIntent() {
        return Stream.of(
                Scenario.of(
                        "there never was one: the charge is its own payment",
                        "charge.succeeded",
                        """
                        {"id": "ch_1", "object": "charge", "amount": 2000, "currency": "usd",
                         "captured": true, "payment_intent": null, "status": "paid"}\
                        """,
                        """
                        ch_1: requests 20.00 USD
                        ch_1: ch_1 captured
                        ch_1: ch_1 holds 20.00 USD
                        ch_1: ch_1 collects 20.00 USD
                        ch_1 belongs to ch_1\
                        """),
                Scenario.of(
                        "there never was one, and the hold is released",
                        "charge.refunded",
                        """
                        {"id": "ch_1", "object": "charge", "amount": 2000, "currency": "usd",
                         "captured": false, "refunded": true, "payment_intent": null,
                         "status": "succeeded"}\
                        """,
                        """
                        ch_1: requests 20.00 USD
                        ch_1: ch_1 cancelled
                        ch_1: ch_1 holds 20.00 USD
                        ch_1 belongs to ch_1\
                        """),
                Scenario.of(
                        "not said whether there is one: whoever knows the charge shall say",
                        "charge.captured",
                        """
                        {"id": "ch_1", "amount": 2000, "currency": "usd", "status": "succeeded"}\
                        """,
                        """
                        payment of ch_1: ch_1 captured
                        payment of ch_1: ch_1 holds 20.00 USD
                        payment of ch_1: ch_1 collects 20.00 USD\
                        """));
    }

    static Stream<Scenario> refunds() {
        return Stream.of(
                Scenario.of(
                        "a hold is released: no refund, and the intent says why",
                        "charge.refunded",
                        charge(
                                "succeeded",
                                """
                                "captured": false, "refunded": true, "amount_refunded": 2000,
                                "refunds": {"data": [{"id": "re_1", "amount": 2000,
                                  "currency": "usd", "status": "succeeded",
                                  "balance_transaction": null}]},
                                """),
                        """
                        pi_1: ch_1 authorised
                        pi_1: ch_1 holds 20.00 USD
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "newer APIs leave the refunds out: their own events tell of them",
                        "charge.refunded",
                        charge("succeeded", "\"captured\": true, \"refunds\": null,"),
                        """
                        pi_1: ch_1 captured
                        pi_1: ch_1 holds 20.00 USD
                        pi_1: ch_1 collects 20.00 USD
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "one was paid, one is due, one was the rest of the hold",
                        "charge.updated",
                        charge(
                                "succeeded",
                                """
                                "captured": true, "amount_captured": 1500,
                                "refunds": {"data": [
                                  {"id": "re_1", "amount": 100, "currency": "usd",
                                   "status": "succeeded", "balance_transaction": "txn_1"},
                                  {"id": "re_2", "amount": 200, "currency": "usd",
                                   "status": "requires_action", "balance_transaction": null},
                                  {"id": "re_3", "amount": 500, "currency": "usd",
                                   "status": "succeeded", "balance_transaction": null}]},
                                """),
                        """
                        pi_1: ch_1 captured
                        pi_1: ch_1 holds 20.00 USD
                        pi_1: ch_1 collects 15.00 USD
                        pi_1: re_1 refunds 1.00 USD, succeeded
                        pi_1: re_2 refunds 2.00 USD, pending
                        ch_1 belongs to pi_1
                        re_1 belongs to pi_1
                        re_2 belongs to pi_1\
                        """));
    }

    private static String charge(String status, String more) {
        return """
        {"id": "ch_1", "object": "charge", "amount": 2000, "currency": "usd",
         "payment_intent": "pi_1", %s "status": "%s"}\
        """
                .formatted(more, status);
    }
}
