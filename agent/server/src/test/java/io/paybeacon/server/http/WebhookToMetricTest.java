package io.paybeacon.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.EmbeddedEngine;
import io.paybeacon.embedded.EngineOptions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the bytes of a webhook through the real engine to what people and Prometheus read. */
class WebhookToMetricTest {
    private static final String CAPTURED =
            "paybeacon_payment_captured_minor_units_total{currency=\"EUR\",gateway=\"stripe_eu\"}";

    @TempDir private Path directory;
    private Door door;
    private EmbeddedEngine engine;

    @BeforeEach
    void open() throws IOException {
        door = new Door(directory.resolve("findings"));
        start();
    }

    @AfterEach
    void close() {
        engine.close();
        door.close();
    }

    private void start() throws IOException {
        engine =
                EmbeddedEngine.open(
                        EngineOptions.in(directory.resolve("engine")),
                        Pipeline.standard(),
                        Reference.defaults(),
                        InstantSource.fixed(Door.NOW),
                        door.findings);
        door.started = Optional.of(engine);
    }

    @Test
    void webhook_becomesAPaymentAndMoney_once_howeverOftenItComes_andAfterARestart()
            throws Exception {
        String body = Door.succeeded("pi_1", "\"order_id\":\"o-1\"");

        for (int i = 0; i < 3; i++) {
            assertThat(door.webhook("stripe_eu", body).statusCode()).isEqualTo(200);
        }
        assertCaptured();

        engine.close();
        assertThat(door.webhook("stripe_eu", body).statusCode()).isEqualTo(503);
        assertThat(door.get("/api/v1/payments/pi_1").statusCode()).isEqualTo(503);
        start();
        assertThat(door.webhook("stripe_eu", body).statusCode()).isEqualTo(200);
        assertCaptured();
    }

    private void assertCaptured() throws Exception {
        JsonObject payment = new JsonObject(door.get("/api/v1/payments/pi_1").body());
        assertThat(payment.getString("status")).isEqualTo("captured");
        assertThat(payment.getJsonArray("captured").getJsonObject(0).getString("formatted"))
                .isEqualTo("10.99 EUR");
        assertThat(payment.getJsonObject("order").getBoolean("paid")).isTrue();
        assertThat(door.metric(CAPTURED)).isEqualTo("1099.0");
        assertThat(door.metric("paybeacon_payments{gateway=\"stripe_eu\",status=\"captured\"}"))
                .isEqualTo("1.0");
    }

    @Test
    void paymentThatStaysOpen_becomesAFinding_thatPeopleCanRead() throws Exception {
        String created =
                Door.succeeded("pi_2", "")
                        .replace("payment_intent.succeeded", "payment_intent.processing")
                        .replace("\"status\":\"succeeded\"", "\"status\":\"processing\"")
                        .replace("\"amount_received\":1099", "\"amount_received\":0");
        assertThat(door.webhook("stripe_eu", created).statusCode()).isEqualTo(200);

        engine.tick(Door.NOW.plus(Duration.ofDays(10))).get(20, TimeUnit.SECONDS);

        await().untilAsserted(() ->
                assertThat(door.get("/api/v1/findings?state=open").body())
                        .contains("stuck_payment", "stripe_eu:pi_2", "10.99 EUR"));
        assertThat(
                        door.metric(
                                "paybeacon_findings_open{gateway=\"stripe_eu\","
                                        + "kind=\"stuck_payment\"}"))
                .isEqualTo("1.0");
        assertThat(door.get("/api/v1/payments/pi_2").body()).contains("\"openFindings\":[{");
    }
}
