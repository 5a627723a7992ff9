package io.paybeacon.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.StripeClient;
import io.paybeacon.sandbox.StripeClient.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeErrorTest {
    private static Sandbox sandbox;
    private static StripeClient stripe;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(StripeClient.options());
        stripe = new StripeClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @ParameterizedTest(name = "{0}: {1} {2}")
    @CsvSource({
        "pm_card_visa_chargeDeclined, card_declined, generic_decline",
        "pm_card_visa_chargeDeclinedInsufficientFunds, card_declined, insufficient_funds",
        "pm_card_chargeDeclinedInsufficientFunds, card_declined, insufficient_funds",
        "pm_card_visa_chargeDeclinedLostCard, card_declined, lost_card",
        "pm_card_chargeDeclinedExpiredCard, expired_card, expired_card",
        "pm_card_chargeDeclinedIncorrectCvc, incorrect_cvc, incorrect_cvc",
        "pm_card_chargeDeclinedProcessingError, processing_error, processing_error",
        "pm_sandbox_mastercard_ZA_declined_do_not_honor, card_declined, do_not_honor",
    })
    void decline_isA402WithTheIntentAndACharge(String card, String code, String declineCode)
            throws IOException {
        Reply reply = stripe.pay(1000, card, "automatic");
        JsonObject error = reply.error();
        assertThat(reply.status()).isEqualTo(402);
        assertThat(error.getString("type")).isEqualTo("card_error");
        assertThat(error.getString("code")).isEqualTo(code);
        assertThat(error.getString("decline_code")).isEqualTo(declineCode);
        assertThat(error.getString("doc_url")).endsWith(code.replace('_', '-'));
        JsonObject intent = error.getJsonObject("payment_intent");
        assertThat(intent.getString("status")).isEqualTo("requires_payment_method");
        assertThat(intent.getString("latest_charge")).isEqualTo(error.getString("charge"));
        assertThat(intent.getJsonObject("last_payment_error").getString("code")).isEqualTo(code);
        assertThat(sandbox.ledger().payment(intent.getString("id")).orElseThrow().heldMinor())
                .isZero();
    }

    @ParameterizedTest(name = "{0} -> {1} {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "currency=zar | parameter_missing | amount",
                "amount=abc&currency=zar | parameter_invalid_integer | amount",
                "amount=0&currency=zar | parameter_invalid_integer | amount",
                "amount=-5&currency=zar | parameter_invalid_integer | amount",
                "amount=49&currency=usd | amount_too_small | amount",
                "amount=100000000&currency=usd | amount_too_large | amount",
                "amount=1234&currency=kwd | parameter_invalid_integer | amount",
                "amount=1000 | parameter_missing | currency",
                "amount=1000&currency=xxx | parameter_unknown | currency",
                "amount=1000&currency=zar&capture_method=x | parameter_unknown | capture_method",
                "amount=1000&currency=zar&confirm=yes | parameter_invalid_empty | confirm",
                "amount=1000&currency=zar&colour=red | parameter_unknown | colour",
                "amount=1000&currency=zar&payment_method=pm_no | resource_missing | payment_method",
                "amount=1000&currency=zar&off_session=true | parameter_unknown | off_session",
                "amount=1000&currency=zar&expand[]=customer | parameter_unknown | expand",
            })
    void create_withBadParameter_isA400ThatNamesIt(String form, String code, String param)
            throws IOException {
        String[] pairs = form.strip().split("[&=]");
        Reply reply = stripe.post("/v1/payment_intents", pairs);
        assertThat(reply.status()).as(reply.text()).isEqualTo(400);
        assertThat(reply.error().getString("type")).isEqualTo("invalid_request_error");
        assertThat(reply.error().getString("code")).isEqualTo(code);
        assertThat(reply.error().getString("param")).isEqualTo(param);
        assertThat(reply.error().getString("message")).isNotBlank();
    }

    @Test
    void confirm_withoutCard_isRefused() throws IOException {
        Reply reply =
                stripe.post(
                        "/v1/payment_intents",
                        "amount",
                        "10",
                        "currency",
                        "zar",
                        "confirm",
                        "true");
        assertThat(reply.error().getString("code")).isEqualTo("payment_intent_unexpected_state");
    }

    @Test
    void offSession_withAuthenticationRequired_isDeclined() throws IOException {
        Reply reply =
                stripe.post(
                        "/v1/payment_intents",
                        "amount",
                        "1000",
                        "currency",
                        "zar",
                        "payment_method",
                        "pm_card_authenticationRequired",
                        "confirm",
                        "true",
                        "off_session",
                        "true");
        assertThat(reply.status()).isEqualTo(402);
        assertThat(reply.error().getString("code")).isEqualTo("authentication_required");
    }

    @Test
    void capture_inTheWrongState_isRefusedWithTheIntent() throws IOException {
        String paid = stripe.pay(1000, "pm_card_visa", "automatic").id();
        Reply again = stripe.post("/v1/payment_intents/" + paid + "/capture");
        assertThat(again.status()).isEqualTo(400);
        assertThat(again.error().getString("code")).isEqualTo("payment_intent_unexpected_state");
        assertThat(again.error().getString("message")).contains("already been captured");
        assertThat(again.error().getJsonObject("payment_intent").getString("id")).isEqualTo(paid);
        Reply cancel = stripe.post("/v1/payment_intents/" + paid + "/cancel");
        assertThat(cancel.error().getString("message")).contains("status of succeeded");
        Reply confirm = stripe.post("/v1/payment_intents/" + paid + "/confirm");
        assertThat(confirm.error().getString("message")).contains("already succeeded");
    }

    @Test
    void capture_ofMoreThanHeld_isRefusedAndTheHoldStays() throws IOException {
        String id = stripe.pay(1000, "pm_card_visa", "manual").id();
        Reply reply =
                stripe.post("/v1/payment_intents/" + id + "/capture", "amount_to_capture", "1001");
        assertThat(reply.error().getString("param")).isEqualTo("amount_to_capture");
        assertThat(sandbox.ledger().payment(id).orElseThrow().heldMinor()).isEqualTo(1000);
    }

    @Test
    void refund_isRefusedBeforeCaptureBeyondCaptureAndTwice() throws IOException {
        String held = stripe.pay(1000, "pm_card_visa", "manual").id();
        assertThat(refund(held, "1000").error().getString("message"))
                .contains("must cancel the PaymentIntent");
        stripe.post("/v1/payment_intents/" + held + "/capture", "amount_to_capture", "600");
        assertThat(refund(held, "601").error().getString("message"))
                .contains("greater than unrefunded amount");
        assertThat(refund(held, "600").status()).isEqualTo(200);
        assertThat(refund(held, "1").error().getString("code"))
                .isEqualTo("charge_already_refunded");
        assertThat(refund("pi_3unknown", "1").error().getString("code"))
                .isEqualTo("resource_missing");
        Reply neither = stripe.post("/v1/refunds", "amount", "1");
        assertThat(neither.error().getString("message")).contains("payment_intent or charge");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/payment_intents/pi_3none, 404, resource_missing",
        "/v1/charges/ch_3none, 404, resource_missing",
        "/v1/refunds/re_3none, 404, resource_missing",
        "/v1/payment_intents?limit=101, 400, parameter_invalid_integer",
        "/v1/payment_intents?starting_after=pi_3none, 400, resource_missing",
        "/v1/payment_intents/search?query=nonsense, 400, parameter_invalid_string_blank",
        "/v1/payment_intents/search?query=colour%3A'red', 400, parameter_invalid_string_blank",
        "/v1/payment_intents/search, 400, parameter_missing",
    })
    void read_ofWhatIsNotThere_isAnError(String path, int status, String code) throws IOException {
        Reply reply = stripe.get(path);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error().getString("code")).isEqualTo(code);
    }

    @Test
    void search_withAndAndOr_isRefused() throws IOException {
        String query = "status:'a' AND status:'b' OR status:'c'";
        Reply reply = stripe.get("/v1/payment_intents/search?query=" + StripeClient.encode(query));
        assertThat(reply.error().getString("message")).contains("cannot be combined");
    }

    @Test
    void path_unknown_isA404InTheSameShape() throws IOException {
        Reply reply = stripe.get("/v1/customers");
        assertThat(reply.status()).isEqualTo(404);
        assertThat(reply.error().getString("message")).startsWith("Unrecognized request URL (GET:");
    }

    @Test
    void key_missingOrWrong_isA401ThatShowsNothingOfIt() throws IOException {
        Duration patience = Duration.ofSeconds(5);
        Reply none = new StripeClient(sandbox.baseUrl(), "", patience).get("/v1/balance");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.error().getString("message")).startsWith("You did not provide an API key");
        String wrongKey = "sk_test_wrongwrongwrong";
        Reply wrong =
                new StripeClient(sandbox.baseUrl(), "Bearer " + wrongKey, patience)
                        .get("/v1/balance");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text()).contains("Invalid API Key").doesNotContain("wrongwrong");
    }

    @Test
    void json_asBody_isRefused() throws IOException {
        Reply reply = stripe.postJson("/v1/payment_intents", "{\"amount\": 1000}");
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.error().getString("message")).contains("x-www-form-urlencoded");
    }

    @Test
    void body_tooLong_isA413() throws IOException {
        Reply reply = stripe.post("/v1/payment_intents", "description", "x".repeat(70_000));
        assertThat(reply.status()).isEqualTo(413);
    }

    @Test
    void rate_aboveTheLimit_isA429UntilTimePasses() throws IOException {
        var now = new AtomicReference<>(Instant.EPOCH);
        InstantSource clock = now::get;
        SandboxOptions options =
                StripeClient.options().withRequestsPerSecondMax(3).withClock(clock);
        try (Sandbox limited = Sandbox.start(options)) {
            StripeClient client = new StripeClient(limited);
            for (int i = 0; i < 3; i++) {
                assertThat(client.get("/v1/balance").status()).isEqualTo(200);
            }
            Reply limitedReply = client.get("/v1/balance");
            assertThat(limitedReply.status()).isEqualTo(429);
            assertThat(limitedReply.error().getString("code")).isEqualTo("rate_limit");
            now.set(Instant.EPOCH.plusMillis(400));
            assertThat(client.get("/v1/balance").status()).isEqualTo(200);
            assertThat(client.get("/v1/balance").status()).isEqualTo(429);
        }
    }

    private static Reply refund(String intent, String amount) throws IOException {
        return stripe.post("/v1/refunds", "payment_intent", intent, "amount", amount);
    }
}
