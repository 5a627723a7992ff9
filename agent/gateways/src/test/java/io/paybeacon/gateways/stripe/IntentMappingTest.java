package io.paybeacon.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class IntentMappingTest {
    @ParameterizedTest
    @MethodSource({
        "beforeTheCharge",
        "withACharge",
        "oddities",
        "failures",
        "endings",
        "otherEndings"
    })
    void an_intent_tells(Scenario scenario) {
        scenario.holds();
    }

    static Stream<Scenario> beforeTheCharge() {
        return Stream.of(
                Scenario.of(
                        "just made",
                        "payment_intent.created",
                        intent("requires_payment_method", ""),
                        """
                        pi_1: created
                        pi_1: requests 20.00 USD\
                        """),
                Scenario.of(
                        "waits to be confirmed",
                        "payment_intent.created",
                        intent("requires_confirmation", "\"last_payment_error\": null,"),
                        """
                        pi_1: created
                        pi_1: requests 20.00 USD\
                        """),
                Scenario.of(
                        "3-D Secure, after a card was declined: the old charge stays out of it",
                        "payment_intent.requires_action",
                        intent("requires_action", "\"latest_charge\": \"ch_1\","),
                        """
                        pi_1: action_required
                        pi_1: requests 20.00 USD
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "a bank transfer came in part",
                        "payment_intent.partially_funded",
                        intent("requires_action", ""),
                        """
                        pi_1: action_required
                        pi_1: requests 20.00 USD\
                        """),
                Scenario.of(
                        "a bank debit is on its way",
                        "payment_intent.processing",
                        intent(
                                "processing",
                                """
                                "latest_charge": "py_1", "payment_method_types": ["sepa_debit"],
                                """),
                        """
                        pi_1: py_1 processing
                        pi_1: requests 20.00 USD
                        pi_1: method sepa_debit
                        py_1 belongs to pi_1\
                        """));
    }

    static Stream<Scenario> withACharge() {
        return Stream.of(
                Scenario.of(
                        "a hold, the charge expanded",
                        "payment_intent.amount_capturable_updated",
                        intent(
                                "requires_capture",
                                """
                                "amount_capturable": 2000, "amount_received": 0,
                                "latest_charge": {"id": "ch_1", "object": "charge",
                                  "payment_method_details": {"type": "card",
                                    "card": {"brand": "visa", "network": "cartes_bancaires",
                                             "country": "FR"}}},
                                """),
                        """
                        pi_1: ch_1 authorised
                        pi_1: requests 20.00 USD
                        pi_1: ch_1 holds 20.00 USD
                        pi_1: method card
                        pi_1: network cartes_bancaires
                        pi_1: issuer_country FR
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "a part is captured, more may follow",
                        "payment_intent.amount_capturable_updated",
                        intent(
                                "requires_capture",
                                """
                                "amount_capturable": 1500, "amount_received": 500,
                                "latest_charge": "ch_1",
                                """),
                        """
                        pi_1: ch_1 partially_captured
                        pi_1: requests 20.00 USD
                        pi_1: ch_1 holds 20.00 USD
                        pi_1: ch_1 collects 5.00 USD
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "captured for less, and that is the end of it",
                        "payment_intent.succeeded",
                        intent(
                                "succeeded",
                                "\"amount_received\": 500, \"latest_charge\": \"ch_1\","),
                        """
                        pi_1: ch_1 captured
                        pi_1: requests 20.00 USD
                        pi_1: ch_1 holds 5.00 USD
                        pi_1: ch_1 collects 5.00 USD
                        ch_1 belongs to pi_1\
                        """));
    }

    static Stream<Scenario> oddities() {
        return Stream.of(
                Scenario.of(
                        "no charge named: no operation to count the money under",
                        "payment_intent.succeeded",
                        intent("succeeded", "\"amount_received\": 2000,"),
                        """
                        pi_1: captured
                        pi_1: requests 20.00 USD\
                        """),
                Scenario.of(
                        "a status from the future: the type decides",
                        "payment_intent.succeeded",
                        intent(
                                "settled",
                                "\"amount_received\": 2000, \"latest_charge\": \"ch_1\","),
                        """
                        pi_1: ch_1 captured
                        pi_1: requests 20.00 USD
                        pi_1: ch_1 holds 20.00 USD
                        pi_1: ch_1 collects 20.00 USD
                        ch_1 belongs to pi_1\
                        """));
    }

    static Stream<Scenario> failures() {
        return Stream.of(
                Scenario.of(
                        "declined",
                        "payment_intent.payment_failed",
                        intent(
                                "requires_payment_method",
                                """
                                "latest_charge": "ch_1",
                                "last_payment_error": {"type": "card_error",
                                  "code": "card_declined", "decline_code": "try_again_later",
                                  "charge": "ch_1"},
                                """),
                        """
                        pi_1: ch_1 failed
                        pi_1: ch_1 declined, issuer_unavailable: try_again_later
                        pi_1: requests 20.00 USD
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "3-D Secure failed, after a card was declined: no charge of its own",
                        "payment_intent.payment_failed",
                        intent(
                                "requires_payment_method",
                                """
                                "latest_charge": "ch_1",
                                "last_payment_error": {"type": "invalid_request_error",
                                  "code": "payment_intent_authentication_failure"},
                                """),
                        """
                        pi_1: failed
                        pi_1: declined, authentication_failed: payment_intent_authentication_failure
                        pi_1: requests 20.00 USD
                        pi_1: 3DS challenge_failed
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "a bank debit bounced: the error names no charge",
                        "payment_intent.payment_failed",
                        intent(
                                "requires_payment_method",
                                """
                                "latest_charge": "py_1",
                                "last_payment_error": {"code": "debit_not_authorized"},
                                """),
                        """
                        pi_1: py_1 failed
                        pi_1: py_1 declined, revoked: debit_not_authorized
                        pi_1: requests 20.00 USD
                        py_1 belongs to pi_1\
                        """));
    }

    @Test
    void a_failure_without_a_reason_is_unknown() {
        assertThat(Payloads.told("payment_intent.payment_failed", intent("failed", "")))
                .containsExactly(
                        "pi_1: failed",
                        "pi_1: declined, unknown: unrecognised",
                        "pi_1: requests 20.00 USD");
    }

    static Stream<Scenario> endings() {
        return Stream.of(
                Scenario.of(
                        "a hold is called off",
                        "payment_intent.canceled",
                        intent(
                                "canceled",
                                """
                                "latest_charge": "ch_1",
                                "cancellation_reason": "requested_by_customer",
                                """),
                        """
                        pi_1: ch_1 cancelled
                        pi_1: requests 20.00 USD
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "a hold ran out",
                        "payment_intent.canceled",
                        intent(
                                "canceled",
                                """
                                "latest_charge": "ch_1", "cancellation_reason": "automatic",
                                """),
                        """
                        pi_1: ch_1 expired
                        pi_1: requests 20.00 USD
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "given up on after a decline: the charge stays failed",
                        "payment_intent.canceled",
                        intent(
                                "canceled",
                                """
                                "latest_charge": "ch_1", "cancellation_reason": "abandoned",
                                "last_payment_error": {"code": "card_declined", "charge": "ch_1"},
                                """),
                        """
                        pi_1: cancelled
                        pi_1: requests 20.00 USD
                        ch_1 belongs to pi_1\
                        """));
    }

    static Stream<Scenario> otherEndings() {
        return Stream.of(
                Scenario.of(
                        "called off after a part was captured: the money moved",
                        "payment_intent.canceled",
                        intent(
                                "canceled",
                                "\"latest_charge\": \"ch_1\", \"amount_received\": 700,"),
                        """
                        pi_1: ch_1 captured
                        pi_1: requests 20.00 USD
                        pi_1: ch_1 holds 7.00 USD
                        pi_1: ch_1 collects 7.00 USD
                        ch_1 belongs to pi_1\
                        """),
                Scenario.of(
                        "called off before anything was tried",
                        "payment_intent.canceled",
                        intent("canceled", ""),
                        """
                        pi_1: cancelled
                        pi_1: requests 20.00 USD\
                        """));
    }

    private static String intent(String status, String more) {
        return """
        {"id": "pi_1", "object": "payment_intent", "amount": 2000, "currency": "usd",
         %s "status": "%s"}\
        """
                .formatted(more, status);
    }
}
