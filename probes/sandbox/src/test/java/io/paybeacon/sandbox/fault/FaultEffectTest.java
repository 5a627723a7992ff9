package io.paybeacon.sandbox.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.StripeClient;
import io.paybeacon.sandbox.StripeClient.Reply;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.vertx.core.json.DecodeException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each fault as a client meets it, and what it leaves in the books. */
class FaultEffectTest {
    private static final String[] CREATE = {
        "amount", "1000", "currency", "zar", "payment_method", "pm_card_visa", "confirm", "true"
    };
    private Sandbox sandbox;
    private StripeClient stripe;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(StripeClient.options());
        stripe = new StripeClient(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @ParameterizedTest
    @CsvSource({
        "429, rate_limit, invalid_request_error",
        "500, , api_error",
        "502, , api_error",
        "503, , api_error",
        "504, , api_error",
    })
    void status_answersInTheGatewaysShapeAndBooksNothing(int status, String code, String type)
            throws IOException {
        sandbox.faults().install("payment_intents.create:status=" + status);
        Reply reply = stripe.post("/v1/payment_intents", CREATE);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.error().getString("type")).isEqualTo(type);
        assertThat(reply.error().getString("code")).isEqualTo(code);
        assertThat(sandbox.ledger().payments()).isEmpty();
    }

    @Test
    void status503AfterCommit_booksAndTheKeyTellsTheTruthLater() throws IOException {
        sandbox.faults().install("payment_intents.create:status=503,when=after,count=1");
        assertThat(stripe.postKeyed("k", "/v1/payment_intents", CREATE).status()).isEqualTo(503);
        assertThat(sandbox.ledger().payments()).hasSize(1);
        Reply retry = stripe.postKeyed("k", "/v1/payment_intents", CREATE);
        assertThat(retry.status()).isEqualTo(200);
        assertThat(retry.replayed()).isTrue();
        assertThat(sandbox.ledger().payments()).hasSize(1);
    }

    @Test
    void latency_isAsLongAsAsked() throws IOException {
        sandbox.faults().install("balance.retrieve:latency=300ms");
        long start = System.nanoTime();
        assertThat(stripe.get("/v1/balance").status()).isEqualTo(200);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThanOrEqualTo(Duration.ofMillis(300));
    }

    @Test
    void reset_isATcpReset() throws IOException {
        sandbox.faults().install("balance.retrieve:reset");
        URI uri = URI.create(sandbox.baseUrl());
        try (Socket socket = new Socket(uri.getHost(), uri.getPort())) {
            socket.setSoTimeout(5_000);
            String request =
                    "GET /v1/balance HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer "
                            + sandbox.apiKey()
                            + "\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            assertThatThrownBy(() -> socket.getInputStream().read())
                    .isInstanceOf(SocketException.class)
                    .hasMessageContaining("reset");
        }
    }

    @Test
    void resetBefore_booksNothing() throws IOException {
        String id = stripe.pay(1000, "pm_card_visa", "manual").id();
        sandbox.faults().install("payment_intents.capture:reset,when=before,count=1");
        assertThatThrownBy(() -> stripe.postKeyed("c", capture(id)))
                .isInstanceOf(IOException.class);
        assertThat(entry(id).capturedMinor()).isZero();
        assertThat(stripe.postKeyed("c", capture(id)).replayed()).isFalse();
        assertThat(entry(id).capturedMinor()).isEqualTo(1000);
    }

    @Test
    void resetAfter_isALostResponseThatTheKeyRecovers() throws IOException {
        String id = stripe.pay(1000, "pm_card_visa", "manual").id();
        sandbox.faults().install("payment_intents.capture:reset,when=after,count=1");
        assertThatThrownBy(() -> stripe.postKeyed("c", capture(id)))
                .isInstanceOf(IOException.class);
        assertThat(entry(id).capturedMinor()).isEqualTo(1000);
        Reply recovered = stripe.postKeyed("c", capture(id));
        assertThat(recovered.status()).isEqualTo(200);
        assertThat(recovered.replayed()).isTrue();
        assertThat(entry(id).capturedMinor()).isEqualTo(1000);
    }

    @ParameterizedTest
    @CsvSource({"before, 0", "after, 1000"})
    void blackHole_neverAnswers(String when, long captured) throws IOException {
        String id = stripe.pay(1000, "pm_card_visa", "manual").id();
        sandbox.faults().install("payment_intents.capture:blackhole,count=1,when=" + when);
        StripeClient impatient = stripe.withTimeout(Duration.ofMillis(700));
        assertThatThrownBy(() -> impatient.post(capture(id)))
                .isInstanceOf(HttpTimeoutException.class);
        assertThat(entry(id).capturedMinor()).isEqualTo(captured);
    }

    @Test
    void blackHole_beforeCommit_freesTheKeyWhenTheClientLeaves() {
        sandbox.faults().install("payment_intents.create:blackhole,count=1");
        StripeClient impatient = stripe.withTimeout(Duration.ofMillis(300));
        assertThatThrownBy(() -> impatient.postKeyed("k", "/v1/payment_intents", CREATE))
                .isInstanceOf(HttpTimeoutException.class);
        await().until(() -> stripe.postKeyed("k", "/v1/payment_intents", CREATE).status() == 200);
        assertThat(sandbox.ledger().payments()).hasSize(1);
    }

    @Test
    void drip_tricklesTheWholeBody() throws IOException {
        sandbox.faults().install("balance.retrieve:drip=300");
        long start = System.nanoTime();
        Reply reply = stripe.get("/v1/balance");
        assertThat(reply.body().getString("object")).isEqualTo("balance");
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        assertThat(millis).isGreaterThan(reply.text().length() * 1_000L / 300 / 2);
    }

    @Test
    void malformed_isBrokenJsonUnderA200() throws IOException {
        sandbox.faults().install("balance.retrieve:malformed");
        Reply reply = stripe.get("/v1/balance");
        assertThat(reply.status()).isEqualTo(200);
        assertThatThrownBy(reply::body).isInstanceOf(DecodeException.class);
    }

    @Test
    void wrongAmount_isAnsweredAndBooked() throws IOException {
        sandbox.faults().install("payment_intents.capture:amount_offset=1");
        String id = stripe.pay(1000, "pm_card_visa", "manual").id();
        Reply captured = stripe.post(capture(id));
        assertThat(captured.body().getLong("amount_received")).isEqualTo(1001);
        assertThat(entry(id).capturedMinor()).isEqualTo(1001);
        assertThat(entry(id).heldMinor()).isZero();
    }

    @Test
    void wrongAmount_atCreation_isTheIntentsAmount() throws IOException {
        sandbox.faults().install("payment_intents.create:amount_offset=1");
        Reply paid = stripe.post("/v1/payment_intents", CREATE);
        assertThat(paid.body().getLong("amount")).isEqualTo(1001);
        assertThat(paid.body().getLong("amount_received")).isEqualTo(1001);
    }

    @Test
    void decline_overridesAGoodCard() throws IOException {
        sandbox.faults().install("payment_intents.create:decline=do_not_honor");
        Reply reply = stripe.post("/v1/payment_intents", CREATE);
        assertThat(reply.status()).isEqualTo(402);
        assertThat(reply.error().getString("decline_code")).isEqualTo("do_not_honor");
    }

    @Test
    void scopeProbe_followsThePaymentToItsCapture() throws IOException {
        sandbox.faults().install("payment_intents.capture:status=500,scope=probe");
        String market = stripe.pay(1000, "pm_card_visa", "manual").id();
        String probe =
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
                                "capture_method",
                                "manual",
                                "metadata[paybeacon_run]",
                                "r1")
                        .id();
        assertThat(stripe.post(capture(market)).status()).isEqualTo(200);
        assertThat(stripe.post(capture(probe)).status()).isEqualTo(500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fault\": \"balance.retrieve:status=503\"}",
                "{\"operation\": \"balance.retrieve\", \"status\": 503}",
            })
    void overHttp_faultsAreInstalledListedAndRemoved(String json) throws IOException {
        Reply installed = stripe.postJson("/_sandbox/faults", json);
        assertThat(installed.status()).isEqualTo(200);
        assertThat(stripe.get("/v1/balance").status()).isEqualTo(503);
        Reply listed = stripe.get("/_sandbox/faults");
        assertThat(listed.body().getJsonArray("faults").getJsonObject(0).getInteger("struck"))
                .isEqualTo(1);
        assertThat(stripe.delete("/_sandbox/faults/" + installed.id()).status()).isEqualTo(200);
        assertThat(stripe.get("/v1/balance").status()).isEqualTo(200);
        assertThat(stripe.delete("/_sandbox/faults/fault_99").status()).isEqualTo(400);
        stripe.postJson("/_sandbox/faults", json);
        stripe.delete("/_sandbox/faults");
        assertThat(stripe.get("/v1/balance").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            quoteCharacter = '`',
            value = {
                "{\"operation\": \"balance.retrieve\", \"statsu\": 503} > unknown name 'statsu'",
                "{\"operation\": \"balance.read\", \"status\": 503} > known: *",
                "{\"operation\": \"webhooks\", \"lost\": {}} > 'lost' is neither",
                "{\"fault\": \"nonsense\"} > no ':'",
                "[] > not a JSON object",
                "{ > not a JSON object",
                "`` > not a JSON object",
            })
    void overHttp_wrongFaultsAreRefusedWithTheReason(String json, String reason)
            throws IOException {
        Reply reply = stripe.postJson("/_sandbox/faults", json == null ? "" : json);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body().getString("error")).contains(reason).contains("Grammar:");
        assertThat(sandbox.faults().list()).isEmpty();
    }

    private LedgerEntry entry(String id) {
        return sandbox.ledger().payment(id).orElseThrow();
    }

    private static String capture(String id) {
        return "/v1/payment_intents/" + id + "/capture";
    }
}
