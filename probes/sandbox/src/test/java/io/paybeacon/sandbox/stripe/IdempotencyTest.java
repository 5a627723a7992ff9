package io.paybeacon.sandbox.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.StripeClient;
import io.paybeacon.sandbox.StripeClient.Reply;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
    private static final String[] CREATE = {
        "amount", "1000", "currency", "zar", "payment_method", "pm_card_visa", "confirm", "true"
    };
    private static final String[] DECLINED = {
        "amount",
        "1000",
        "currency",
        "zar",
        "payment_method",
        "pm_card_visa_chargeDeclined",
        "confirm",
        "true"
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

    @Test
    void sameKeySameParameters_replaysWithoutDoingItAgain() throws IOException {
        Reply first = stripe.postKeyed("k1", "/v1/payment_intents", CREATE);
        Reply second = stripe.postKeyed("k1", "/v1/payment_intents", CREATE);
        assertThat(first.replayed()).isFalse();
        assertThat(second.replayed()).isTrue();
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(sandbox.ledger().payments()).hasSize(1);
    }

    @Test
    void sameKeyOtherParameters_isAnIdempotencyError() throws IOException {
        stripe.postKeyed("k1", "/v1/payment_intents", CREATE);
        Reply other = stripe.postKeyed("k1", "/v1/payment_intents", DECLINED);
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.error().getString("type")).isEqualTo("idempotency_error");
        Reply otherPath = stripe.postKeyed("k1", "/v1/refunds", CREATE);
        assertThat(otherPath.error().getString("message")).contains("same endpoint");
        assertThat(sandbox.ledger().payments()).hasSize(1);
    }

    @Test
    void decline_isStored() throws IOException {
        Reply first = stripe.postKeyed("k1", "/v1/payment_intents", DECLINED);
        Reply second = stripe.postKeyed("k1", "/v1/payment_intents", DECLINED);
        assertThat(first.status()).isEqualTo(402);
        assertThat(second.status()).isEqualTo(402);
        assertThat(second.replayed()).isTrue();
        assertThat(sandbox.ledger().payments()).hasSize(1);
    }

    @Test
    void serverError_isStoredEvenWhenTheFaultIsOver() throws IOException {
        sandbox.faults().install("payment_intents.create:status=500,count=1");
        assertThat(stripe.postKeyed("k1", "/v1/payment_intents", CREATE).status()).isEqualTo(500);
        Reply replay = stripe.postKeyed("k1", "/v1/payment_intents", CREATE);
        assertThat(replay.status()).isEqualTo(500);
        assertThat(replay.replayed()).isTrue();
        assertThat(stripe.postKeyed("k2", "/v1/payment_intents", CREATE).status()).isEqualTo(200);
    }

    @Test
    void validationErrorAndRateLimit_areNotStored() throws IOException {
        Reply invalid = stripe.postKeyed("k1", "/v1/payment_intents", "amount", "x");
        assertThat(invalid.status()).isEqualTo(400);
        assertThat(stripe.postKeyed("k1", "/v1/payment_intents", CREATE).status()).isEqualTo(200);
        sandbox.faults().install("payment_intents.create:status=429,count=1");
        assertThat(stripe.postKeyed("k2", "/v1/payment_intents", CREATE).status()).isEqualTo(429);
        assertThat(stripe.postKeyed("k2", "/v1/payment_intents", CREATE).status()).isEqualTo(200);
    }

    @Test
    void sameKeyWhileUnderWay_isA409() throws IOException {
        sandbox.faults().install("payment_intents.create:latency=2s,count=1");
        CompletableFuture<Reply> slow = stripe.postAsync("k1", "/v1/payment_intents", CREATE);
        await().until(() -> sandbox.faults().list().getFirst().struck() == 1);
        Reply concurrent = stripe.postKeyed("k1", "/v1/payment_intents", CREATE);
        assertThat(concurrent.status()).isEqualTo(409);
        assertThat(concurrent.error().getString("code")).isEqualTo("idempotency_key_in_use");
        assertThat(slow.join().status()).isEqualTo(200);
        assertThat(stripe.postKeyed("k1", "/v1/payment_intents", CREATE).replayed()).isTrue();
    }

    @Test
    void key_tooLong_isRefused() throws IOException {
        Reply reply = stripe.postKeyed("k".repeat(256), "/v1/payment_intents", CREATE);
        assertThat(reply.status()).isEqualTo(400);
    }
}
