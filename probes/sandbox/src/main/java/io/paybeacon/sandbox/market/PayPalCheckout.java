package io.paybeacon.sandbox.market;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.market.GatewayClient.Call;
import io.paybeacon.sandbox.market.GatewayClient.Reply;
import io.paybeacon.sandbox.market.generate.Anomaly;
import io.paybeacon.sandbox.market.generate.DeclineReason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.Currency;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Pays orders with cards (developer.paypal.com/docs/api/orders/v2), with rejection triggers for
 * declines (developer.paypal.com/tools/sandbox/card-testing).
 */
final class PayPalCheckout implements Checkout {
    /** PayPal's published test cards. */
    private static final Map<String, String> CARDS =
            Map.of(
                    "visa", "4012888888881881",
                    "mastercard", "5555555555554444",
                    "amex", "371449635398431");

    /** PayPal itself refuses to have an invoice paid twice. */
    static final Terms TERMS =
            new Terms(
                    Set.of("usd", "eur", "gbp", "jpy"),
                    EnumSet.of(
                            Anomaly.WEBHOOK_LOST,
                            Anomaly.GATEWAY_PENDING,
                            Anomaly.DUPLICATE_ACROSS_GATEWAYS,
                            Anomaly.UNIT_SCALE,
                            Anomaly.ONE_UNIT_OFF,
                            Anomaly.CAPTURE_UNDONE,
                            Anomaly.REFUND_FAILED),
                    true,
                    false,
                    minor -> true);

    /** The name on the card of which a capture stays pending; the sandbox's own. */
    private static final String PENDING_TRIGGER = "SANDBOX-PENDING";

    private final GatewayClient client;
    private final String clientId;
    private final String clientSecret;
    private @Nullable Future<String> token;

    PayPalCheckout(GatewayClient client, String clientId, String clientSecret) {
        this.client = client;
        this.clientId = clientId;
        this.clientSecret = clientSecret;
    }

    @Override
    public Terms terms() {
        return TERMS;
    }

    @Override
    public Future<Payment> pay(OrderPlan plan) {
        return post("/v2/checkout/orders", order(plan), plan.key() + "-create")
                .map(reply ->
                        reply.text("status").equals("PAYER_ACTION_REQUIRED")
                                ? new Payment(id(reply), Stage.CHALLENGED, reply.text("id"))
                                : settled(plan, reply));
    }

    /** The payer passes; then the merchant asks for the money. */
    @Override
    public Future<Payment> passChallenge(OrderPlan plan, Payment challenged) {
        String id = challenged.handle();
        String action = authorises(plan) ? "/authorize" : "/capture";
        return client.send(
                        Call.form("/_sandbox/orders/" + id + "/resolve", Map.of("outcome", "pass")))
                .compose(reply ->
                        post(
                                "/v2/checkout/orders/" + id + action,
                                new JsonObject(),
                                plan.key() + "-settle"))
                .map(reply -> settled(plan, reply));
    }

    @Override
    public Future<Payment> capture(
            OrderPlan plan, Payment authorised, long amountMinor, int part, boolean last) {
        JsonObject body =
                new JsonObject()
                        .put("amount", amount(plan, amountMinor))
                        .put("final_capture", last);
        return post(
                        "/v2/payments/authorizations/" + authorised.handle() + "/capture",
                        body,
                        plan.key() + "-capture" + part)
                .map(reply ->
                        new Payment(
                                authorised.id(),
                                reply.text("status").equals("COMPLETED")
                                        ? Stage.CAPTURED
                                        : Stage.ENDED,
                                reply.text("id")));
    }

    @Override
    public Future<Void> release(OrderPlan plan, Payment authorised) {
        return post(
                        "/v2/payments/authorizations/" + authorised.handle() + "/void",
                        new JsonObject(),
                        plan.key() + "-void")
                .mapEmpty();
    }

    @Override
    public Future<Void> refund(OrderPlan plan, Payment captured, long amountMinor) {
        return post(
                        "/v2/payments/captures/" + captured.handle() + "/refund",
                        new JsonObject().put("amount", amount(plan, amountMinor)),
                        plan.key() + "-refund")
                .mapEmpty();
    }

    @Override
    public Future<Void> befall(Payment payment, Aftermath aftermath) {
        return client.befall(payment, aftermath);
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    /**
     * Whether the amount is held first. A declined card is asked for the capture at once: of a
     * denied authorisation PayPal sends no word.
     */
    private static boolean authorises(OrderPlan plan) {
        return switch (plan.journey()) {
            case Journey.Silent _ -> true;
            case Journey.Declined _, Journey.Pending _ -> false;
            case Journey.Approved _, Journey.Challenged _, Journey.Abandoned _ -> plan.heldFirst();
        };
    }

    private static JsonObject order(OrderPlan plan) {
        JsonObject card =
                new JsonObject()
                        .put("name", holder(plan))
                        .put("number", CARDS.getOrDefault(plan.brand(), ""))
                        .put("expiry", "2039-12")
                        .put("security_code", plan.brand().equals("amex") ? "1234" : "123")
                        .put(
                                "billing_address",
                                new JsonObject().put("country_code", plan.country()));
        if (plan.journey() instanceof Journey.Challenged) {
            card.put(
                    "attributes",
                    new JsonObject()
                            .put("verification", new JsonObject().put("method", "SCA_ALWAYS")));
        }
        JsonObject unit =
                new JsonObject()
                        .put("invoice_id", plan.orderId())
                        .put("custom_id", "order_id:" + plan.orderId())
                        .put("description", "Order " + plan.orderId())
                        .put("amount", amount(plan, plan.amountMinor()));
        return new JsonObject()
                .put("intent", authorises(plan) ? "AUTHORIZE" : "CAPTURE")
                .put("purchase_units", new JsonArray().add(unit))
                .put("payment_source", new JsonObject().put("card", card));
    }

    private static String holder(OrderPlan plan) {
        return switch (plan.journey()) {
            case Journey.Declined(DeclineReason reason) -> trigger(reason);
            case Journey.Pending _ -> PENDING_TRIGGER;
            case Journey.Approved _, Journey.Challenged _, Journey.Abandoned _, Journey.Silent _ ->
                    "A Customer";
        };
    }

    /** The names on the card that ask for a decline. */
    private static String trigger(DeclineReason reason) {
        return switch (reason) {
            case INSUFFICIENT_FUNDS -> "CCREJECT-IF";
            case EXPIRED_CARD -> "CCREJECT-EC";
            case INVALID_CVC -> "CCREJECT-CVV_F";
            case SUSPECTED_FRAUD -> "CCREJECT-SF";
            case LOST_OR_STOLEN -> "CCREJECT-LS";
            default -> "CCREJECT-REFUSED";
        };
    }

    /** What an order's answer says of its one authorisation or capture. */
    private static Payment settled(OrderPlan plan, Reply reply) {
        String kind = authorises(plan) ? "authorizations" : "captures";
        JsonArray units = reply.body().getJsonArray("purchase_units", new JsonArray());
        JsonObject payments =
                units.isEmpty() ? null : units.getJsonObject(0).getJsonObject("payments");
        JsonArray made =
                payments == null ? new JsonArray() : payments.getJsonArray(kind, new JsonArray());
        if (made.isEmpty()) {
            return new Payment(id(reply), Stage.ENDED, "");
        }
        JsonObject first = made.getJsonObject(0);
        Stage stage =
                switch (first.getString("status", "")) {
                    case "CREATED" -> Stage.AUTHORISED;
                    case "COMPLETED" -> Stage.CAPTURED;
                    default -> Stage.ENDED;
                };
        return new Payment(id(reply), stage, first.getString("id", ""));
    }

    private static Optional<String> id(Reply reply) {
        return Optional.of(reply.text("id")).filter(text -> !text.isEmpty());
    }

    private static JsonObject amount(OrderPlan plan, long minor) {
        String currency = plan.currency().toUpperCase(Locale.ROOT);
        int digits = Currency.getInstance(currency).getDefaultFractionDigits();
        return new JsonObject()
                .put("currency_code", currency)
                .put("value", BigDecimal.valueOf(minor, digits).toPlainString());
    }

    private Future<Reply> post(String path, JsonObject body, String requestId) {
        return token().compose(bearer ->
                        client.send(
                                Call.json(path, body)
                                        .with("Authorization", "Bearer " + bearer)
                                        .with("Prefer", "return=representation")
                                        .with("PayPal-Request-Id", requestId)))
                .onSuccess(reply -> {
                    if (reply.status() == 401) {
                        token = null;
                    }
                });
    }

    /** One token for all calls, until PayPal no longer takes it or gave none. */
    private Future<String> token() {
        Future<String> known = token;
        if (known != null && !known.failed()) {
            return known;
        }
        String pair = clientId + ":" + clientSecret;
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
        Future<String> asked =
                client.send(
                                Call.form(
                                                "/v1/oauth2/token",
                                                Map.of("grant_type", "client_credentials"))
                                        .with("Authorization", "Basic " + basic))
                        .map(reply -> reply.text("access_token"));
        token = asked;
        return asked;
    }
}
