package io.paybeacon.sandbox.paypal;

import static io.paybeacon.sandbox.paypal.PayPalClient.card;
import static io.paybeacon.sandbox.paypal.PayPalClient.money;
import static io.paybeacon.sandbox.paypal.PayPalClient.order;
import static io.paybeacon.sandbox.paypal.PayPalClient.paidWith;
import static io.paybeacon.sandbox.paypal.PayPalClient.withUnit;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.paypal.PayPalClient.Reply;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PayPalErrorTest {
    private static Sandbox sandbox;
    private static PayPalClient paypal;

    @BeforeAll
    static void start() throws IOException {
        sandbox = Sandbox.start(PayPalClient.options());
        paypal = new PayPalClient(sandbox);
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    private static final JsonObject ORDER = order("AUTHORIZE", "10.99", "USD");

    static Stream<Arguments> wrongOrders() {
        JsonObject none = new JsonObject();
        return Stream.of(
                wrong("not JSON", "{", 400, "MALFORMED_REQUEST_JSON", "/"),
                wrong("an array", "[]", 400, "MALFORMED_REQUEST_JSON", "/"),
                wrong("nothing", none, 400, "MISSING_REQUIRED_PARAMETER", "/intent"),
                wrong(
                        "other intent",
                        ORDER.copy().put("intent", "SALE"),
                        400,
                        "INVALID_PARAMETER_VALUE",
                        "/intent"),
                wrong(
                        "no unit",
                        new JsonObject().put("intent", "CAPTURE"),
                        400,
                        "MISSING_REQUIRED_PARAMETER",
                        "/purchase_units"),
                wrong(
                        "unit of the wrong type",
                        "{\"intent\":\"CAPTURE\",\"purchase_units\":[1]}",
                        400,
                        "INVALID_PARAMETER_SYNTAX",
                        "/purchase_units/0"),
                wrong(
                        "no amount",
                        "{\"intent\":\"CAPTURE\",\"purchase_units\":[{}]}",
                        400,
                        "MISSING_REQUIRED_PARAMETER",
                        "/purchase_units/0/amount"),
                wrong(
                        "custom_id too long",
                        withUnit(ORDER, "custom_id", "x".repeat(128)),
                        400,
                        "INVALID_STRING_LENGTH",
                        "/purchase_units/0/custom_id"),
                wrong(
                        "two units",
                        "{\"intent\":\"CAPTURE\",\"purchase_units\":[{},{}]}",
                        422,
                        "MSP_NOT_SUPPORTED",
                        "/purchase_units"),
                wrong(
                        "unknown source",
                        ORDER.copy().put("payment_source", none),
                        400,
                        "NOT_SUPPORTED",
                        "/payment_source"),
                ofCard("number", "4012888888881882", 422, "VALIDATION_ERROR"),
                ofCard("number", "4012", 400, "INVALID_PARAMETER_SYNTAX"),
                ofCard("expiry", "2020-01", 422, "CARD_EXPIRED"),
                ofCard("expiry", "12/30", 400, "INVALID_PARAMETER_SYNTAX"),
                ofCard("security_code", "12", 400, "INVALID_PARAMETER_SYNTAX"));
    }

    static Stream<Arguments> wrongAmounts() {
        return Stream.of(
                amount("10,99", "USD", 400, "INVALID_PARAMETER_SYNTAX", "value"),
                amount("1e2", "USD", 400, "INVALID_PARAMETER_SYNTAX", "value"),
                amount("0.00", "USD", 422, "CANNOT_BE_ZERO_OR_NEGATIVE", "value"),
                amount("-1", "USD", 422, "CANNOT_BE_ZERO_OR_NEGATIVE", "value"),
                amount("1.001", "USD", 422, "DECIMAL_PRECISION", "value"),
                amount("1.5", "JPY", 422, "DECIMALS_NOT_SUPPORTED", "value"),
                amount("10000000", "USD", 422, "MAX_VALUE_EXCEEDED", "value"),
                amount("1.00", "XXX", 422, "INVALID_CURRENCY_CODE", "currency_code"),
                amount("1.00", "usd", 422, "INVALID_CURRENCY_CODE", "currency_code"));
    }

    private static Arguments wrong(
            String what, Object body, int status, String issue, String field) {
        return Arguments.of(what, body.toString(), status, issue, field);
    }

    private static Arguments amount(
            String value, String currency, int status, String issue, String field) {
        JsonObject order = withUnit(ORDER, "amount", money(value, currency));
        return wrong(
                value + " " + currency, order, status, issue, "/purchase_units/0/amount/" + field);
    }

    private static Arguments ofCard(String field, String value, int status, String issue) {
        JsonObject order = paidWith(ORDER, card().put(field, value));
        return wrong("a " + field, order, status, issue, "/payment_source/card/" + field);
    }

    @ParameterizedTest(name = "{0} -> {2} {3}")
    @MethodSource({"wrongOrders", "wrongAmounts"})
    void createOrder_wrong(String what, String body, int status, String issue, String field)
            throws IOException {
        Reply reply =
                paypal.post("/v2/checkout/orders", body, "PayPal-Request-Id", "wrong-" + what);

        assertThat(reply.status()).as(reply.text()).isEqualTo(status);
        assertThat(reply.body().getString("name"))
                .isEqualTo(status == 400 ? "INVALID_REQUEST" : "UNPROCESSABLE_ENTITY");
        assertThat(reply.body().getString("message")).isNotEmpty();
        assertThat(reply.body().getString("debug_id")).isNotEmpty();
        assertThat(reply.issue()).isEqualTo(issue);
        assertThat(reply.body().getJsonArray("details").getJsonObject(0).getString("field"))
                .isEqualTo(field);
        assertThat(reply.rels()).containsExactly("information_link");
        assertThat(reply.text()).doesNotContain("401288888888");
    }

    @Test
    void createOrder_cardWithoutRequestId() throws IOException {
        Reply reply = paypal.post("/v2/checkout/orders", paidWith(ORDER, card()));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.issue()).isEqualTo("PAYPAL_REQUEST_ID_REQUIRED");
    }

    @Test
    @DisplayName("An invoice is paid by one order")
    void duplicateInvoice() throws IOException {
        JsonObject order =
                withUnit(paidWith(order("CAPTURE", "5.00", "USD"), card()), "invoice_id", "INV-1");
        assertThat(create(order, "invoice-1").status()).isEqualTo(201);

        Reply again = create(order, "invoice-2");

        assertThat(again.status()).isEqualTo(422);
        assertThat(again.issue()).isEqualTo("DUPLICATE_INVOICE_ID");
    }

    private static Reply create(JsonObject body, String requestId) throws IOException {
        return paypal.post("/v2/checkout/orders", body, "PayPal-Request-Id", requestId);
    }

    @Test
    @DisplayName("What the state of a payment does not allow is refused with the documented issue")
    void wrongState() throws IOException {
        Reply order = create(paidWith(ORDER, card()), "state-1");
        String orderPath = "/v2/checkout/orders/" + order.id();
        String held =
                "/v2/payments/authorizations/" + order.payment("authorizations").getString("id");
        refused(orderPath + "/authorize", "{}", "ORDER_ALREADY_AUTHORIZED");
        refused(orderPath + "/capture", "{}", "ACTION_DOES_NOT_MATCH_INTENT");
        refused(held + "/capture", amount("11.00", "USD"), "MAX_CAPTURE_AMOUNT_EXCEEDED");
        refused(held + "/capture", amount("1.00", "EUR"), "AUTH_CAPTURE_CURRENCY_MISMATCH");
        refused(held + "/reauthorize", "{}", "REAUTHORIZATION_NOT_SUPPORTED_FOR_PAYMENT_SOURCE");

        Reply capture = paypal.post(held + "/capture", "{}");
        String taken = "/v2/payments/captures/" + capture.id();
        refused(held + "/capture", "{}", "AUTHORIZATION_ALREADY_CAPTURED");
        refused(held + "/void", "", "PREVIOUSLY_CAPTURED");
        refused(taken + "/refund", amount("11.00", "USD"), "REFUND_AMOUNT_EXCEEDED");
        refused(taken + "/refund", amount("1.00", "EUR"), "REFUND_CAPTURE_CURRENCY_MISMATCH");
        assertThat(paypal.post(taken + "/refund", "{}").status()).isEqualTo(201);
        refused(taken + "/refund", "{}", "CAPTURE_FULLY_REFUNDED");
    }

    @Test
    void wrongState_voidedAndDeclined() throws IOException {
        Reply order = create(paidWith(ORDER, card()), "state-2");
        String held =
                "/v2/payments/authorizations/" + order.payment("authorizations").getString("id");
        assertThat(paypal.post(held + "/void", "").status()).isEqualTo(204);
        refused(held + "/void", "", "PREVIOUSLY_VOIDED");
        refused(held + "/reauthorize", "{}", "AUTHORIZATION_VOIDED");

        JsonObject declined = card().put("name", "CCREJECT-IF");
        Reply denied = create(paidWith(ORDER, declined), "state-3");
        held = "/v2/payments/authorizations/" + denied.payment("authorizations").getString("id");
        refused(held + "/capture", "{}", "AUTHORIZATION_DENIED");
        Reply lost = create(paidWith(order("CAPTURE", "1", "USD"), declined), "state-4");
        String capture = "/v2/payments/captures/" + lost.payment("captures").getString("id");
        refused(capture + "/refund", "{}", "REFUND_NOT_ALLOWED");
    }

    private static String amount(String value, String currency) {
        return new JsonObject().put("amount", money(value, currency)).encode();
    }

    private static void refused(String path, String body, String issue) throws IOException {
        Reply reply = paypal.post(path, body);
        assertThat(reply.status()).as("%s: %s", path, reply.text()).isEqualTo(422);
        assertThat(reply.issue()).isEqualTo(issue);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v2/checkout/orders/NOSUCHORDER",
        "GET, /v2/payments/authorizations/NOSUCH",
        "GET, /v2/payments/captures/NOSUCH",
        "GET, /v2/payments/refunds/NOSUCH",
        "POST, /v2/checkout/orders/NOSUCHORDER/authorize",
        "POST, /v2/payments/authorizations/NOSUCH/void",
        "POST, /v2/payments/captures/NOSUCH/refund",
        "GET, /v2/nothing/here"
    })
    void missing(String method, String path) throws IOException {
        Reply reply = method.equals("GET") ? paypal.get(path) : paypal.post(path, "{}");

        assertThat(reply.status()).as(reply.text()).isEqualTo(404);
        assertThat(reply.body().getString("name")).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(reply.issue()).isEqualTo("INVALID_RESOURCE_ID");
    }

    @Test
    void post_notDeclaredAsJson() throws IOException {
        Reply reply =
                paypal.send(
                        "POST",
                        "/v2/checkout/orders",
                        ORDER.encode(),
                        "Authorization",
                        "Bearer " + paypal.signIn().body().getString("access_token"),
                        "Content-Type",
                        "text/plain");
        assertThat(reply.status()).isEqualTo(415);
        assertThat(reply.body().getString("name")).isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    @DisplayName("A token is given to the known client only, and asked for everywhere")
    void tokens() throws IOException {
        Reply token = paypal.token(PayPalFactory.CLIENT_ID, PayPalFactory.CLIENT_SECRET);
        assertThat(token.status()).isEqualTo(200);
        assertThat(token.body().fieldNames())
                .containsExactly(
                        "scope", "access_token", "token_type", "app_id", "expires_in", "nonce");
        assertThat(token.body().getInteger("expires_in")).isEqualTo(32_400);

        Reply stranger = paypal.token(PayPalFactory.CLIENT_ID, "wrong");
        assertThat(stranger.status()).isEqualTo(401);
        assertThat(stranger.body())
                .isEqualTo(
                        new JsonObject()
                                .put("error", "invalid_client")
                                .put("error_description", "Client Authentication failed"));

        Reply bogus = paypal.authorizedBy("Bearer A21AAbogus").get("/v2/checkout/orders/X");
        assertThat(bogus.status()).isEqualTo(401);
        assertThat(bogus.body().getString("error")).isEqualTo("invalid_token");
        Reply nobody = paypal.authorizedBy("").get("/v2/checkout/orders/X");
        assertThat(nobody.status()).isEqualTo(401);
        assertThat(nobody.body().getString("name")).isEqualTo("AUTHENTICATION_FAILURE");
    }
}
