package io.paybeacon.sandbox.paypal;

import static io.paybeacon.sandbox.paypal.PayPalClient.card;
import static io.paybeacon.sandbox.paypal.PayPalClient.order;
import static io.paybeacon.sandbox.paypal.PayPalClient.paidWith;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.paypal.PayPalClient.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestIdTest {
    private static final String ORDERS = "/v2/checkout/orders";

    private final AtomicReference<Instant> now =
            new AtomicReference<>(Instant.parse("2026-11-22T12:00:00Z"));
    private Sandbox sandbox;
    private SandboxGateway gateway;
    private PayPalClient paypal;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(PayPalClient.options().withClock(now::get));
        gateway = sandbox.gateway(GatewayKind.PAYPAL);
        paypal = new PayPalClient(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private Reply post(String path, JsonObject body, String requestId) throws IOException {
        return paypal.post(path, body, "PayPal-Request-Id", requestId);
    }

    @Test
    @DisplayName("The same request id brings back what has become of the order, with 200")
    void orders() throws IOException {
        JsonObject body = paidWith(order("AUTHORIZE", "5.00", "USD"), card());
        Reply first = post(ORDERS, body, "r1");
        String authorization = first.payment("authorizations").getString("id");
        paypal.post("/v2/payments/authorizations/" + authorization + "/void", "");

        Reply again = post(ORDERS, body, "r1");

        assertThat(first.status()).isEqualTo(201);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.payment("authorizations").getString("id")).isEqualTo(authorization);
        assertThat(again.payment("authorizations").getString("status")).isEqualTo("VOIDED");
        assertThat(gateway.ledger().payments()).hasSize(1);
    }

    @Test
    @DisplayName("Capture, refund and void happen once under one request id")
    void payments() throws IOException {
        JsonObject body = paidWith(order("AUTHORIZE", "5.00", "USD"), card());
        JsonObject none = new JsonObject();
        String held =
                "/v2/payments/authorizations/"
                        + post(ORDERS, body, "r1").payment("authorizations").getString("id");
        Reply capture = post(held + "/capture", none, "c1");
        assertThat(post(held + "/capture", none, "c1").id()).isEqualTo(capture.id());
        String refund = "/v2/payments/captures/" + capture.id() + "/refund";
        Reply refunded = post(refund, none, "f1");
        Reply again = post(refund, none, "f1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.id()).isEqualTo(refunded.id());

        String other =
                "/v2/payments/authorizations/"
                        + post(ORDERS, body, "r2").payment("authorizations").getString("id");
        assertThat(post(other + "/void", none, "v1").status()).isEqualTo(204);
        assertThat(post(other + "/void", none, "v1").status()).isEqualTo(204);
        assertThat(post(other + "/void", none, "v2").issue()).isEqualTo("PREVIOUSLY_VOIDED");

        var sum = gateway.ledger().balances().get("USD");
        assertThat(sum.capturedMinor()).isEqualTo(500);
        assertThat(sum.refundedMinor()).isEqualTo(500);
        assertThat(sum.releasedMinor()).isEqualTo(500);
    }

    @Test
    @DisplayName("A request id counts for one path, and a refused request does not use it up")
    void scope() throws IOException {
        JsonObject body = order("AUTHORIZE", "5.00", "USD");
        Reply first = post(ORDERS, body, "same");
        String path = ORDERS + "/" + first.id() + "/authorize";

        assertThat(post(path, new JsonObject(), "same").issue()).isEqualTo("ORDER_NOT_APPROVED");
        Reply authorized = post(path, paidWith(new JsonObject(), card()), "same");

        assertThat(authorized.status()).isEqualTo(201);
        assertThat(authorized.payment("authorizations").getString("status")).isEqualTo("CREATED");
    }

    @ParameterizedTest(name = "{0}: the order is done once and shown by the repetition")
    @ValueSource(
            strings = {
                "status=500",
                "status=503",
                "status=500,when=after",
                "status=503,when=after",
                "reset",
                "reset,when=after"
            })
    @DisplayName("After server trouble or a lost answer the same request id tells the truth")
    void trouble(String effect) throws IOException {
        JsonObject body = paidWith(order("CAPTURE", "5.00", "USD"), card());
        gateway.faults().install("orders.create:" + effect + ",count=1");

        if (effect.startsWith("reset")) {
            assertThatThrownBy(() -> post(ORDERS, body, "r1")).isInstanceOf(IOException.class);
        } else {
            assertThat(post(ORDERS, body, "r1").status()).isGreaterThanOrEqualTo(500);
        }
        Reply again = post(ORDERS, body, "r1");

        assertThat(again.status()).isIn(200, 201);
        assertThat(again.payment("captures").getString("status")).isEqualTo("COMPLETED");
        assertThat(gateway.ledger().payments()).hasSize(1);
        assertThat(gateway.ledger().balances().get("USD").capturedMinor()).isEqualTo(500);
    }

    @Test
    @DisplayName("PayPal forgets the request ids of orders after six hours, of payments after 45 d")
    void retention() throws IOException {
        JsonObject body = paidWith(order("AUTHORIZE", "5.00", "USD"), card());
        Reply first = post(ORDERS, body, "r1");
        String held =
                "/v2/payments/authorizations/" + first.payment("authorizations").getString("id");
        Reply capture = post(held + "/capture", new JsonObject(), "c1");

        pass(RequestIds.ORDERS_LAST.minusSeconds(1));
        assertThat(post(ORDERS, body, "r1").id()).isEqualTo(first.id());
        pass(Duration.ofSeconds(1));
        assertThat(post(ORDERS, body, "r1").id()).isNotEqualTo(first.id());

        pass(RequestIds.PAYMENTS_LAST.minus(RequestIds.ORDERS_LAST).minusSeconds(1));
        assertThat(post(held + "/capture", new JsonObject(), "c1").id()).isEqualTo(capture.id());
        pass(Duration.ofSeconds(1));
        assertThat(post(held + "/capture", new JsonObject(), "c1").issue())
                .isEqualTo("AUTHORIZATION_ALREADY_CAPTURED");
    }

    @Test
    @DisplayName("A token is worth nothing after nine hours, nor after it was revoked")
    void tokens() throws IOException {
        Reply first = post(ORDERS, order("CAPTURE", "1.00", "USD"), "r1");
        now.updateAndGet(t -> t.plus(Tokens.LASTS));
        Reply late = paypal.get(ORDERS + "/" + first.id());
        assertThat(late.status()).isEqualTo(401);
        assertThat(late.body().getString("error")).isEqualTo("invalid_token");

        paypal.signIn();
        assertThat(paypal.get(ORDERS + "/" + first.id()).status()).isEqualTo(200);
        paypal.control("tokens/revoke");
        assertThat(paypal.get(ORDERS + "/" + first.id()).status()).isEqualTo(401);
    }

    @Test
    void authorization_expired() throws IOException {
        JsonObject body = paidWith(order("AUTHORIZE", "5.00", "USD"), card());
        String held =
                "/v2/payments/authorizations/"
                        + post(ORDERS, body, "r1").payment("authorizations").getString("id");
        pass(PayPalJson.AUTHORIZATION_LASTS.plusSeconds(1));

        assertThat(post(held + "/capture", new JsonObject(), "c1").issue())
                .isEqualTo("AUTHORIZATION_EXPIRED");
    }

    private void pass(Duration time) throws IOException {
        now.updateAndGet(t -> t.plus(time));
        paypal.signIn();
    }
}
