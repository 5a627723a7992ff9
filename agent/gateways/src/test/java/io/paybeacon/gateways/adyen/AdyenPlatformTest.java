package io.paybeacon.gateways.adyen;

import static io.paybeacon.gateways.adyen.Items.bytes;
import static io.paybeacon.gateways.adyen.Items.map;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.gateways.Verified.Accepted;
import io.paybeacon.gateways.Verified.Reason;
import io.paybeacon.gateways.Verified.Refused;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.adyen.AdyenWebhooks.CaptureMode;
import io.paybeacon.gateways.message.HmacSha256;
import io.paybeacon.gateways.message.Told;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of balance platforms: one object, signed as a whole. */
class AdyenPlatformTest {
    @ParameterizedTest
    @CsvSource({
        "received, created",
        "authorised, created",
        "booked, in_transit",
        "failed, failed",
        "refused, failed",
        "returned, returned",
        "cancelled, cancelled"
    })
    void a_transfer_to_a_bank_is_a_payout(String status, String payout) {
        assertThat(told("transfer.updated", transfer("bank", status, "")))
                .containsExactly(
                        "payout TR1 to vendor-7 %s, 25.00 EUR, on null, , ".formatted(payout));
    }

    @Test
    void a_payout_is_paid_once_it_is_credited() {
        assertThat(
                        told(
                                "transfer.updated",
                                transfer(
                                        "bank",
                                        "booked",
                                        ", \"tracking\": {\"status\": \"credited\","
                                                + " \"estimatedArrivalTime\":"
                                                + " \"2026-11-24T10:00:00Z\"}")))
                .containsExactly("payout TR1 to vendor-7 paid, 25.00 EUR, on 2026-11-24, , ");
    }

    @ParameterizedTest
    @CsvSource({
        "received, pending",
        "booked, booked",
        "failed, failed",
        "cancelled, failed",
        "returned, reversed"
    })
    void a_transfer_between_accounts_is_a_transfer(String status, String transfer) {
        assertThat(told("transfer.created", incoming("internal", status, "")))
                .containsExactly(
                        "transfer TR1 to vendor-7 %s, 25.00 EUR, of , order ".formatted(transfer));
    }

    @Test
    void a_share_of_a_payment_names_it() {
        assertThat(
                        told(
                                "transfer.updated",
                                incoming(
                                        "platformPayment",
                                        "captured",
                                        ", \"categoryData\": {\"pspPaymentReference\": \"PAY1\","
                                                + " \"paymentMerchantReference\": \"order-7\"}")))
                .containsExactly(
                        "transfer TR1 to vendor-7 booked, 25.00 EUR, of PAY1, order order-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"internal", "platformPayment"})
    void the_other_side_of_a_transfer_is_nothing_new(String category) {
        assertThat(told("transfer.updated", transfer(category, "booked", "")))
                .containsExactly("skipped: nothing_new");
    }

    @ParameterizedTest
    @CsvSource({"bank, refunded", "card, booked", "internal, a_word_of_tomorrow"})
    void a_transfer_that_says_nothing_of_either_is_nothing_new(String category, String status) {
        assertThat(told("transfer.updated", incoming(category, status, "")))
                .containsExactly("skipped: nothing_new");
    }

    @Test
    void a_report_can_be_fetched() {
        assertThat(
                        told(
                                "report.created",
                                "{\"fileName\": \"balanceplatform_payout_report_17.csv\","
                                        + " \"reportType\": \"balanceplatform_payout_report\"}"))
                .containsExactly(
                        "report balanceplatform_payout_report_17.csv,"
                                + " balanceplatform_payout_report");
    }

    @ParameterizedTest
    @CsvSource({
        "negativeBalanceCompensationWarning.scheduled, unsupported",
        "transaction.created, nothing_new",
        "dispute.created, not_relevant",
        "score.triggered, not_relevant",
        "balanceAccount.created, not_relevant",
        "teleport.created, unknown_type"
    })
    void other_types_are_skipped(String type, String reason) {
        assertThat(told(type, "{\"id\": \"X1\"}")).containsExactly("skipped: " + reason);
    }

    @Test
    @DisplayName("A retry has the same bytes, and so the same id; another message has another")
    void ids() {
        byte[] first = message("transaction.created", "{\"id\": \"X1\"}");
        byte[] other = message("transaction.created", "{\"id\": \"X2\"}");

        assertThat(map(first).getFirst().origin()).isEqualTo(map(first).getFirst().origin());
        assertThat(map(first).getFirst().origin().eventId())
                .isNotEqualTo(map(other).getFirst().origin().eventId());
        assertThat(map(first).getFirst().origin().occurredAt())
                .isEqualTo(Instant.parse("2026-11-22T11:30:00Z"));
    }

    @Test
    @DisplayName("The whole body is signed, in a header, in Base64 under a hexadecimal key")
    void signatures() {
        byte[] body = message("transaction.created", "{\"id\": \"X1\"}");
        byte[] code = HmacSha256.of(HexFormat.of().parseHex(Items.KEY), body);
        String right = Base64.getEncoder().encodeToString(code);
        String hex = HexFormat.of().formatHex(code);

        assertThat(verify(body, Map.of("HmacSignature", right))).isEqualTo(new Accepted());
        assertThat(verify(body, Map.of("hmacsignature", right))).isEqualTo(new Accepted());
        assertThat(verify(body, Map.of())).isEqualTo(new Refused(Reason.MISSING));
        assertThat(verify(body, Map.of("HmacSignature", "")))
                .isEqualTo(new Refused(Reason.MISSING));
        assertThat(verify(body, Map.of("HmacSignature", hex)))
                .isEqualTo(new Refused(Reason.MALFORMED));
        assertThat(verify(body, Map.of("HmacSignature", right.substring(1))))
                .isEqualTo(new Refused(Reason.MALFORMED));
        assertThat(
                        verify(
                                message("transaction.created", "{\"id\": \"X2\"}"),
                                Map.of("HmacSignature", right)))
                .isEqualTo(new Refused(Reason.WRONG));
        WebhookHeaders twice = name -> List.of(right, right);
        assertThat(adapter().verify(twice, body, secrets(), Items.RECEIVED_AT))
                .isEqualTo(new Refused(Reason.MALFORMED));
    }

    private static Object verify(byte[] body, Map<String, String> headers) {
        return adapter().verify(WebhookHeaders.of(headers), body, secrets(), Items.RECEIVED_AT);
    }

    private static AdyenWebhooks adapter() {
        return new AdyenWebhooks("adyen-eu", CaptureMode.MANUAL);
    }

    private static List<WebhookSecret> secrets() {
        return List.of(new WebhookSecret("ff"), new WebhookSecret(Items.KEY));
    }

    private static String incoming(String category, String status, String more) {
        return transfer(category, status, more).replace("outgoing", "incoming");
    }

    private static String transfer(String category, String status, String more) {
        return "{\"id\": \"TR1\", \"category\": \"%s\", \"status\": \"%s\","
                        .formatted(category, status)
                + " \"direction\": \"outgoing\", \"amount\": {\"value\": 2500,"
                + " \"currency\": \"EUR\"}, \"accountHolder\": {\"id\": \"AH1\","
                + " \"reference\": \"vendor-7\"}"
                + more
                + "}";
    }

    private static List<String> told(String type, String data) {
        return Told.lines(map(message(type, data)));
    }

    private static byte[] message(String type, String data) {
        return bytes(
                "{\"type\": \"balancePlatform.%s\", \"environment\": \"test\",".formatted(type)
                        + " \"timestamp\": \"2026-11-22T12:30:00+01:00\", \"data\": "
                        + data
                        + "}");
    }
}
