package io.paybeacon.sandbox.adyen;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.adyen.AdyenClient.Reply;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AdyenPaymentTest {
    private static final AtomicReference<Instant> NOW =
            new AtomicReference<>(Instant.parse("2026-11-22T10:00:00Z"));
    private static Sandbox sandbox;
    private static AdyenClient adyen;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withSeed(42).withClock(NOW::get));
        adyen = new AdyenClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void payment_captureRefund_movesTheMoneyThereAndBack() throws IOException {
        Reply paid = adyen.pay(1099, "there-and-back");
        assertThat(paid.status()).isEqualTo(200);
        assertThat(paid.psp()).matches("[A-Z0-9]{16}");
        assertThat(paid.result()).isEqualTo("Authorised");
        assertThat(paid.body().getJsonObject("amount")).isEqualTo(AdyenClient.amount(1099));
        assertThat(paid.body().getString("merchantReference")).isEqualTo("there-and-back");
        assertThat(paid.headers().firstValue("pspReference")).contains(paid.psp());
        assertMoney(paid.psp(), "Authorised", 1099, 0, 0, 0);

        Reply captured = adyen.capture(paid.psp(), 1099);
        assertThat(captured.status()).isEqualTo(201);
        assertThat(captured.body().getString("status")).isEqualTo("received");
        assertThat(captured.body().getString("paymentPspReference")).isEqualTo(paid.psp());
        assertThat(captured.psp()).isNotEqualTo(paid.psp()).matches("[A-Z0-9]{16}");
        assertThat(captured.body().getJsonObject("amount")).isEqualTo(AdyenClient.amount(1099));
        assertMoney(paid.psp(), "SentForSettle", 0, 1099, 0, 0);

        assertThat(adyen.refund(paid.psp(), 1099).status()).isEqualTo(201);
        assertMoney(paid.psp(), "Refunded", 0, 1099, 1099, 0);
    }

    @Test
    void noNumberOfACard_isEverShown() throws IOException {
        Reply paid = adyen.pay(500, "no-number");
        JsonObject data = paid.body().getJsonObject("additionalData");
        assertThat(data.getString("cardSummary")).isEqualTo("1111");
        assertThat(data.getString("paymentMethod")).isEqualTo("visa");
        assertThat(data.getString("expiryDate")).isEqualTo("3/2030");
        assertThat(paid.text()).doesNotContain("41111111", "737");
    }

    @Test
    void partialCapture_letsTheRestGo() throws IOException {
        String psp = adyen.pay(1000, "partial").psp();
        adyen.capture(psp, 700);
        assertMoney(psp, "SentForSettle", 0, 700, 0, 300);
        adyen.capture(psp, 300);
        assertMoney(psp, "SentForSettle", 0, 700, 0, 300);
    }

    @Test
    void cancel_andCancelByReference_releaseTheHold() throws IOException {
        String first = adyen.pay(500, "cancel-1").psp();
        assertThat(adyen.cancel(first).body().getString("status")).isEqualTo("received");
        assertMoney(first, "Cancelled", 0, 0, 0, 500);

        String second = adyen.pay(600, "cancel-2").psp();
        Reply technical =
                adyen.post(
                        "/v71/cancels",
                        AdyenClient.modification().put("paymentReference", "cancel-2"));
        assertThat(technical.status()).isEqualTo(201);
        assertThat(technical.body().getString("paymentReference")).isEqualTo("cancel-2");
        assertThat(technical.body().getString("status")).isEqualTo("received");
        assertThat(technical.body().containsKey("paymentPspReference")).isFalse();
        assertMoney(second, "Cancelled", 0, 0, 0, 600);
    }

    @Test
    void cancelByReference_ofNobody_isReceivedToo() throws IOException {
        Reply technical =
                adyen.post(
                        "/v71/cancels",
                        AdyenClient.modification().put("paymentReference", "never-paid"));
        assertThat(technical.status()).isEqualTo(201);
    }

    @Test
    void reversal_cancelsAHoldAndRefundsACapture_andNeverMore() throws IOException {
        String held = adyen.pay(500, "reverse-held").psp();
        adyen.reverse(held);
        assertMoney(held, "Cancelled", 0, 0, 0, 500);
        String taken = adyen.pay(500, "reverse-taken").psp();
        adyen.capture(taken, 500);
        adyen.refund(taken, 200);
        adyen.reverse(taken);
        assertMoney(taken, "Refunded", 0, 500, 500, 0);
        assertThat(adyen.reverse(taken).status()).isEqualTo(201);
        assertMoney(taken, "Refunded", 0, 500, 500, 0);
    }

    @ParameterizedTest(name = "captureDelayHours {0}")
    @CsvSource({"'', SentForSettle", "0, SentForSettle", "24, Authorised"})
    void capture_isAutomaticUnlessDelayed(String hours, String state) throws IOException {
        JsonObject request = AdyenClient.payment(800, "auto-" + hours);
        request.remove("additionalData");
        if (!hours.isEmpty()) {
            request.put("captureDelayHours", Integer.valueOf(hours));
        }
        Reply paid = adyen.post("/v71/payments", request);
        assertThat(paid.result()).isEqualTo("Authorised");
        assertThat(entry(paid.psp()).status()).isEqualTo(state);
        NOW.updateAndGet(now -> now.plus(Duration.ofHours(25)));
        assertThat(entry(paid.psp()).status()).isEqualTo("SentForSettle");
        assertThat(entry(paid.psp()).capturedMinor()).isEqualTo(800);
    }

    @ParameterizedTest(name = "holder {0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    DECLINED                                    | Refused | 2  | Refused
                    NOT_ENOUGH_BALANCE                          | Refused | 12 | Not enough balance
                    NOT_ENOUGH_BALANCE : 51 : Insufficient funds| Refused | 12 | Not enough balance
                    CARD_EXPIRED                                | Refused | 6  | Expired Card
                    ISSUER_UNAVAILABLE                          | Refused | 9  | Issuer Unavailable
                    FRAUD                                       | Refused | 20 | FRAUD
                    ERROR                                       | Error   | 4  | Acquirer Error
                    UNKNOWN                                     | Error   | 0  | Unknown
                    """)
    void holderName_asksForARefusal(String holder, String result, String code, String reason)
            throws IOException {
        Reply reply =
                adyen.post(
                        "/v71/payments",
                        AdyenClient.held(AdyenClient.payment(500, "refused"), holder));
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.result()).isEqualTo(result);
        assertThat(reply.body().getString("refusalReasonCode")).isEqualTo(code);
        assertThat(reply.body().getString("refusalReason")).isEqualTo(reason);
        assertThat(reply.body().containsKey("amount")).isFalse();
        assertThat(entry(reply.psp()).authorisedMinor()).isZero();
    }

    @Test
    void rawReason_isWhatTheHolderNameSays() throws IOException {
        Reply reply =
                adyen.post(
                        "/v71/payments",
                        AdyenClient.held(AdyenClient.payment(5, "raw"), "DECLINED : 06 : ERROR"));
        assertThat(reply.body().getJsonObject("additionalData").getString("refusalReasonRaw"))
                .isEqualTo("06 : ERROR");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "encryptedSecurityCode, test_738, 24",
        "encryptedExpiryYear, test_2025, 6",
        "encryptedExpiryMonth, test_04, 2"
    })
    void wrongCardData_isRefused(String field, String value, String code) throws IOException {
        JsonObject request = AdyenClient.payment(500, "card-data");
        request.getJsonObject("paymentMethod").put(field, value);
        Reply reply = adyen.post("/v71/payments", request);
        assertThat(reply.body().getString("refusalReasonCode")).isEqualTo(code);
    }

    @Test
    void requestedCode_and_pending() throws IOException {
        JsonObject byCode = AdyenClient.payment(500, "by-code");
        byCode.getJsonObject("additionalData").put("RequestedTestAcquirerResponseCode", 6);
        assertThat(adyen.post("/v71/payments", byCode).body().getString("refusalReasonCode"))
                .isEqualTo("6");
        Reply pending =
                adyen.post(
                        "/v71/payments",
                        AdyenClient.held(AdyenClient.payment(500, "pending"), "PENDING"));
        assertThat(pending.result()).isEqualTo("Received");
        assertThat(entry(pending.psp()).heldMinor()).isZero();
    }

    @ParameterizedTest(name = "password {0}")
    @CsvSource({"password, Authorised, 900", "wrong, Refused, 0"})
    void threeDs_byRedirect_endsAsTheShopperAnswers(String password, String result, long held)
            throws IOException {
        Reply first = adyen.post("/v71/payments", challenged("redirect-" + password));
        assertThat(first.result()).isEqualTo("RedirectShopper");
        JsonObject action = first.body().getJsonObject("action");
        assertThat(action.getString("type")).isEqualTo("redirect");
        assertThat(action.getString("method")).isEqualTo("GET");
        assertThat(entry(first.psp()).heldMinor()).isZero();

        Reply page = adyen.get(action.getString("url") + "&password=" + password);
        assertThat(page.status()).isEqualTo(302);
        String back = page.headers().firstValue("Location").orElseThrow();
        assertThat(back).startsWith("https://shop.example/return?redirectResult=");
        String redirectResult = URI.create(back).getQuery().substring("redirectResult=".length());
        JsonObject details =
                new JsonObject()
                        .put("details", new JsonObject().put("redirectResult", redirectResult));
        Reply second = adyen.post("/v71/payments/details", details);
        assertThat(second.result()).isEqualTo(result);
        assertThat(second.psp()).isEqualTo(first.psp());
        assertThat(entry(first.psp()).heldMinor()).isEqualTo(held);
        assertThat(adyen.post("/v71/payments/details", details).body().getString("errorCode"))
                .isEqualTo("106");
    }

    @Test
    void threeDs_inPage_identifiesThenChallenges() throws IOException {
        JsonObject request =
                challenged("native")
                        .put(
                                "authenticationData",
                                new JsonObject()
                                        .put(
                                                "threeDSRequestData",
                                                new JsonObject()
                                                        .put("nativeThreeDS", "preferred")));
        Reply first = adyen.post("/v71/payments", request);
        assertThat(first.result()).isEqualTo("IdentifyShopper");
        JsonObject action = first.body().getJsonObject("action");
        assertThat(action.getString("type")).isEqualTo("threeDS2");
        assertThat(action.getString("subtype")).isEqualTo("fingerprint");
        Reply second = adyen.post("/v71/payments/details", result(action, "threeDSCompInd"));
        assertThat(second.result()).isEqualTo("ChallengeShopper");
        Reply third =
                adyen.post(
                        "/v71/payments/details",
                        result(second.body().getJsonObject("action"), "transStatus"));
        assertThat(third.result()).isEqualTo("Authorised");
        assertThat(entry(third.psp()).heldMinor()).isEqualTo(900);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"frictionless, 5201281505129736", "never asked, 4212345678910006"})
    void threeDs_notSeen_isAuthorisedAtOnce(String why, String number) throws IOException {
        JsonObject request =
                AdyenClient.payment(900, "unseen")
                        .put("paymentMethod", AdyenClient.card(number))
                        .put(
                                "authenticationData",
                                new JsonObject()
                                        .put(
                                                "attemptAuthentication",
                                                why.startsWith("never") ? "never" : "always"));
        assertThat(adyen.post("/v71/payments", request).result()).isEqualTo("Authorised");
    }

    @Test
    void zeroAmount_verifiesTheCardAndHoldsNothing() throws IOException {
        Reply reply = adyen.pay(0, "verify");
        assertThat(reply.result()).isEqualTo("Authorised");
        assertThat(entry(reply.psp()).authorisedMinor()).isZero();
    }

    @Test
    void failedCapture_puts_theHoldBack() throws IOException {
        String psp =
                adyen.post(
                                "/v71/payments",
                                AdyenClient.held(AdyenClient.payment(400, "cf"), "capture failed"))
                        .psp();
        adyen.capture(psp, 400);
        assertMoney(psp, "Authorised", 400, 0, 0, 0);
        adyen.reverse(psp);
        assertMoney(psp, "Cancelled", 0, 0, 0, 400);
    }

    @Test
    void paymentMethods_areListed() throws IOException {
        Reply reply = adyen.post("/v71/paymentMethods", AdyenClient.modification());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().getJsonArray("paymentMethods").getJsonObject(0).getString("type"))
                .isEqualTo("scheme");
    }

    private static JsonObject challenged(String reference) {
        return AdyenClient.payment(900, reference)
                .put("paymentMethod", AdyenClient.card("4212345678910006"));
    }

    private static JsonObject result(JsonObject action, String what) {
        JsonObject result =
                new JsonObject()
                        .put("authorisationToken", action.getString("authorisationToken"))
                        .put(what, "Y");
        String encoded =
                Base64.getEncoder()
                        .encodeToString(result.encode().getBytes(StandardCharsets.UTF_8));
        return new JsonObject().put("details", new JsonObject().put("threeDSResult", encoded));
    }

    private static LedgerEntry entry(String psp) {
        return sandbox.gateway(GatewayKind.ADYEN).ledger().payment(psp).orElseThrow();
    }

    private static void assertMoney(
            String psp, String state, long held, long captured, long refunded, long released) {
        LedgerEntry entry = entry(psp);
        assertThat(entry.status()).isEqualTo(state);
        assertThat(
                        new long[] {
                            entry.heldMinor(),
                            entry.capturedMinor(),
                            entry.refundedMinor(),
                            entry.releasedMinor()
                        })
                .containsExactly(held, captured, refunded, released);
    }
}
