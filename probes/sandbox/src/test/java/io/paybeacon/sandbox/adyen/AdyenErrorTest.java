package io.paybeacon.sandbox.adyen;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.adyen.AdyenClient.Reply;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdyenErrorTest {
    private static Sandbox sandbox;
    private static AdyenClient adyen;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults());
        adyen = new AdyenClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static final String NOT_IN_ORDER =
            """
            merchantAccount | | 901 | Invalid Merchant Account
            merchantAccount | Other | 901 | Invalid Merchant Account
            amount | | 100 | Required object 'amount' is not provided.
            amount.value | | 137 | Field 'amount' is not valid.
            amount.value | -1 | 137 | Field 'amount' is not valid.
            amount.value | 10.5 | 137 | Field 'amount' is not valid.
            amount.currency | EURO | 138 | Unsupported currency specified
            reference | | 130 | Required field 'reference' is not provided.
            paymentMethod | | 14_006 | Required object 'paymentMethod' is not provided.
            card.type | ideal | 905 | Payment details are not supported
            card.encryptedCardNumber | adyenjs_0_1 | 174 | Unable to decrypt data
            card.encryptedCardNumber | test_4111 | 101 | Invalid card number
            card.encryptedCardNumber | test_4111111111111112 | 101 | Invalid card number
            card.encryptedCardNumber | test_9111111111111110 | 102 | Unable to determine variant
            card.encryptedSecurityCode | test_73 | 103 | CVC is not the right length
            card.encryptedExpiryMonth | test_13 | 129 | Expiry Date Invalid
            captureDelayHours | 9999 | 164 | Auto capture delay invalid or out of range
            metadata.a_name_beyond_twenty_c | x | 178 | Metadata key size exceeds limit
            metadata | text | 702 | Unable to interpret field 'metadata'
            """;

    @ParameterizedTest(name = "{0} = {1} -> {2}")
    @CsvSource(delimiter = '|', textBlock = NOT_IN_ORDER)
    void payment_thatIsNotInOrder_isRefused(String path, String value, String code, String message)
            throws IOException {
        JsonObject request = AdyenClient.payment(1000, "not-in-order");
        request.remove("additionalData");
        put(request, path.replace("card.", "paymentMethod."), value);
        int before = sandbox.gateway(GatewayKind.ADYEN).ledger().payments().size();

        Reply reply = adyen.post("/v71/payments", request);

        int status =
                switch (code) {
                    case "901" -> 403;
                    case "702" -> 400;
                    default -> 422;
                };
        assertError(reply, status, code, status == 403 ? "security" : "validation", message);
        assertThat(reply.psp()).matches("[A-Z0-9]{16}");
        assertThat(sandbox.gateway(GatewayKind.ADYEN).ledger().payments()).hasSize(before);
    }

    /** Sets what a path such as {@code amount.value} names; removes it when there is no value. */
    private static void put(JsonObject request, String path, String value) {
        int dot = path.indexOf('.');
        JsonObject parent = dot < 0 ? request : request.getJsonObject(path.substring(0, dot));
        String name = path.substring(dot + 1);
        parent.remove(name);
        if (value != null) {
            parent.put(name, value.matches("-?[0-9.]+") ? new BigDecimal(value) : value);
        }
    }

    @ParameterizedTest(name = "{0} without {1} -> {2} {3}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    /v71/payments/NOSUCHPAYMENT234/captures  |                 | 422 | 167
                    /v71/payments/NOSUCHPAYMENT234/cancels   |                 | 422 | 167
                    /v71/payments/NOSUCHPAYMENT234/refunds   |                 | 422 | 167
                    /v71/payments/NOSUCHPAYMENT234/reversals |                 | 422 | 167
                    /v71/payments/NOSUCHPAYMENT234/captures  | amount          | 422 | 100
                    /v71/payments/NOSUCHPAYMENT234/refunds   | merchantAccount | 403 | 901
                    /v71/cancels                             |                 | 422 | 130
                    /v71/payments/details                    |                 | 422 | 14_004
                    /v67/payments                            |                 | 404 | 000
                    /v71/refunds                             |                 | 404 | 000
                    """)
    void modification_thatIsNotInOrder_isRefused(
            String path, String without, int status, String code) throws IOException {
        JsonObject request = AdyenClient.modification().put("amount", AdyenClient.amount(10));
        request.remove(without == null ? "" : without);
        Reply reply = adyen.post(path, request);
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.body().getString("errorCode")).isEqualTo(code);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"/v71/payments, wrong", "/v71/payments, ''", "/v71/nowhere, wrong"})
    void wrongKey_isUnauthorisedBeforeAnythingElse(String path, String key) throws IOException {
        Map<String, String> headers = key.isEmpty() ? Map.of() : Map.of("X-API-Key", key);
        Reply reply = adyen.post(path, "no JSON", headers);
        assertThat(reply.body())
                .isEqualTo(
                        new JsonObject()
                                .put("status", 401)
                                .put("errorCode", "000")
                                .put("message", "HTTP Status Response - Unauthorized")
                                .put("errorType", "security"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {"{\"amount\":", "[]", "''", "7"})
    void whatIsNoJsonObject_isRefused(String body) throws IOException {
        Reply reply = adyen.post("/v71/payments", body, Map.of("X-API-Key", AdyenClient.KEY));
        assertError(reply, 400, "702", "validation", "Problem parsing request");
    }

    @Test
    void form_isAnUnsupportedMediaType() throws IOException {
        Reply reply =
                adyen.post(
                        "/v71/payments",
                        "amount=1",
                        Map.of(
                                "X-API-Key",
                                AdyenClient.KEY,
                                "Content-Type",
                                "application/x-www-form-urlencoded"));
        assertThat(reply.status()).isEqualTo(415);
    }

    @Test
    void everySupportedVersion_answers() throws IOException {
        for (String version : new String[] {"v68", "v69", "v70", "v71"}) {
            assertThat(
                            adyen.post("/" + version + "/payments", AdyenClient.payment(10, "v"))
                                    .result())
                    .as(version)
                    .isEqualTo("Authorised");
        }
    }

    @Test
    void otherCurrency_isNoAmountOfThisPayment() throws IOException {
        String psp = adyen.pay(1000, "currency").psp();
        Reply reply =
                adyen.modify(
                        psp,
                        "captures",
                        AdyenClient.modification()
                                .put(
                                        "amount",
                                        new JsonObject()
                                                .put("value", 1000)
                                                .put("currency", "USD")));
        assertError(reply, 422, "137", "validation", "Field 'amount' is not valid.");
    }

    @Test
    void rateLimit_answers429() throws IOException {
        try (Sandbox slow = Sandbox.start(SandboxOptions.defaults().withRequestsPerSecondMax(1))) {
            AdyenClient client = new AdyenClient(slow);
            client.pay(10, "first");
            Reply reply = client.pay(10, "second");
            assertThat(reply.status()).isEqualTo(429);
            assertThat(reply.headers().firstValue("Retry-After")).contains("1");
        }
    }

    private static void assertError(
            Reply reply, int status, String code, String type, String message) {
        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.body().getInteger("status")).isEqualTo(status);
        assertThat(reply.body().getString("errorCode")).isEqualTo(code);
        assertThat(reply.body().getString("errorType")).isEqualTo(type);
        assertThat(reply.body().getString("message")).isEqualTo(message);
    }
}
