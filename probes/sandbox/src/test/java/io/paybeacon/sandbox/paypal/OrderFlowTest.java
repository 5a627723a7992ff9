package io.paybeacon.sandbox.paypal;

import static io.paybeacon.sandbox.paypal.PayPalClient.card;
import static io.paybeacon.sandbox.paypal.PayPalClient.money;
import static io.paybeacon.sandbox.paypal.PayPalClient.order;
import static io.paybeacon.sandbox.paypal.PayPalClient.paidWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.paypal.PayPalClient.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderFlowTest {
    private Sandbox sandbox;
    private PayPalClient paypal;

    @BeforeEach
    void start() throws IOException {
        sandbox = Sandbox.start(PayPalClient.options());
        paypal = new PayPalClient(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    private LedgerEntry entry(String orderId) {
        return sandbox.gateway(GatewayKind.PAYPAL).ledger().payment(orderId).orElseThrow();
    }

    private Reply create(JsonObject body, String requestId) throws IOException {
        return paypal.post("/v2/checkout/orders", body, "PayPal-Request-Id", requestId);
    }

    @Test
    @DisplayName("An order is created, authorised with a card, captured in parts and refunded")
    void twoSteps() throws IOException {
        Reply created = create(order("AUTHORIZE", "10.99", "USD"), "r1");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.state()).isEqualTo("CREATED");
        assertThat(created.rels()).containsExactly("self", "approve", "update", "authorize");
        assertThat(created.body().containsKey("purchase_units")).isFalse();

        JsonObject payment = paidWith(new JsonObject(), card());
        String path = "/v2/checkout/orders/" + created.id();
        Reply authorized = paypal.post(path + "/authorize", payment, "PayPal-Request-Id", "r2");
        assertThat(authorized.status()).isEqualTo(201);
        assertThat(authorized.state()).isEqualTo("COMPLETED");
        JsonObject authorization = authorized.payment("authorizations");
        assertThat(authorization.getString("status")).isEqualTo("CREATED");
        assertThat(authorization.getString("custom_id")).isEqualTo("paybeacon_run:r1");
        assertThat(authorization.getJsonObject("processor_response").getString("response_code"))
                .isEqualTo("0000");
        assertThat(entry(created.id()).heldMinor()).isEqualTo(1099);

        String held = "/v2/payments/authorizations/" + authorization.getString("id");
        Reply first =
                paypal.post(
                        held + "/capture",
                        new JsonObject().put("amount", money("4.00", "USD")),
                        "Prefer",
                        "return=representation");
        assertThat(first.status()).isEqualTo(201);
        assertThat(first.state()).isEqualTo("COMPLETED");
        assertThat(first.body().getString("custom_id")).isEqualTo("paybeacon_run:r1");
        assertThat(
                        first.body()
                                .getJsonObject("supplementary_data")
                                .getJsonObject("related_ids")
                                .getString("order_id"))
                .isEqualTo(created.id());
        assertThat(paypal.get(held).state()).isEqualTo("PARTIALLY_CAPTURED");
        assertThat(entry(created.id()).heldMinor()).isEqualTo(699);

        Reply rest = paypal.post(held + "/capture", "{\"final_capture\":true}");
        assertThat(rest.body().fieldNames()).containsExactly("id", "status", "links");
        assertThat(paypal.get(held).state()).isEqualTo("CAPTURED");
        assertThat(entry(created.id()).capturedMinor()).isEqualTo(1099);

        Reply refunded = paypal.post("/v2/payments/captures/" + first.id() + "/refund", "{}");
        assertThat(refunded.status()).isEqualTo(201);
        Reply refund = paypal.get("/v2/payments/refunds/" + refunded.id());
        assertThat(refund.state()).isEqualTo("COMPLETED");
        assertThat(refund.body().getString("custom_id")).isEqualTo("paybeacon_run:r1");
        assertThat(refund.body().getJsonObject("amount").getString("value")).isEqualTo("4.00");
        assertThat(paypal.get("/v2/payments/captures/" + first.id()).state()).isEqualTo("REFUNDED");
        assertThat(entry(created.id()).refundedMinor()).isEqualTo(400);
        assertThat(paypal.get(path).payment("refunds").getString("id")).isEqualTo(refunded.id());
    }

    @Test
    @DisplayName("A card in the request that creates an order authorises it at once")
    void oneStep() throws IOException {
        Reply created = create(paidWith(order("AUTHORIZE", "5.00", "EUR"), card()), "r1");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.state()).isEqualTo("COMPLETED");
        JsonObject shown = created.body().getJsonObject("payment_source").getJsonObject("card");
        assertThat(shown.getString("last_digits")).isEqualTo("1881");
        assertThat(shown.getString("brand")).isEqualTo("VISA");
        assertThat(created.text()).doesNotContain(PayPalClient.CARD);
        assertThat(entry(created.id()).heldMinor()).isEqualTo(500);
        assertThat(entry(created.id()).metadata()).containsEntry("paybeacon_run", "r1");
    }

    @Test
    void voidAuthorization_lettingTheHoldGo() throws IOException {
        Reply created = create(paidWith(order("AUTHORIZE", "5.00", "EUR"), card()), "r1");
        String held =
                "/v2/payments/authorizations/" + created.payment("authorizations").getString("id");

        Reply voided = paypal.send("POST", held + "/void", "", "Authorization", "none");
        assertThat(voided.status()).isEqualTo(401);
        voided = paypal.post(held + "/void", "");
        assertThat(voided.status()).isEqualTo(204);
        assertThat(voided.text()).isEmpty();

        assertThat(paypal.get(held).state()).isEqualTo("VOIDED");
        assertThat(paypal.get(held).rels()).containsExactly("self", "up");
        assertThat(entry(created.id()).heldMinor()).isZero();
        assertThat(entry(created.id()).releasedMinor()).isEqualTo(500);
        assertThat(paypal.post(held + "/capture", "{}").issue()).isEqualTo("AUTHORIZATION_VOIDED");
    }

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource({
        "CCREJECT-REFUSED, 0500",
        "CCREJECT-SF, 9500",
        "CCREJECT-EC, 5400",
        "CCREJECT-IRC, 5180",
        "CCREJECT-IF, 5120",
        "CCREJECT-LS, 9520",
        "CCREJECT-IA, 1330",
        "CCREJECT-BANK_ERROR, 5100",
        "CCREJECT-CVV_F, 00N7",
        "CCREJECT-CODE_5910, 5910"
    })
    @DisplayName("A rejection trigger as the name on the card declines with the documented code")
    void declines(String trigger, String code) throws IOException {
        for (String intent : new String[] {"AUTHORIZE", "CAPTURE"}) {
            JsonObject declined = card().put("name", trigger);
            Reply reply = create(paidWith(order(intent, "5.00", "USD"), declined), intent);

            boolean authorizes = intent.equals("AUTHORIZE");
            JsonObject payment = reply.payment(authorizes ? "authorizations" : "captures");
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.state()).isEqualTo("COMPLETED");
            assertThat(payment.getString("status")).isEqualTo(authorizes ? "DENIED" : "DECLINED");
            assertThat(payment.getJsonObject("processor_response"))
                    .isEqualTo(
                            new JsonObject()
                                    .put("avs_code", "G")
                                    .put("cvv_code", "P")
                                    .put("response_code", code));
            assertThat(entry(reply.id()).authorisedMinor()).isZero();
        }
    }

    @Test
    @DisplayName("3-D Secure stops the order until the payer has passed it")
    void threeDSecure() throws IOException {
        JsonObject challenged = card().put("attributes", verification("SCA_ALWAYS"));
        Reply created = create(paidWith(order("AUTHORIZE", "5.00", "USD"), challenged), "r1");
        String path = "/v2/checkout/orders/" + created.id();

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.state()).isEqualTo("PAYER_ACTION_REQUIRED");
        assertThat(created.rels()).containsExactly("self", "payer-action");
        assertThat(entry(created.id()).heldMinor()).isZero();
        Reply early = paypal.post(path + "/authorize", "{}");
        assertThat(early.status()).isEqualTo(422);
        assertThat(early.issue()).isEqualTo("PAYER_ACTION_REQUIRED");
        assertThat(early.rels()).containsExactly("payer-action", "information_link");

        paypal.control("orders/" + created.id() + "/resolve?outcome=fail");
        assertThat(paypal.get(path).state()).isEqualTo("PAYER_ACTION_REQUIRED");
        paypal.control("orders/" + created.id() + "/resolve?outcome=pass");
        Reply approved = paypal.get(path);
        assertThat(approved.state()).isEqualTo("APPROVED");
        assertThat(
                        approved.body()
                                .getJsonObject("payment_source")
                                .getJsonObject("card")
                                .getJsonObject("authentication_result")
                                .getString("liability_shift"))
                .isEqualTo("POSSIBLE");

        Reply authorized = paypal.post(path + "/authorize", "{}");
        assertThat(authorized.payment("authorizations").getString("status")).isEqualTo("CREATED");
        assertThat(entry(created.id()).heldMinor()).isEqualTo(500);
    }

    @Test
    @DisplayName("SCA_WHEN_REQUIRED challenges the cards of enrolled cardholders only")
    void threeDSecure_whenRequired() throws IOException {
        JsonObject frictionless = card().put("attributes", verification("SCA_WHEN_REQUIRED"));
        JsonObject enrolled = frictionless.copy().put("number", "4868719460707704");
        JsonObject order = order("CAPTURE", "5.00", "USD");

        assertThat(create(paidWith(order, frictionless), "r1").state()).isEqualTo("COMPLETED");
        assertThat(create(paidWith(order, enrolled), "r2").state())
                .isEqualTo("PAYER_ACTION_REQUIRED");
    }

    @Test
    @DisplayName("A payer approves in the wallet, then the order can be captured")
    void wallet() throws IOException {
        Reply created = create(order("CAPTURE", "1000", "JPY"), "r1");
        String path = "/v2/checkout/orders/" + created.id();
        assertThat(paypal.post(path + "/capture", "{}").issue()).isEqualTo("ORDER_NOT_APPROVED");

        paypal.control("orders/" + created.id() + "/resolve?outcome=pass");
        Reply captured = paypal.post(path + "/capture", "{}");

        JsonObject capture = captured.payment("captures");
        assertThat(capture.getJsonObject("amount")).isEqualTo(money("1000", "JPY"));
        assertThat(capture.getJsonObject("seller_receivable_breakdown").getJsonObject("net_amount"))
                .isEqualTo(money("942", "JPY"));
        assertThat(capture.containsKey("processor_response")).isFalse();
        assertThat(entry(created.id()).capturedMinor()).isEqualTo(1000);
    }

    @Test
    @DisplayName("An authorisation that runs out lets its hold go")
    void expire() throws IOException {
        Reply created = create(paidWith(order("AUTHORIZE", "5.00", "EUR"), card()), "r1");
        String id = created.payment("authorizations").getString("id");

        assertThat(paypal.control("authorizations/" + id + "/expire").status()).isEqualTo(200);

        assertThat(paypal.get("/v2/payments/authorizations/" + id).state()).isEqualTo("VOIDED");
        assertThat(entry(created.id()).heldMinor()).isZero();
        assertThat(paypal.control("authorizations/" + id + "/expire").status()).isEqualTo(400);
    }

    @Test
    @DisplayName("Faults decline, book a wrong amount, and choose by custom_id")
    void faults() throws IOException {
        var faults = sandbox.gateway(GatewayKind.PAYPAL).faults();
        faults.install("orders.create:decline=5910,scope=probe,count=1");
        JsonObject order = paidWith(order("AUTHORIZE", "5.00", "EUR"), card());
        JsonObject stranger = PayPalClient.withUnit(order, "custom_id", "someone else");

        assertThat(create(stranger, "r1").payment("authorizations").getString("status"))
                .isEqualTo("CREATED");
        assertThat(
                        create(order, "r2")
                                .payment("authorizations")
                                .getJsonObject("processor_response")
                                .getString("response_code"))
                .isEqualTo("5910");

        faults.install("orders.create:amount_offset=1,count=1");
        Reply wrong = create(order, "r3");
        assertThat(wrong.payment("authorizations").getJsonObject("amount").getString("value"))
                .isEqualTo("5.01");
        assertThat(entry(wrong.id()).heldMinor()).isEqualTo(501);
    }

    @Test
    @DisplayName("A decline spike hits one network's cards and no other's")
    void faults_ofOneNetwork() throws IOException {
        sandbox.gateway(GatewayKind.PAYPAL)
                .faults()
                .install("orders.authorize:decline=5910,network=mastercard");
        JsonObject mastercard = card().put("number", "2223000048400011");

        for (JsonObject card : new JsonObject[] {card(), mastercard}) {
            Reply created = create(order("AUTHORIZE", "5.00", "EUR"), card.getString("number"));
            Reply authorized =
                    paypal.post(
                            "/v2/checkout/orders/" + created.id() + "/authorize",
                            paidWith(new JsonObject(), card),
                            "PayPal-Request-Id",
                            "a");
            assertThat(authorized.payment("authorizations").getString("status"))
                    .isEqualTo(card.equals(mastercard) ? "DENIED" : "CREATED");
        }
    }

    @Test
    @DisplayName("A double charge captures and refunds once more under a used request id")
    void faults_doubleCharge() throws IOException {
        Reply created = create(paidWith(order("AUTHORIZE", "5.00", "EUR"), card()), "r1");
        String capture =
                "/v2/payments/authorizations/"
                        + created.payment("authorizations").getString("id")
                        + "/capture";
        sandbox.gateway(GatewayKind.PAYPAL)
                .faults()
                .install("authorizations.capture:double_charge,count=1");

        Reply first = paypal.post(capture, "{}", "PayPal-Request-Id", "c1");
        Reply second = paypal.post(capture, "{}", "PayPal-Request-Id", "c1");

        assertThat(second.status()).isEqualTo(201);
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(entry(created.id()).capturedMinor()).isEqualTo(1000);
        assertThat(entry(created.id()).heldMinor()).isZero();
        for (Reply taken : new Reply[] {first, second}) {
            paypal.post("/v2/payments/captures/" + taken.id() + "/refund", "{}");
        }
        assertThat(entry(created.id()).refundedMinor()).isEqualTo(1000);
    }

    private static JsonObject verification(String method) {
        return new JsonObject().put("verification", new JsonObject().put("method", method));
    }
}
