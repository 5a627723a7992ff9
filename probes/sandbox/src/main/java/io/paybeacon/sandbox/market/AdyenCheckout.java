package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.market.GatewayClient.Call;
import io.paybeacon.sandbox.market.GatewayClient.Reply;
import io.paybeacon.sandbox.market.generate.Anomaly;
import io.paybeacon.sandbox.market.generate.DeclineReason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Pays over the Checkout API, with its documented test cards, and captures by hand
 * (docs.adyen.com/api-explorer/Checkout/71/overview). The outcome of captures and refunds comes by
 * webhook alone.
 */
final class AdyenCheckout implements Checkout {
    private static final Map<String, String> CARDS =
            Map.of(
                    "visa", "4111111111111111",
                    "mastercard", "5555555555554444",
                    "amex", "370000000000002");

    /** The documented card whose issuer asks the shopper. */
    private static final String CHALLENGED_CARD = "4212345678910006";

    static final Terms TERMS =
            new Terms(
                    Set.of("zar", "usd", "eur", "gbp", "jpy"),
                    EnumSet.of(
                            Anomaly.WEBHOOK_LOST,
                            Anomaly.DUPLICATE_AT_GATEWAY,
                            Anomaly.DUPLICATE_ACROSS_GATEWAYS,
                            Anomaly.UNIT_SCALE,
                            Anomaly.ONE_UNIT_OFF,
                            Anomaly.CAPTURE_UNDONE,
                            Anomaly.REFUND_FAILED,
                            Anomaly.AUTHORISATION_EXPIRED),
                    false,
                    false,
                    minor -> true);

    private static final String RETURN_URL = "https://marketplace.example/return";
    private static final String REDIRECT_RESULT = "redirectResult=";

    private final GatewayClient client;
    private final String apiKey;
    private final String merchantAccount;

    AdyenCheckout(GatewayClient client, String apiKey, String merchantAccount) {
        this.client = client;
        this.apiKey = apiKey;
        this.merchantAccount = merchantAccount;
    }

    @Override
    public Terms terms() {
        return TERMS;
    }

    @Override
    public Future<Payment> pay(OrderPlan plan) {
        boolean challenge = plan.journey() instanceof Journey.Challenged;
        String number =
                challenge ? CHALLENGED_CARD : CARDS.getOrDefault(plan.brand(), CHALLENGED_CARD);
        JsonObject body =
                modification(plan, plan.amountMinor())
                        .put(
                                "paymentMethod",
                                new JsonObject()
                                        .put("type", "scheme")
                                        .put("encryptedCardNumber", "test_" + number)
                                        .put("encryptedExpiryMonth", "test_03")
                                        .put("encryptedExpiryYear", "test_2030")
                                        .put(
                                                "encryptedSecurityCode",
                                                plan.brand().equals("amex") && !challenge
                                                        ? "test_7373"
                                                        : "test_737")
                                        .put("holderName", holder(plan)))
                        .put("shopperInteraction", "Ecommerce")
                        .put(
                                "authenticationData",
                                new JsonObject()
                                        .put(
                                                "attemptAuthentication",
                                                challenge ? "always" : "never"))
                        .put("additionalData", new JsonObject().put("manualCapture", "true"))
                        .put("channel", "Web")
                        .put(
                                "browserInfo",
                                new JsonObject()
                                        .put("userAgent", "Marketplace")
                                        .put("acceptHeader", "*/*"))
                        .put("returnUrl", RETURN_URL)
                        .put("metadata", new JsonObject().put("order_id", plan.orderId()));
        return post("/v71/payments", body, plan.key() + "-create").map(AdyenCheckout::payment);
    }

    private static String holder(OrderPlan plan) {
        return plan.journey() instanceof Journey.Declined(DeclineReason reason)
                ? refusal(reason)
                : "A Customer";
    }

    /** The words in the holder's name that ask for a refusal. */
    private static String refusal(DeclineReason reason) {
        return switch (reason) {
            case INSUFFICIENT_FUNDS -> "NOT_ENOUGH_BALANCE";
            case LIMIT_EXCEEDED -> "WITHDRAWAL_COUNT_EXCEEDED";
            case EXPIRED_CARD -> "CARD_EXPIRED";
            case INVALID_CVC -> "CVC_DECLINED";
            case SUSPECTED_FRAUD -> "FRAUD";
            case LOST_OR_STOLEN -> "BLOCK_CARD";
            default -> "DECLINED";
        };
    }

    /** The shopper gives the right password on the issuer's page, and comes back with a result. */
    @Override
    public Future<Payment> passChallenge(OrderPlan plan, Payment challenged) {
        return client.send(Call.get(onPlainPort(challenged.handle()) + "&password=password"))
                .compose(reply -> {
                    String back = reply.location().orElse("");
                    String result = back.substring(back.indexOf(REDIRECT_RESULT) + 1);
                    JsonObject details =
                            new JsonObject()
                                    .put(
                                            "redirectResult",
                                            URLDecoder.decode(
                                                    result.substring(result.indexOf('=') + 1),
                                                    StandardCharsets.UTF_8));
                    return post(
                            "/v71/payments/details",
                            new JsonObject().put("details", details),
                            plan.key() + "-3ds");
                })
                .map(AdyenCheckout::payment);
    }

    /** The path alone: the marketplace speaks plain HTTP, whatever address the gateway tells. */
    private static String onPlainPort(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    @Override
    public Future<Payment> capture(
            OrderPlan plan, Payment authorised, long amountMinor, int part, boolean last) {
        return post(
                        "/v71/payments/" + authorised.handle() + "/captures",
                        modification(plan, amountMinor),
                        plan.key() + "-capture")
                .map(reply ->
                        new Payment(
                                authorised.id(),
                                reply.status() == 201 ? Stage.CAPTURED : Stage.ENDED,
                                authorised.handle()));
    }

    @Override
    public Future<Void> release(OrderPlan plan, Payment authorised) {
        JsonObject body =
                new JsonObject()
                        .put("merchantAccount", merchantAccount)
                        .put("reference", plan.orderId());
        return post(
                        "/v71/payments/" + authorised.handle() + "/cancels",
                        body,
                        plan.key() + "-cancel")
                .mapEmpty();
    }

    @Override
    public Future<Void> refund(OrderPlan plan, Payment captured, long amountMinor) {
        return post(
                        "/v71/payments/" + captured.handle() + "/refunds",
                        modification(plan, amountMinor),
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

    private JsonObject modification(OrderPlan plan, long minor) {
        return new JsonObject()
                .put("merchantAccount", merchantAccount)
                .put("reference", plan.orderId())
                .put(
                        "amount",
                        new JsonObject()
                                .put("value", minor)
                                .put("currency", plan.currency().toUpperCase(Locale.ROOT)));
    }

    private Future<Reply> post(String path, JsonObject body, String key) {
        return client.send(
                Call.json(path, body).with("X-API-Key", apiKey).with("Idempotency-Key", key));
    }

    private static Payment payment(Reply reply) {
        Optional<String> id = Optional.of(reply.text("pspReference")).filter(t -> !t.isEmpty());
        JsonObject action = reply.body().getJsonObject("action");
        return switch (reply.text("resultCode")) {
            case "Authorised" -> new Payment(id, Stage.AUTHORISED, id.orElse(""));
            case "RedirectShopper" ->
                    new Payment(
                            id,
                            Stage.CHALLENGED,
                            action == null ? "" : action.getString("url", ""));
            default -> new Payment(id, Stage.ENDED, id.orElse(""));
        };
    }
}
