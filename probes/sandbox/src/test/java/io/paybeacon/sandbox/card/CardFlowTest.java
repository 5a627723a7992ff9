package io.paybeacon.sandbox.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.GatewayClient;
import io.paybeacon.sandbox.GatewayClient.Reply;
import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.WebhookReceiver;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CardFlowTest {
    private static final String SECRET = "hook-secret-of-this-test";
    private Sandbox sandbox;
    private SandboxGateway gateway;
    private GatewayClient card;
    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        sandbox =
                Sandbox.start(
                        SandboxOptions.defaults()
                                .withGateways(Set.of(GatewayKind.CARD))
                                .withWebhookDelay(Duration.ofMillis(1)));
        gateway = sandbox.gateway(GatewayKind.CARD);
        card = Cards.client(sandbox);
        receiver = WebhookReceiver.answering(() -> 200);
        gateway.registerWebhook(receiver.url(), SECRET);
    }

    @AfterEach
    void stop() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void captureAndRefund_moveTheMoneyAndTellIt() throws IOException {
        Reply authorized =
                card.post("/v1/authorizations", Cards.authorization(1099, Cards.APPROVING));
        assertThat(authorized.status()).isEqualTo(201);
        assertThat(authorized.body().getString("status")).isEqualTo("approved");
        assertThat(authorized.body().getString("responseCode")).isEqualTo("00");
        assertThat(authorized.body().getString("approvalCode")).hasSize(6);
        assertThat(authorized.body().getString("networkReference")).isNotEmpty();
        String path = "/v1/authorizations/" + authorized.id();
        assertThat(entry().heldMinor()).isEqualTo(1099);

        Reply captured = card.post(path + "/captures", Cards.amount(1000));
        assertThat(captured.status()).isEqualTo(201);
        assertThat(captured.body().getJsonObject("amount").getLong("value")).isEqualTo(1000);
        assertThat(status(path)).isEqualTo("partially_captured");
        assertThat(card.post(path + "/voids").body().getString("status")).isEqualTo("captured");

        String refunds = "/v1/captures/" + captured.id() + "/refunds";
        Reply part = card.post(refunds, Cards.amount(400));
        assertThat(part.status()).isEqualTo(201);
        assertThat(status(path)).isEqualTo("captured");
        Reply rest = card.post(refunds);
        assertThat(rest.body().getJsonObject("amount").getLong("value")).isEqualTo(600);
        assertThat(status(path)).isEqualTo("refunded");
        assertThat(card.get("/v1/captures/" + captured.id()).body().getLong("refunded"))
                .isEqualTo(1000);
        assertThat(card.get("/v1/refunds/" + rest.id()).body().getString("capture"))
                .isEqualTo(captured.id());

        LedgerEntry entry = entry();
        assertThat(entry.heldMinor()).isZero();
        assertThat(entry.capturedMinor()).isEqualTo(1000);
        assertThat(entry.refundedMinor()).isEqualTo(1000);
        assertThat(entry.releasedMinor()).isEqualTo(99);
        await().untilAsserted(() ->
                assertThat(receiver.types())
                        .containsExactlyInAnyOrder(
                                "authorization.approved",
                                "capture.completed",
                                "authorization.voided",
                                "refund.completed",
                                "refund.completed"));
    }

    @Test
    void severalCaptures_theLastOneFinal_letTheRestGo() throws IOException {
        String path = "/v1/authorizations/" + authorize(1000);
        card.post(path + "/captures", Cards.amount(300));
        JsonObject last = new JsonObject(Cards.amount(500)).put("final", true);
        assertThat(card.post(path + "/captures", last.encode()).status()).isEqualTo(201);
        assertThat(status(path)).isEqualTo("captured");
        assertThat(entry().releasedMinor()).isEqualTo(200);
        assertThat(card.get(path).body().getJsonArray("captures")).hasSize(2);
    }

    @Test
    void captureAtOnce_holdsNothing() throws IOException {
        JsonObject request = Cards.request(1000, Cards.APPROVING).put("capture", true);
        Reply reply = card.post("/v1/authorizations", request.encode());
        assertThat(reply.body().getString("status")).isEqualTo("captured");
        assertThat(reply.body().getJsonArray("captures")).hasSize(1);
        assertThat(entry().capturedMinor()).isEqualTo(1000);
    }

    @Test
    void void_letsTheHoldGo() throws IOException {
        String path = "/v1/authorizations/" + authorize(1000);
        assertThat(card.post(path + "/voids").body().getString("status")).isEqualTo("voided");
        assertThat(entry().releasedMinor()).isEqualTo(1000);
        assertThat(card.post(path + "/voids").errorCode()).isEqualTo("invalid_state");
        assertThat(card.post(path + "/captures").errorCode()).isEqualTo("invalid_state");
    }

    @ParameterizedTest
    @ValueSource(strings = {"05", "14", "51", "54", "91", "96"})
    void declinedByCard_isA402WithTheResponseCode(String code) throws IOException {
        Reply reply =
                card.post("/v1/authorizations", Cards.authorization(1000, Cards.declining(code)));
        assertThat(reply.status()).isEqualTo(402);
        assertThat(reply.body().getString("status")).isEqualTo("declined");
        assertThat(reply.body().getString("responseCode")).isEqualTo(code);
        assertThat(reply.errorCode()).isEqualTo("declined");
        assertThat(reply.body().containsKey("approvalCode")).isFalse();
        assertThat(entry().authorisedMinor()).isZero();
        await().until(() -> receiver.types().contains("authorization.declined"));
    }

    @ParameterizedTest
    @CsvSource({"990051, 402, 51", "990091, 402, 91", "990000, 201, 00", "990099, 201, 00"})
    void declinedByAmount_hasTheAmountsResponseCode(long minor, int status, String code)
            throws IOException {
        Reply reply = card.post("/v1/authorizations", Cards.authorization(minor, Cards.APPROVING));
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.body().getString("responseCode")).isEqualTo(code);
    }

    @Test
    void expiredCard_isDeclinedWith54() throws IOException {
        JsonObject request = Cards.request(1000, Cards.APPROVING);
        request.getJsonObject("card").put("expiryYear", 2020);
        Reply reply = card.post("/v1/authorizations", request.encode());
        assertThat(reply.body().getString("responseCode")).isEqualTo("54");
    }

    @Test
    void challenge_waitsForTheCardholder() throws IOException {
        Reply waiting =
                card.post("/v1/authorizations", Cards.authorization(1000, Cards.CHALLENGING));
        assertThat(waiting.status()).isEqualTo(201);
        assertThat(waiting.body().getString("status")).isEqualTo("challenge_required");
        assertThat(waiting.body().getString("responseCode")).isEqualTo("1A");
        assertThat(entry().heldMinor()).isZero();
        String control = "/_sandbox/authorizations/" + waiting.id();
        assertThat(card.post(control + "/resolve?outcome=pass").status()).isEqualTo(200);
        assertThat(status("/v1/authorizations/" + waiting.id())).isEqualTo("approved");
        assertThat(card.post(control + "/resolve?outcome=pass").status()).isEqualTo(400);
        assertThat(card.post(control + "/expire").status()).isEqualTo(200);
        assertThat(status("/v1/authorizations/" + waiting.id())).isEqualTo("expired");
        assertThat(entry().releasedMinor()).isEqualTo(1000);
    }

    @Test
    void challengeFailedOrGivenUp_leavesNothing() throws IOException {
        String failed =
                card.post("/v1/authorizations", Cards.authorization(1000, Cards.CHALLENGING)).id();
        card.post("/_sandbox/authorizations/" + failed + "/resolve?outcome=fail");
        assertThat(status("/v1/authorizations/" + failed)).isEqualTo("declined");
        String given =
                card.post("/v1/authorizations", Cards.authorization(1000, Cards.CHALLENGING)).id();
        card.post("/v1/authorizations/" + given + "/voids");
        assertThat(status("/v1/authorizations/" + given)).isEqualTo("voided");
        assertThat(gateway.ledger().balances()).isEmpty();
    }

    @Test
    void search_findsByReferenceNewestFirst() throws IOException {
        String first = authorize(100);
        String second = authorize(200);
        JsonArray found =
                card.get("/v1/authorizations?reference=order%2D1").body().getJsonArray("data");
        assertThat(found.stream().map(o -> ((JsonObject) o).getString("id")))
                .containsExactly(second, first);
        assertThat(card.get("/v1/authorizations?reference=none").body().getJsonArray("data"))
                .isEmpty();
    }

    @Test
    void signature_isTheHmacOfTimeDotBody() throws Exception {
        authorize(1000);
        await().until(() -> receiver.deliveries().size() == 1);
        WebhookReceiver.Delivery delivery = receiver.deliveries().getFirst();
        Matcher header =
                Pattern.compile("t=(\\d+),v1=([0-9a-f]{64})")
                        .matcher(delivery.header("X-Signature"));
        assertThat(header.matches()).isTrue();
        assertThat(header.group(2))
                .isEqualTo(Cards.hmac(SECRET, delivery.header("X-Signature"), delivery));
        JsonObject event = delivery.event();
        assertThat(event.getString("id")).startsWith("evt_");
        assertThat(event.getString("created")).endsWith("Z");
        assertThat(event.getJsonObject("data").getString("reference")).isEqualTo("order-1");
    }

    @Test
    void cardNumber_isOnNoSurface() throws IOException {
        Reply reply = card.post("/v1/authorizations", Cards.authorization(1000, Cards.APPROVING));
        await().until(() -> receiver.deliveries().size() == 1);
        String last = Cards.APPROVING.substring(12);
        assertThat(reply.body().getJsonObject("card").getString("lastFour")).isEqualTo(last);
        assertThat(reply.text()).doesNotContain(Cards.APPROVING);
        assertThat(receiver.deliveries().getFirst().body()).doesNotContain(Cards.APPROVING);
        assertThat(gateway.ledger().toJson().encode()).doesNotContain(Cards.APPROVING);
        assertThat(TestCard.of(Cards.APPROVING).orElseThrow().toString())
                .doesNotContain(Cards.APPROVING);
    }

    private String authorize(long minor) throws IOException {
        return card.post("/v1/authorizations", Cards.authorization(minor, Cards.APPROVING)).id();
    }

    private String status(String path) throws IOException {
        return card.get(path).body().getString("status");
    }

    private LedgerEntry entry() {
        return gateway.ledger().payments().getLast();
    }
}
