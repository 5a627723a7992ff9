package io.paybeacon.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.decline.DeclineRule;
import io.paybeacon.core.decline.RetryClass;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.gateways.adyen.AdyenWebhooks;
import io.paybeacon.gateways.adyen.AdyenWebhooks.CaptureMode;
import io.paybeacon.gateways.message.Told;
import io.paybeacon.gateways.paypal.PayPalWebhooks;
import io.paybeacon.gateways.stripe.StripeWebhooks;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What open systems for payments get wrong about these messages: one test each. */
class DefectsOfOthersTest {
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-23T12:00:00Z");

    @ParameterizedTest
    @ValueSource(strings = {"CANCELLATION", "TECHNICAL_CANCEL", "AUTHORISATION_ADJUSTMENT"})
    @DisplayName("formancehq/payments: a cancellation or adjustment that failed counts as done")
    void what_failed_is_not_done(String code) {
        assertThat(adyen(code, false, "")).contains("skipped: nothing_new");
    }

    @Test
    @DisplayName("formancehq/payments: a refund that failed is dropped")
    void a_refund_that_failed_is_told() {
        assertThat(adyen("REFUND", false, "")).contains("PAY1: MOD1 refunds 10.99 EUR, failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"CHARGEBACK", "SECOND_CHARGEBACK", "NOTIFICATION_OF_FRAUD"})
    @DisplayName("formancehq/payments: chargebacks and reports of fraud are not handled")
    void chargebacks_are_told(String code) {
        assertThat(adyen(code, true, ""))
                .anyMatch(line -> line.startsWith("PAY1: dispute MOD1 "))
                .noneMatch(line -> line.startsWith("skipped"));
    }

    @Test
    @DisplayName("juspay/connector-service: REFUNDED_REVERSED is misspelt, and never read")
    void refunds_come_back() {
        assertThat(adyen("REFUNDED_REVERSED", true, ""))
                .contains("PAY1: MOD1 refunds 10.99 EUR, failed");
    }

    @ParameterizedTest
    @CsvSource({"Unresponded, needs_response", "Responded, under_review", "Expired, expired"})
    @DisplayName("juspay/connector-service: three words of disputeStatus are not known")
    void dispute_status(String word, String status) {
        assertThat(
                        adyen(
                                "CHARGEBACK",
                                true,
                                "\"additionalData\": {\"disputeStatus\": \"" + word + "\"},"))
                .contains("PAY1: dispute MOD1 " + status);
    }

    @Test
    @DisplayName("juspay/connector-service: a reversed chargeback is won, though it is pending")
    void a_reversal_may_be_pending() {
        assertThat(
                        adyen(
                                "CHARGEBACK_REVERSED",
                                true,
                                "\"additionalData\": {\"disputeStatus\": \"Pending\"},"))
                .contains("PAY1: dispute MOD1 under_review")
                .anyMatch(line -> line.contains("funds_reinstated"));
    }

    @ParameterizedTest
    @CsvSource({"CAPTURE_FAILED, true", "CAPTURE, false"})
    @DisplayName("juspay/connector-service: a capture that failed fails the payment")
    void a_capture_that_failed_leaves_the_authorisation(String code, boolean success) {
        assertThat(adyen(code, success, ""))
                .noneMatch(line -> line.contains("failed") || line.contains("cancelled"));
        assertThat(adyen("CAPTURE_FAILED", true, "")).contains("PAY1: MOD1 undoes 10.99 EUR");
    }

    @Test
    @DisplayName("juspay/connector-service: requires_payment_method is a failure from the start")
    void requires_payment_method_is_twofold() {
        assertThat(stripe("requires_payment_method", "")).contains("pi_1: created");
        assertThat(
                        stripe(
                                "requires_payment_method",
                                "\"last_payment_error\": {\"code\": \"card_declined\"},"))
                .contains("pi_1: failed");
    }

    @Test
    @DisplayName("juspay/connector-service: what has run out is not at its end")
    void expired_is_an_end() {
        assertThat(adyen("EXPIRE", true, "")).contains("PAY1: PAY1 expired");
        assertThat(PaymentStatus.EXPIRED.settled()).isTrue();
        assertThat(PaymentStatus.EXPIRED.open()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PAYMENT.CAPTURE.DENIED, ORDER1: X1 failed",
        "PAYMENT.CAPTURE.REVERSED, ORDER1: X1 undoes 20.00 USD"
    })
    @DisplayName("juspay/connector-service: PayPal's denied and reversed captures are not read")
    void captures_of_paypal(String type, String told) {
        assertThat(
                        paypal(
                                type,
                                "{\"id\": \"X1\", \"amount\": {\"currency_code\": \"USD\","
                                        + " \"value\": \"20.00\"}, \"supplementary_data\":"
                                        + " {\"related_ids\": {\"order_id\": \"ORDER1\"}}}"))
                .contains(told);
    }

    @Test
    @DisplayName("killbill-stripe-plugin: a customer who calls it off counts as an error")
    void canceled_is_no_failure() {
        assertThat(stripe("canceled", "\"cancellation_reason\": \"requested_by_customer\","))
                .contains("pi_1: cancelled")
                .noneMatch(line -> line.contains("failed"));
    }

    @Test
    @DisplayName("juspay/decision-engine: suspected fraud is tried again")
    void fraud_is_never_tried_again() {
        byte[] body =
                stripeBody(
                        "requires_payment_method",
                        "\"last_payment_error\": {\"decline_code\": \"fraudulent\"},");
        Declined declined =
                new StripeWebhooks("stripe", StripeWebhooks.ORDER_FIELDS)
                        .map(body, RECEIVED_AT).stream()
                                .filter(Observed.class::isInstance)
                                .flatMap(event -> ((Observed) event).facts().stream())
                                .filter(Declined.class::isInstance)
                                .map(Declined.class::cast)
                                .findFirst()
                                .orElseThrow();

        assertThat(DeclineRule.of(declined.cause()).retry()).isEqualTo(RetryClass.NEVER);
    }

    private static List<String> adyen(String code, boolean success, String fields) {
        String body =
                "{\"notificationItems\": [{\"NotificationRequestItem\": {%s \"pspReference\":"
                                .formatted(fields)
                        + " \"MOD1\", \"originalReference\": \"PAY1\", \"eventCode\": \"%s\","
                                .formatted(code)
                        + " \"success\": \"%s\", \"eventDate\": \"2026-11-23T11:00:00Z\","
                                .formatted(success)
                        + " \"merchantAccountCode\": \"Shop\", \"amount\": {\"currency\":"
                        + " \"EUR\", \"value\": 1099}}}]}";
        return told(new AdyenWebhooks("adyen", CaptureMode.MANUAL), bytes(body));
    }

    private static List<String> stripe(String status, String fields) {
        return told(
                new StripeWebhooks("stripe", StripeWebhooks.ORDER_FIELDS),
                stripeBody(status, fields));
    }

    private static byte[] stripeBody(String status, String fields) {
        return bytes(
                "{\"id\": \"evt_1\", \"type\": \"payment_intent.partially_funded\", \"created\":"
                        + " 1795341600, \"data\": {\"object\": {%s \"id\": \"pi_1\","
                                .formatted(fields)
                        + " \"object\": \"payment_intent\", \"amount\": 1099, \"currency\":"
                        + " \"eur\", \"status\": \"%s\"}}}".formatted(status));
    }

    private static List<String> paypal(String type, String resource) {
        String body =
                "{\"id\": \"WH-1\", \"event_type\": \"%s\", \"create_time\":".formatted(type)
                        + " \"2026-11-23T11:00:00Z\", \"resource\": "
                        + resource
                        + "}";
        return told(new PayPalWebhooks("paypal", _ -> Optional.empty(), Set.of()), bytes(body));
    }

    private static List<String> told(WebhookAdapter adapter, byte[] body) {
        List<Event> events = adapter.map(body, RECEIVED_AT);
        return Told.lines(events);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
