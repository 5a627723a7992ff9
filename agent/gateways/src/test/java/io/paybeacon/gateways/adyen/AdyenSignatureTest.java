package io.paybeacon.gateways.adyen;

import static io.paybeacon.gateways.adyen.Items.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.Verified.Accepted;
import io.paybeacon.gateways.Verified.Reason;
import io.paybeacon.gateways.Verified.Refused;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.adyen.AdyenWebhooks.CaptureMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdyenSignatureTest {
    private static final String OTHER_KEY = "ff".repeat(32);

    /**
     * Python: base64.b64encode(hmac.new(bytes.fromhex(KEY),
     * b'MOD1:PAY1:TestMerchant:order-7:1099:EUR:CAPTURE:true', hashlib.sha256).digest()).
     */
    private static final String VECTOR = "GZrOOcRKL++oYn8BDi7UO8Hel7EgvIbLNIs6zP7NZZY=";

    @Test
    void the_hmac_of_the_specification_makes_the_vector() {
        assertThat(signature("PAY1", "order-7", true)).isEqualTo(VECTOR);
    }

    @Test
    void a_message_that_adyen_signed_is_accepted() {
        assertThat(verify(Items.message(signed(VECTOR, "order-7", "\"true\"")), KEY))
                .isEqualTo(new Accepted());
    }

    @Test
    @DisplayName("Each of several keys may have signed, while one replaces another")
    void several_keys() {
        byte[] body = Items.message(signed(VECTOR, "order-7", "\"true\""));
        assertThat(verify(body, OTHER_KEY, KEY)).isEqualTo(new Accepted());
        assertThat(verify(body, OTHER_KEY)).isEqualTo(new Refused(Reason.WRONG));
    }

    @Test
    @DisplayName("An item with another field than was signed is refused, were it one of many")
    void other_fields() {
        String right = signed(VECTOR, "order-7", "\"true\"");
        assertThat(verify(Items.message(right, right), KEY)).isEqualTo(new Accepted());
        for (String wrong :
                List.of(
                        signed(VECTOR, "order-8", "\"true\""),
                        signed(VECTOR, "order-7", "\"false\""),
                        right.replace("1099", "109900"),
                        right.replace("EUR", "USD"),
                        right.replace("PAY1", "PAY2"),
                        right.replace("MOD1", "MOD2"),
                        right.replace("TestMerchant", "OtherMerchant"),
                        right.replace("CAPTURE", "REFUND"))) {
            assertThat(wrong).isNotEqualTo(right);
            assertThat(verify(Items.message(wrong), KEY)).isEqualTo(new Refused(Reason.WRONG));
            assertThat(verify(Items.message(right, wrong), KEY))
                    .isEqualTo(new Refused(Reason.WRONG));
        }
    }

    @Test
    @DisplayName("A field that is absent, null or empty is signed as empty")
    void absent_fields() {
        String signature = Items.sign(KEY, "PAY1", "", "", "", "", "", "REPORT_AVAILABLE", "true");
        for (String originalReference :
                List.of("", "\"originalReference\": null,", "\"originalReference\": \"\",")) {
            String item =
                    "{%s \"pspReference\": \"PAY1\", \"eventCode\": \"REPORT_AVAILABLE\","
                                    .formatted(originalReference)
                            + " \"success\": \"true\", \"additionalData\": {\"hmacSignature\": \""
                            + signature
                            + "\"}}";
            assertThat(verify(Items.message(item), KEY)).isEqualTo(new Accepted());
        }
    }

    @Test
    @DisplayName("Fields that are not signed may change: nothing that moves money rests on them")
    void unsigned_fields() {
        String item = signed(VECTOR, "order-7", "\"true\"").replace("2026", "1999");
        assertThat(verify(Items.message(item), KEY)).isEqualTo(new Accepted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void without_a_signature_it_is_missing(String signature) {
        assertThat(verify(Items.message(signed(signature, "order-7", "\"true\"")), KEY))
                .isEqualTo(new Refused(Reason.MISSING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"notificationItems\": []}", "not json", ""})
    void without_an_item_it_is_missing(String body) {
        assertThat(verify(body.getBytes(StandardCharsets.UTF_8), KEY))
                .isEqualTo(new Refused(Reason.MISSING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"abc", "===", "AAAA", "\\u0000"})
    void a_signature_that_is_no_base64_of_32_bytes_is_malformed(String signature) {
        assertThat(verify(Items.message(signed(signature, "order-7", "\"true\"")), KEY))
                .isEqualTo(new Refused(Reason.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"not hex", "abc", "0", "zz"})
    @DisplayName("A key that is not hexadecimal matches nothing, and says so before it is used")
    void keys(String key) {
        assertThat(AdyenWebhooks.isKey(key)).isFalse();
        assertThat(verify(Items.message(signed(VECTOR, "order-7", "\"true\"")), key))
                .isEqualTo(new Refused(Reason.WRONG));
        assertThat(AdyenWebhooks.isKey(KEY)).isTrue();
    }

    @Test
    @DisplayName("A message cut anywhere is refused")
    void cut() {
        byte[] body = Items.message(signed(VECTOR, "order-7", "\"true\""));
        for (int length = 0; length < body.length - 3; length++) {
            assertThat(verify(Arrays.copyOf(body, length), KEY))
                    .as("%d bytes", length)
                    .isInstanceOf(Refused.class);
        }
    }

    private static String signature(String payment, String reference, boolean success) {
        return Items.sign(
                KEY,
                "MOD1",
                payment,
                "TestMerchant",
                reference,
                "1099",
                "EUR",
                "CAPTURE",
                Boolean.toString(success));
    }

    private static String signed(String signature, String reference, String success) {
        return "{\"additionalData\": {\"hmacSignature\": \"%s\"}, \"merchantReference\": \"%s\","
                        .formatted(signature, reference)
                + " \"pspReference\": \"MOD1\", \"originalReference\": \"PAY1\","
                + " \"merchantAccountCode\": \"TestMerchant\", \"eventCode\": \"CAPTURE\","
                + " \"amount\": {\"value\": 1099, \"currency\": \"EUR\"},"
                + " \"eventDate\": \"2026-11-22T12:30:00+01:00\", \"success\": "
                + success
                + "}";
    }

    private static Verified verify(byte[] body, String... keys) {
        return new AdyenWebhooks("adyen-eu", CaptureMode.MANUAL)
                .verify(
                        WebhookHeaders.of(Map.of()),
                        body,
                        Stream.of(keys).map(WebhookSecret::new).toList(),
                        Items.RECEIVED_AT);
    }
}
