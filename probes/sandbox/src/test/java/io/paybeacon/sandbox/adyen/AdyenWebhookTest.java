package io.paybeacon.sandbox.adyen;

import static org.assertj.core.api.Assertions.assertThat;

import com.adyen.model.notification.NotificationRequestItem;
import com.adyen.util.HMACValidator;
import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.WebhookReceiver;
import io.paybeacon.sandbox.adyen.AdyenClient.Reply;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AdyenWebhookTest {
    /** Made up for this test. */
    private static final String HEX_KEY = "0123456789ABCDEF".repeat(4);

    private Sandbox sandbox;
    private AdyenClient adyen;
    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(SandboxOptions.defaults().withWebhookDelay(Duration.ofMillis(1)));
        adyen = new AdyenClient(sandbox);
        receiver = WebhookReceiver.answering(() -> 202);
        sandbox.gateway(GatewayKind.ADYEN).registerWebhook(receiver.url(), HEX_KEY);
    }

    @AfterEach
    void stop() {
        sandbox.close();
        receiver.close();
    }

    interface Script {
        void run(AdyenClient adyen) throws IOException;
    }

    static Stream<Arguments> paymentsAndRefunds() {
        return Stream.of(
                script("approved", a -> a.pay(10, "r"), "AUTHORISATION true"),
                script(
                        "refused",
                        a ->
                                a.post(
                                        "/v71/payments",
                                        AdyenClient.held(AdyenClient.payment(10, "r"), "DECLINED")),
                        "AUTHORISATION false"),
                script(
                        "captured and refunded",
                        a -> {
                            String psp = a.pay(10, "r").psp();
                            a.capture(psp, 10);
                            a.refund(psp, 10);
                        },
                        "AUTHORISATION true",
                        "CAPTURE true",
                        "REFUND true"),
                script(
                        "captured too much",
                        a -> a.capture(a.pay(10, "r").psp(), 11),
                        "AUTHORISATION true",
                        "CAPTURE false"),
                script(
                        "refunded before it was captured",
                        a -> a.refund(a.pay(10, "r").psp(), 10),
                        "AUTHORISATION true",
                        "REFUND false"));
    }

    static Stream<Arguments> cancelsAndFailures() {
        return Stream.of(
                script(
                        "cancelled twice",
                        a -> {
                            String psp = a.pay(10, "r").psp();
                            a.cancel(psp);
                            a.cancel(psp);
                        },
                        "AUTHORISATION true",
                        "CANCELLATION true",
                        "CANCELLATION false"),
                script(
                        "reversed",
                        a -> a.reverse(a.pay(10, "r").psp()),
                        "AUTHORISATION true",
                        "CANCEL_OR_REFUND true"),
                script(
                        "cancelled by reference",
                        a -> {
                            a.pay(10, "r");
                            technicalCancel(a, "r");
                            technicalCancel(a, "unknown");
                        },
                        "AUTHORISATION true",
                        "TECHNICAL_CANCEL true",
                        "TECHNICAL_CANCEL false"),
                script(
                        "capture fails later",
                        a -> a.capture(payAs(a, "capture failed"), 10),
                        "AUTHORISATION true",
                        "CAPTURE true",
                        "CAPTURE_FAILED true"),
                script(
                        "refund fails later",
                        a -> {
                            String psp = payAs(a, "refund failed");
                            a.capture(psp, 10);
                            a.refund(psp, 10);
                        },
                        "AUTHORISATION true",
                        "CAPTURE true",
                        "REFUND true",
                        "REFUND_FAILED true"));
    }

    private static Arguments script(String name, Script script, String... events) {
        return Arguments.of(name, script, List.of(events));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"paymentsAndRefunds", "cancelsAndFailures"})
    @DisplayName("Each outcome is told by event code and success, signed")
    void events(String name, Script script, List<String> events) throws IOException {
        script.run(adyen);
        Awaitility.await().until(() -> receiver.deliveries().size() == events.size());
        assertThat(items().map(i -> i.getString("eventCode") + " " + i.getString("success")))
                .containsExactlyInAnyOrderElementsOf(events);
        assertThat(items()).allSatisfy(AdyenWebhookTest::assertSigned);
    }

    @Test
    void capture_namesThePaymentAndCarriesItsMetadata() throws IOException {
        String psp = adyen.pay(10, "order-7").psp();
        Reply captured = adyen.capture(psp, 10);
        JsonObject item = await("CAPTURE");
        assertThat(item.getString("pspReference")).isEqualTo(captured.psp());
        assertThat(item.getString("originalReference")).isEqualTo(psp);
        assertThat(item.getString("merchantReference")).isEqualTo("order-7");
        assertThat(item.getString("merchantAccountCode")).isEqualTo(AdyenClient.ACCOUNT);
        assertThat(item.getString("paymentMethod")).isEqualTo("visa");
        assertThat(item.getJsonObject("amount")).isEqualTo(AdyenClient.amount(10));
        assertThat(item.getJsonObject("additionalData").getString("metadata.order"))
                .isEqualTo("order-7");
        assertThat(OffsetDateTime.parse(item.getString("eventDate")))
                .isBefore(OffsetDateTime.now(ZoneOffset.UTC).plusMinutes(1));
    }

    @Test
    void authorisation_hasTheReasonInAdyensForm() throws IOException {
        adyen.pay(10, "reason");
        JsonObject item = await("AUTHORISATION");
        assertThat(item.getString("reason")).matches("\\d{6}:1111:3/2030");
        assertThat(item.containsKey("originalReference")).isFalse();
        assertThat(item.getJsonArray("operations"))
                .isEqualTo(new JsonArray(List.of("CANCEL", "CAPTURE", "REFUND")));
    }

    @Test
    void reversal_saysWhatItDid() throws IOException {
        adyen.reverse(adyen.pay(10, "reversal").psp());
        assertThat(
                        await("CANCEL_OR_REFUND")
                                .getJsonObject("additionalData")
                                .getString("modification.action"))
                .isEqualTo("cancel");
    }

    @Test
    void envelope_isThatOfAStandardWebhook() throws IOException {
        adyen.pay(10, "envelope");
        await("AUTHORISATION");
        JsonObject body = receiver.deliveries().getFirst().event();
        assertThat(body.fieldNames()).containsExactlyInAnyOrder("live", "notificationItems");
        assertThat(body.getString("live")).isEqualTo("false");
    }

    @Test
    @DisplayName("An endpoint without an HMAC key gets notifications without a signature")
    void noHexKey_noSignature() throws IOException {
        try (WebhookReceiver plain = WebhookReceiver.answering(() -> 200)) {
            sandbox.gateway(GatewayKind.ADYEN).registerWebhook(plain.url(), "no hex key");
            adyen.pay(10, "unsigned");
            Awaitility.await().until(() -> plain.deliveries().size() == 1);
            JsonObject item = item(plain.deliveries().getFirst());
            assertThat(item.getJsonObject("additionalData").containsKey("hmacSignature")).isFalse();
        }
    }

    private static void technicalCancel(AdyenClient adyen, String reference) throws IOException {
        adyen.post("/v71/cancels", AdyenClient.modification().put("paymentReference", reference));
    }

    private static String payAs(AdyenClient adyen, String holder) throws IOException {
        return adyen.post("/v71/payments", AdyenClient.held(AdyenClient.payment(10, "r"), holder))
                .psp();
    }

    private JsonObject await(String eventCode) {
        Awaitility.await().until(() -> find(eventCode).isPresent());
        return find(eventCode).orElseThrow();
    }

    private Optional<JsonObject> find(String eventCode) {
        return items().filter(i -> i.getString("eventCode").equals(eventCode)).findFirst();
    }

    private Stream<JsonObject> items() {
        return receiver.deliveries().stream().map(AdyenWebhookTest::item);
    }

    private static JsonObject item(WebhookReceiver.Delivery delivery) {
        return delivery.event()
                .getJsonArray("notificationItems")
                .getJsonObject(0)
                .getJsonObject("NotificationRequestItem");
    }

    /** Checked twice: with the JDK after the documentation, and with Adyen's own library. */
    private static void assertSigned(JsonObject item) {
        String signature = item.getJsonObject("additionalData").getString("hmacSignature");
        String payload =
                String.join(
                        ":",
                        item.getString("pspReference"),
                        item.getString("originalReference", ""),
                        item.getString("merchantAccountCode"),
                        item.getString("merchantReference"),
                        item.getJsonObject("amount").getLong("value").toString(),
                        item.getJsonObject("amount").getString("currency"),
                        item.getString("eventCode"),
                        item.getString("success"));
        NotificationRequestItem theirs = new NotificationRequestItem();
        theirs.setPspReference(item.getString("pspReference"));
        theirs.setOriginalReference(item.getString("originalReference"));
        theirs.setMerchantAccountCode(item.getString("merchantAccountCode"));
        theirs.setMerchantReference(item.getString("merchantReference"));
        theirs.setAmount(
                new com.adyen.model.notification.Amount()
                        .currency(item.getJsonObject("amount").getString("currency"))
                        .value(item.getJsonObject("amount").getLong("value")));
        theirs.setEventCode(item.getString("eventCode"));
        theirs.setSuccess(item.getString("success").equals("true"));
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(HexFormat.of().parseHex(HEX_KEY), "HmacSHA256"));
            byte[] expected = mac.doFinal(payload.getBytes(StandardCharsets.UTF_8));
            assertThat(Base64.getDecoder().decode(signature)).isEqualTo(expected);
            assertThat(new HMACValidator().calculateHMAC(theirs, HEX_KEY)).isEqualTo(signature);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
