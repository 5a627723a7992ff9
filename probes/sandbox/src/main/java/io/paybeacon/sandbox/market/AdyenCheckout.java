package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.market.GatewayClient.Call;
import io.paybeacon.sandbox.market.GatewayClient.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
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

    /** The words in the holder's name that ask for a refusal. */
    private static final Map<String, String> REFUSALS =
            Map.of(
                    "insufficient_funds", "NOT_ENOUGH_BALANCE",
                    "expired_card", "CARD_EXPIRED",
                    "card_velocity_exceeded", "WITHDRAWAL_COUNT_EXCEEDED",
                    "incorrect_cvc", "CVC_DECLINED",
                    "fraudulent", "FRAUD",
                    "lost_card", "BLOCK_CARD");

    private static final String REFUSAL_OTHERWISE = "DECLINED";
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
        return new Terms(Set.of("zar", "usd", "eur", "gbp", "jpy"), false, false);
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
        return post("/v71/payments", body, plan.orderId() + "-create").map(AdyenCheckout::payment);
    }

    private static String holder(OrderPlan plan) {
        return plan.journey() instanceof Journey.Declined(String code)
                ? REFUSALS.getOrDefault(code, REFUSAL_OTHERWISE)
                : "A Customer";
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
                            plan.orderId() + "-3ds");
                })
                .map(AdyenCheckout::payment);
    }

    /** The path alone: the marketplace speaks plain HTTP, whatever address the gateway tells. */
    private static String onPlainPort(String address) {
        URI uri = URI.create(address);
        return uri.getRawPath() + "?" + uri.getRawQuery();
    }

    @Override
    public Future<Payment> capture(OrderPlan plan, Payment authorised) {
        return post(
                        "/v71/payments/" + authorised.handle() + "/captures",
                        modification(plan, plan.amountMinor()),
                        plan.orderId() + "-capture")
                .map(reply ->
                        new Payment(
                                authorised.id(),
                                reply.status() == 201 ? Stage.CAPTURED : Stage.ENDED,
                                authorised.handle()));
    }

    @Override
    public Future<Void> refund(OrderPlan plan, Payment captured, long amountMinor) {
        return post(
                        "/v71/payments/" + captured.handle() + "/refunds",
                        modification(plan, amountMinor),
                        plan.orderId() + "-refund")
                .mapEmpty();
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
