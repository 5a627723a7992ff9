package io.paybeacon.sandbox.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.StripeClient;
import io.paybeacon.sandbox.WebhookReceiver;
import io.paybeacon.sandbox.WebhookReceiver.Delivery;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WebhookTest {
    private static final String SECRET = "whsec_test_only";
    private final AtomicInteger status = new AtomicInteger(200);
    private Sandbox sandbox;
    private StripeClient stripe;
    private WebhookReceiver receiver;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(StripeClient.options().withWebhookDelay(Duration.ofMillis(1)));
        stripe = new StripeClient(sandbox);
        receiver = WebhookReceiver.answering(status::get);
        sandbox.registerWebhook(receiver.url(), SECRET);
    }

    @AfterEach
    void stop() {
        sandbox.close();
        receiver.close();
    }

    @Test
    void manualFlow_tellsEachStep() throws IOException {
        String id = stripe.pay(1000, "pm_card_visa", "manual").id();
        stripe.post("/v1/payment_intents/" + id + "/capture", "amount_to_capture", "600");
        stripe.post("/v1/refunds", "payment_intent", id, "amount", "100");
        awaitTypes(
                "payment_intent.created",
                "charge.succeeded",
                "payment_intent.amount_capturable_updated",
                "charge.captured",
                "payment_intent.succeeded",
                "charge.refunded",
                "refund.created",
                "charge.refunded",
                "refund.updated",
                "charge.refund.updated");
        Delivery succeeded = first("payment_intent.succeeded");
        assertThat(succeeded.object().getLong("amount_received")).isEqualTo(600);
        assertThat(succeeded.event().getString("object")).isEqualTo("event");
        assertThat(succeeded.event().getString("id")).startsWith("evt_");
        assertThat(succeeded.event().getJsonObject("request").getString("id")).startsWith("req_");
        assertThat(first("charge.succeeded").object().getBoolean("captured")).isFalse();
    }

    @Test
    void declinedChallengedAndCanceled_areToldToo() throws IOException {
        stripe.pay(1000, "pm_card_visa_chargeDeclined", "automatic");
        String waiting = stripe.pay(1000, "pm_card_authenticationRequired", "automatic").id();
        stripe.post("/v1/payment_intents/" + waiting + "/cancel");
        String held = stripe.pay(1000, "pm_card_visa", "manual").id();
        sandbox.gateway().expire(held);
        stripe.pay(1000, "pm_sandbox_visa_ZA_processing", "automatic");
        awaitTypes(
                "payment_intent.created",
                "charge.failed",
                "payment_intent.payment_failed",
                "payment_intent.created",
                "payment_intent.requires_action",
                "payment_intent.canceled",
                "payment_intent.created",
                "charge.succeeded",
                "payment_intent.amount_capturable_updated",
                "charge.expired",
                "payment_intent.canceled",
                "payment_intent.created",
                "payment_intent.processing");
    }

    @Test
    void signature_isTheHmacOfTimeDotBody() throws Exception {
        stripe.pay(1000, "pm_card_visa", "automatic");
        await().until(() -> receiver.deliveries().size() == 3);
        for (Delivery delivery : receiver.deliveries()) {
            Matcher header =
                    Pattern.compile("t=(\\d+),v1=([0-9a-f]{64})").matcher(delivery.signature());
            assertThat(header.matches()).as(delivery.signature()).isTrue();
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(header.group(1).getBytes(StandardCharsets.UTF_8));
            mac.update((byte) '.');
            StringBuilder hex = new StringBuilder();
            for (byte b : mac.doFinal(delivery.body().getBytes(StandardCharsets.UTF_8))) {
                hex.append(String.format("%02x", b));
            }
            assertThat(header.group(2)).isEqualTo(hex.toString());
        }
    }

    @Test
    void twoEndpoints_getTheSameEventUnderTheirOwnSecrets() throws IOException {
        try (WebhookReceiver other = WebhookReceiver.answering(() -> 204)) {
            sandbox.registerWebhook(other.url(), "whsec_other");
            stripe.post("/v1/payment_intents", "amount", "1000", "currency", "zar");
            await().until(() -> other.deliveries().size() + receiver.deliveries().size() == 2);
            Delivery a = receiver.deliveries().getFirst();
            Delivery b = other.deliveries().getFirst();
            assertThat(a.event().getString("id")).isEqualTo(b.event().getString("id"));
            assertThat(a.event().getInteger("pending_webhooks")).isEqualTo(2);
            assertThat(a.signature()).isNotEqualTo(b.signature());
        }
    }

    @Test
    void refusedDelivery_isRepeatedWithTheSameEvent() throws IOException {
        status.set(500);
        stripe.post("/v1/payment_intents", "amount", "1000", "currency", "zar");
        await().until(() -> receiver.deliveries().size() == 1);
        status.set(200);
        await().until(() -> receiver.deliveries().size() == 2);
        assertThat(ids()).hasSize(1);
        await().until(() -> sandbox.webhookCounts().delivered() == 1);
        assertThat(sandbox.webhookCounts().failedAttempts()).isEqualTo(1);
        assertThat(sandbox.webhookCounts().waiting()).isZero();
    }

    @Test
    void faultLost_ofOneType_isNeverDelivered() throws IOException {
        sandbox.faults().install("webhooks:lost,events=payment_intent.succeeded");
        stripe.pay(1000, "pm_card_visa", "automatic");
        await().until(() -> sandbox.webhookCounts().lost() == 1);
        awaitTypes("payment_intent.created", "charge.succeeded");
    }

    @Test
    void faultDuplicated_deliversTheSameIdAgain() throws IOException {
        sandbox.faults().install("webhooks:duplicated=3");
        stripe.post("/v1/payment_intents", "amount", "1000", "currency", "zar");
        await().until(() -> receiver.deliveries().size() == 3);
        assertThat(ids()).hasSize(1);
    }

    @Test
    void faultDelayed_ofAType_comesAfterTheOthers() throws IOException {
        sandbox.faults().install("webhooks:delayed=700ms,events=payment_intent.created");
        stripe.pay(1000, "pm_card_visa", "automatic");
        await().until(() -> receiver.deliveries().size() == 3);
        assertThat(receiver.types().getLast()).isEqualTo("payment_intent.created");
    }

    @Test
    void faultReordered_losesNothing() throws IOException {
        sandbox.faults().install("webhooks:reordered=300ms");
        for (int i = 0; i < 10; i++) {
            stripe.pay(1000, "pm_card_visa", "automatic");
        }
        await().until(() -> receiver.deliveries().size() == 30);
        assertThat(ids()).hasSize(30);
        List<String> inOrder =
                Collections.nCopies(
                                10,
                                List.of(
                                        "payment_intent.created",
                                        "charge.succeeded",
                                        "payment_intent.succeeded"))
                        .stream()
                        .flatMap(List::stream)
                        .toList();
        assertThat(receiver.types()).isNotEqualTo(inOrder);
    }

    @Test
    void queue_full_dropsAndCounts() throws IOException {
        sandbox.faults().install("webhooks:duplicated=10,for=1h");
        sandbox.faults().install("webhooks:delayed=1h");
        for (int i = 0; i < 350; i++) {
            stripe.pay(1000, "pm_card_visa", "automatic");
        }
        await().until(() -> sandbox.webhookCounts().events() == 1_050);
        assertThat(sandbox.webhookCounts().waiting()).isEqualTo(10_000);
        assertThat(sandbox.webhookCounts().dropped()).isEqualTo(500);
    }

    @Test
    void faultScopeProbe_sparesTheMarket() throws IOException {
        sandbox.faults().install("webhooks:lost,scope=probe");
        stripe.post(
                "/v1/payment_intents",
                "amount",
                "10",
                "currency",
                "zar",
                "metadata[paybeacon_run]",
                "r1");
        stripe.post("/v1/payment_intents", "amount", "20", "currency", "zar");
        await().until(() -> receiver.deliveries().size() == 1);
        await().until(() -> sandbox.webhookCounts().lost() == 1);
        assertThat(receiver.deliveries().getFirst().object().getLong("amount")).isEqualTo(20);
    }

    @Test
    void url_ofAnotherMachine_isRefused() {
        assertThatThrownBy(() -> sandbox.registerWebhook("http://example.com/x", SECRET))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("http://example.com/x");
        assertThatThrownBy(() -> sandbox.registerWebhook(receiver.url(), ""))
                .hasMessageContaining("secret");
        assertThat(WebhookEndpoint.of(receiver.url(), SECRET).toString()).doesNotContain(SECRET);
    }

    private void awaitTypes(String... types) {
        await().untilAsserted(() -> assertThat(receiver.types()).containsExactlyInAnyOrder(types));
    }

    private Delivery first(String type) {
        return receiver.deliveries().stream()
                .filter(d -> d.type().equals(type))
                .findFirst()
                .orElseThrow();
    }

    private Set<String> ids() {
        return receiver.deliveries().stream()
                .map(Delivery::event)
                .map((JsonObject e) -> e.getString("id"))
                .collect(Collectors.toSet());
    }
}
