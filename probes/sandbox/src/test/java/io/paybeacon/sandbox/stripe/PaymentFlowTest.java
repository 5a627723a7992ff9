package io.paybeacon.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.StripeClient;
import io.paybeacon.sandbox.StripeClient.Reply;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class PaymentFlowTest {
    private static Sandbox sandbox;
    private static StripeClient stripe;

    @BeforeAll
    static void start() {
        sandbox = Sandbox.start(StripeClient.options().withSeed(42));
        stripe = new StripeClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Test
    void create_confirmedAutomatic_succeedsAndBooksTheMoney() throws IOException {
        Reply paid =
                stripe.post(
                        "/v1/payment_intents",
                        "amount",
                        "1000",
                        "currency",
                        "zar",
                        "payment_method",
                        "pm_card_visa",
                        "confirm",
                        "true",
                        "description",
                        "probe",
                        "metadata[order_id]",
                        "o-1",
                        "expand[]",
                        "latest_charge");
        JsonObject intent = paid.body();
        assertThat(paid.status()).isEqualTo(200);
        assertThat(intent.getString("id")).matches("pi_3[0-9A-Za-z]{23}");
        assertThat(intent.getString("status")).isEqualTo("succeeded");
        assertThat(intent.getLong("amount_received")).isEqualTo(1000);
        assertThat(intent.getJsonObject("metadata").getString("order_id")).isEqualTo("o-1");
        assertThat(intent.getBoolean("livemode")).isFalse();
        JsonObject charge = intent.getJsonObject("latest_charge");
        assertThat(charge.getBoolean("captured")).isTrue();
        assertThat(
                        charge.getJsonObject("payment_method_details")
                                .getJsonObject("card")
                                .getString("brand"))
                .isEqualTo("visa");
        assertThat(paid.headers().firstValue("Request-Id").orElseThrow()).startsWith("req_");
        LedgerEntry entry = sandbox.ledger().withMetadata("order_id", "o-1").getFirst();
        assertThat(entry.capturedMinor()).isEqualTo(1000);
        assertThat(entry.heldMinor()).isZero();
        assertThat(stripe.get("/v1/charges/" + charge.getString("id")).body()).isEqualTo(charge);
    }

    @Test
    void create_thenConfirmThenPartialCapture_releasesTheRestLikeTheRealGateway()
            throws IOException {
        String id =
                stripe.post(
                                "/v1/payment_intents",
                                "amount",
                                "1000",
                                "currency",
                                "eur",
                                "capture_method",
                                "manual")
                        .id();
        assertThat(status(id)).isEqualTo("requires_payment_method");
        stripe.post(path(id, "confirm"), "payment_method", "pm_card_mastercard");
        assertThat(status(id)).isEqualTo("requires_capture");
        assertThat(sandbox.ledger().payment(id).orElseThrow().heldMinor()).isEqualTo(1000);
        Reply captured = stripe.post(path(id, "capture"), "amount_to_capture", "700");
        assertThat(captured.body().getString("status")).isEqualTo("succeeded");
        assertThat(captured.body().getLong("amount_received")).isEqualTo(700);
        JsonObject charge =
                stripe.get("/v1/charges/" + captured.body().getString("latest_charge")).body();
        assertThat(charge.getLong("amount_captured")).isEqualTo(700);
        assertThat(charge.getLong("amount_refunded")).isEqualTo(300);
        LedgerEntry entry = sandbox.ledger().payment(id).orElseThrow();
        assertThat(entry.heldMinor()).isZero();
        assertThat(entry.releasedMinor()).isEqualTo(300);
        assertThat(entry.refundedMinor()).isZero();
    }

    @Test
    void cancel_ofAHold_releasesAllOfIt() throws IOException {
        String id = stripe.pay(500, "pm_card_visa", "manual").id();
        Reply canceled =
                stripe.post(path(id, "cancel"), "cancellation_reason", "requested_by_customer");
        assertThat(canceled.body().getString("status")).isEqualTo("canceled");
        assertThat(canceled.body().getString("cancellation_reason"))
                .isEqualTo("requested_by_customer");
        LedgerEntry entry = sandbox.ledger().payment(id).orElseThrow();
        assertThat(entry.heldMinor()).isZero();
        assertThat(entry.releasedMinor()).isEqualTo(500);
        assertThat(entry.capturedMinor()).isZero();
    }

    @Test
    void refunds_inTwoParts_addUpAndAreListed() throws IOException {
        Reply paid = stripe.pay(900, "pm_card_visa", "automatic");
        Reply first = stripe.post("/v1/refunds", "payment_intent", paid.id(), "amount", "400");
        Reply second = stripe.post("/v1/refunds", "charge", paid.body().getString("latest_charge"));
        assertThat(first.body().getString("status")).isEqualTo("succeeded");
        assertThat(second.body().getLong("amount")).isEqualTo(500);
        JsonArray listed =
                stripe.get("/v1/refunds?payment_intent=" + paid.id()).body().getJsonArray("data");
        assertThat(listed).hasSize(2);
        assertThat(stripe.get("/v1/refunds/" + first.id()).body().getString("payment_intent"))
                .isEqualTo(paid.id());
        assertThat(sandbox.ledger().payment(paid.id()).orElseThrow().refundedMinor())
                .isEqualTo(900);
    }

    @Test
    void challenge_passed_endsAuthorisedOrPaid() throws IOException {
        Reply waiting = stripe.pay(800, "pm_card_authenticationRequired", "automatic");
        assertThat(waiting.status()).isEqualTo(200);
        assertThat(waiting.body().getString("status")).isEqualTo("requires_action");
        assertThat(waiting.body().getJsonObject("next_action").getString("type"))
                .isEqualTo("use_stripe_sdk");
        stripe.post("/_sandbox/payment_intents/" + waiting.id() + "/resolve?outcome=pass");
        assertThat(status(waiting.id())).isEqualTo("succeeded");
    }

    @Test
    void challenge_failed_leavesTheErrorOnTheIntent() throws IOException {
        Reply waiting = stripe.pay(800, "pm_card_threeDSecure2Required", "automatic");
        stripe.post("/_sandbox/payment_intents/" + waiting.id() + "/resolve?outcome=fail");
        JsonObject intent = stripe.get("/v1/payment_intents/" + waiting.id()).body();
        assertThat(intent.getString("status")).isEqualTo("requires_payment_method");
        assertThat(intent.getJsonObject("last_payment_error").getString("code"))
                .isEqualTo("payment_intent_authentication_failure");
    }

    @Test
    void processing_resolves() throws IOException {
        Reply waiting = stripe.pay(800, "pm_sandbox_visa_ZA_processing", "automatic");
        assertThat(waiting.body().getString("status")).isEqualTo("processing");
        assertThat(sandbox.gateway().resolve(waiting.id(), true)).isEmpty();
        assertThat(status(waiting.id())).isEqualTo("succeeded");
    }

    @Test
    void hold_expired_isCanceled() throws IOException {
        String id = stripe.pay(300, "pm_card_visa", "manual").id();
        assertThat(sandbox.gateway().expire(id)).isEmpty();
        assertThat(status(id)).isEqualTo("canceled");
        assertThat(sandbox.ledger().payment(id).orElseThrow().heldMinor()).isZero();
        assertThat(sandbox.gateway().expire(id)).isPresent();
    }

    @Test
    void failedIntent_canBePaidWithAnotherCard() throws IOException {
        Reply failed = stripe.pay(700, "pm_card_visa_chargeDeclined", "automatic");
        String id = failed.error().getJsonObject("payment_intent").getString("id");
        stripe.post(path(id, "confirm"), "payment_method", "pm_card_visa");
        assertThat(status(id)).isEqualTo("succeeded");
    }

    @Test
    void list_isNewestFirstAndPages() throws IOException {
        try (Sandbox fresh = Sandbox.start(StripeClient.options())) {
            StripeClient client = new StripeClient(fresh);
            String[] ids = new String[5];
            for (int i = 0; i < ids.length; i++) {
                ids[i] = client.pay(100 + i, "pm_card_visa", "automatic").id();
            }
            JsonObject page = client.get("/v1/payment_intents?limit=2").body();
            assertThat(page.getBoolean("has_more")).isTrue();
            assertThat(idsOf(page)).containsExactly(ids[4], ids[3]);
            JsonObject rest =
                    client.get("/v1/payment_intents?limit=3&starting_after=" + ids[3]).body();
            assertThat(idsOf(rest)).containsExactly(ids[2], ids[1], ids[0]);
            assertThat(rest.getBoolean("has_more")).isFalse();
        }
    }

    @Test
    void search_findsByMetadataStatusAndAmount() throws IOException {
        Reply paid =
                stripe.post(
                        "/v1/payment_intents",
                        "amount",
                        "123456",
                        "currency",
                        "zar",
                        "metadata[run]",
                        "r7");
        assertThat(search("metadata['run']:'r7'")).containsExactly(paid.id());
        assertThat(search("metadata[\"run\"]:\"r7\" AND amount>123455")).hasSize(1);
        assertThat(search("metadata['run']:'r7' status:'succeeded'")).isEmpty();
        assertThat(search("metadata['run']:'nope' OR amount=123456".replace("=", ":"))).hasSize(1);
        assertThat(search("-metadata['run']:null")).contains(paid.id());
    }

    @Test
    void balance_countsWhatWasTakenAndGivenBack() throws IOException {
        try (Sandbox fresh = Sandbox.start(StripeClient.options())) {
            StripeClient client = new StripeClient(fresh);
            String id = client.pay(1000, "pm_card_visa", "automatic").id();
            client.post("/v1/refunds", "payment_intent", id, "amount", "250");
            client.post(
                    "/v1/payment_intents",
                    "amount",
                    "1230",
                    "currency",
                    "kwd",
                    "payment_method",
                    "pm_card_visa",
                    "confirm",
                    "true");
            JsonArray pending = client.get("/v1/balance").body().getJsonArray("pending");
            assertThat(pending.getJsonObject(0).getString("currency")).isEqualTo("kwd");
            assertThat(pending.getJsonObject(0).getLong("amount")).isEqualTo(1230);
            assertThat(pending.getJsonObject(1).getLong("amount")).isEqualTo(750);
        }
    }

    @Test
    void basicAuthentication_worksToo() throws IOException {
        String user =
                Base64.getEncoder()
                        .encodeToString((sandbox.apiKey() + ":").getBytes(StandardCharsets.UTF_8));
        StripeClient basic =
                new StripeClient(sandbox.baseUrl(), "Basic " + user, Duration.ofSeconds(5));
        assertThat(basic.get("/v1/balance").status()).isEqualTo(200);
    }

    private static List<String> search(String query) throws IOException {
        Reply reply = stripe.get("/v1/payment_intents/search?query=" + StripeClient.encode(query));
        assertThat(reply.status()).as(reply.text()).isEqualTo(200);
        return idsOf(reply.body());
    }

    private static List<String> idsOf(JsonObject page) {
        JsonArray data = page.getJsonArray("data");
        return IntStream.range(0, data.size())
                .mapToObj(i -> data.getJsonObject(i).getString("id"))
                .toList();
    }

    private static String status(String id) throws IOException {
        return stripe.get("/v1/payment_intents/" + id).body().getString("status");
    }

    private static String path(String id, String verb) {
        return "/v1/payment_intents/" + id + "/" + verb;
    }
}
