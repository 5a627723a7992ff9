package io.paybeacon.sandbox.card;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.paybeacon.sandbox.GatewayClient;
import io.paybeacon.sandbox.GatewayClient.Reply;
import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the card processor refuses, and that a refusal books nothing. */
class CardErrorTest {
    private Sandbox sandbox;
    private GatewayClient card;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withGateways(Set.of(GatewayKind.CARD)));
        card = Cards.client(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest(name = "{0} = {1}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    amount         | null                          | invalid_field
                    amount         | {"value": 0, "currency": "EUR"} | invalid_field
                    amount         | {"value": -1, "currency": "EUR"} | invalid_field
                    amount         | {"value": 10.5, "currency": "EUR"} | invalid_field
                    amount         | {"value": "10", "currency": "EUR"} | invalid_field
                    amount         | {"value": 100000000, "currency": "EUR"} | invalid_field
                    amount         | {"value": 10, "currency": "eur"} | invalid_field
                    amount         | {"value": 10, "currency": "QQQ"} | invalid_field
                    amount         | {"value": 10, "currency": "EUR", "unit": 1} | unknown_field
                    reference      | ""                            | invalid_field
                    reference      | 17                            | invalid_field
                    capture        | "yes"                         | invalid_field
                    card           | "none"                        | invalid_field
                    colour         | "red"                         | unknown_field
                    metadata       | {"a": 1}                      | invalid_field
                    """)
    void wrongField_isNamedAndBooksNothing(String field, String value, String code)
            throws IOException {
        JsonObject request = Cards.request(1000, Cards.APPROVING);
        request.put(field, new JsonObject("{\"v\": " + value + "}").getValue("v"));
        Reply reply = card.post("/v1/authorizations", request.encode());
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(reply.body().getJsonObject("error").getString("field")).startsWith(field);
        assertThat(gateway().ledger().payments()).isEmpty();
    }

    static Stream<Arguments> wrongNumbers() {
        String good = Cards.APPROVING;
        String wrongCheck = good.substring(0, 15) + (good.charAt(15) == '0' ? '1' : '0');
        return Stream.of(
                arguments(wrongCheck, "invalid_card_number"),
                arguments(Cards.number(9, 0, 0, "00"), "not_a_test_card"),
                arguments(Cards.number(0, 99, 0, "00"), "not_a_test_card"),
                arguments(Cards.number(0, 0, 9, "00"), "not_a_test_card"),
                arguments(Cards.number(0, 0, 0, "51"), "not_a_test_card"),
                arguments("0".repeat(16), "not_a_test_card"),
                arguments(good.substring(0, 11), "invalid_field"),
                arguments(good + "0000", "invalid_field"),
                arguments(good.replace('0', 'x'), "invalid_field"));
    }

    @ParameterizedTest(name = "case {index}")
    @MethodSource("wrongNumbers")
    void wrongNumber_isRefusedAndNotRepeated(String number, String code) throws IOException {
        Reply reply = card.post("/v1/authorizations", Cards.authorization(1000, number));
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.errorCode()).isEqualTo(code);
        assertThat(reply.text()).doesNotContain(number);
    }

    @Test
    void credentials_areNeeded() throws IOException {
        GatewayClient stranger = GatewayClient.of(gateway());
        assertThat(stranger.get("/v1/authorizations/a").status()).isEqualTo(401);
        Reply wrong =
                stranger.with("Authorization", "Bearer nope").post("/v1/authorizations", "{}");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.errorCode()).isEqualTo("unauthorized");
        assertThat(wrong.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(wrong.text()).doesNotContain("nope");
        assertThat(gateway().requestCount()).isEqualTo(2);
    }

    @Test
    void unknownPathsObjectsAndBodies_areRefusedInTheSameShape() throws IOException {
        assertThat(card.get("/v2/nope").errorCode()).isEqualTo("unknown_path");
        assertThat(card.get("/v1/authorizations/auth_x").errorCode()).isEqualTo("not_found");
        assertThat(card.get("/v1/captures/x").errorCode()).isEqualTo("not_found");
        assertThat(card.get("/v1/refunds/x").errorCode()).isEqualTo("not_found");
        assertThat(card.post("/v1/captures/x/refunds").status()).isEqualTo(404);
        assertThat(card.get("/v1/authorizations").errorCode()).isEqualTo("missing_field");
        assertThat(card.post("/v1/authorizations", "[").errorCode()).isEqualTo("invalid_json");
        assertThat(card.post("/v1/authorizations", "x".repeat(70_000)).status()).isEqualTo(413);
        assertThat(
                        card.with("Content-Type", "text/xml")
                                .post("/v1/authorizations", "<a/>")
                                .status())
                .isEqualTo(415);
    }

    @Test
    void tooMuch_isRefusedWithWhatIsLeft() throws IOException {
        String id = authorize(1000);
        String captures = "/v1/authorizations/" + id + "/captures";
        Reply tooMuch = card.post(captures, Cards.amount(1001));
        assertThat(tooMuch.status()).isEqualTo(422);
        assertThat(tooMuch.errorCode()).isEqualTo("amount_too_large");
        String capture = card.post(captures, Cards.amount(600)).id();
        String refunds = "/v1/captures/" + capture + "/refunds";
        assertThat(card.post(refunds, Cards.amount(601)).errorCode()).isEqualTo("amount_too_large");
        String dollars = Cards.amount(10).replace("EUR", "USD");
        assertThat(card.post(refunds, dollars).errorCode()).isEqualTo("currency_mismatch");
        card.post(refunds);
        assertThat(card.post(refunds).errorCode()).isEqualTo("invalid_state");
    }

    @Test
    void sameKey_sameBody_isTheSameAnswer() throws IOException {
        GatewayClient keyed = card.with("Idempotency-Key", "k1");
        String body = Cards.authorization(1000, Cards.APPROVING);
        Reply first = keyed.post("/v1/authorizations", body);
        Reply again = keyed.post("/v1/authorizations", body);
        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(gateway().ledger().payments()).hasSize(1);
        GatewayClient declined = card.with("Idempotency-Key", "k2");
        String bad = Cards.authorization(1000, Cards.declining("51"));
        String text = declined.post("/v1/authorizations", bad).text();
        assertThat(declined.post("/v1/authorizations", bad).text()).isEqualTo(text);
    }

    @Test
    void sameKey_otherBodyOrPath_isAConflict() throws IOException {
        GatewayClient keyed = card.with("Idempotency-Key", "k1");
        String id =
                keyed.post("/v1/authorizations", Cards.authorization(1000, Cards.APPROVING)).id();
        Reply other = keyed.post("/v1/authorizations", Cards.authorization(1001, Cards.APPROVING));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.errorCode()).isEqualTo("idempotency_conflict");
        assertThat(keyed.post("/v1/authorizations/" + id + "/voids").errorCode())
                .isEqualTo("idempotency_conflict");
        assertThat(gateway().ledger().payments()).hasSize(1);
    }

    @Test
    void sameKey_whileUnderWay_isInProgress() throws IOException {
        gateway().faults().install("authorizations.create:latency=1s,count=1");
        GatewayClient keyed = card.with("Idempotency-Key", "k1");
        String body = Cards.authorization(1000, Cards.APPROVING);
        CompletableFuture<Reply> slow = keyed.postAsync("/v1/authorizations", body);
        await().until(() -> gateway().faults().list().getFirst().struck() == 1);
        Reply hasty = keyed.post("/v1/authorizations", body);
        assertThat(hasty.status()).isEqualTo(409);
        assertThat(hasty.errorCode()).isEqualTo("idempotency_in_progress");
        assertThat(slow.join().status()).isEqualTo(201);
    }

    @Test
    void rateLimit_answers429WithRetryAfter() throws IOException {
        SandboxOptions options =
                SandboxOptions.defaults()
                        .withGateways(Set.of(GatewayKind.CARD))
                        .withRequestsPerSecondMax(1);
        try (Sandbox slow = Sandbox.start(options)) {
            GatewayClient client = Cards.client(slow);
            Reply limited = client.get("/v1/authorizations/a");
            for (int i = 0; i < 50 && limited.status() != 429; i++) {
                limited = client.get("/v1/authorizations/a");
            }
            assertThat(limited.errorCode()).isEqualTo("rate_limited");
            assertThat(limited.header("Retry-After")).isEqualTo("1");
        }
    }

    private SandboxGateway gateway() {
        return sandbox.gateway(GatewayKind.CARD);
    }

    private String authorize(long minor) throws IOException {
        return card.post("/v1/authorizations", Cards.authorization(minor, Cards.APPROVING)).id();
    }
}
