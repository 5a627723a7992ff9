package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.market.GatewayClient.Call;
import io.paybeacon.sandbox.market.GatewayClient.Reply;
import io.paybeacon.sandbox.market.generate.Anomaly;
import io.paybeacon.sandbox.market.generate.DeclineReason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pays at the card processor of no name, with cards of its test range. */
final class CardCheckout implements Checkout {
    /** As the digits of the test range name them. */
    private static final List<String> NETWORKS = List.of("visa", "mastercard", "amex");

    private static final Map<String, Integer> ISSUERS =
            Map.of("US", 0, "ZA", 2, "DE", 3, "GB", 4, "FR", 5, "JP", 6, "BR", 7);

    /** Amounts that ask for a decline, which wrong amounts could come to; see the test cards. */
    private static final long DECLINED_FROM_MINOR = 990_001;

    private static final long DECLINED_TO_MINOR = 990_099;

    static final Terms TERMS =
            new Terms(
                    Set.of("zar", "usd", "eur", "gbp", "jpy"),
                    EnumSet.of(
                            Anomaly.CHALLENGE_ABANDONED,
                            Anomaly.WEBHOOK_LOST,
                            Anomaly.DUPLICATE_AT_GATEWAY,
                            Anomaly.DUPLICATE_ACROSS_GATEWAYS,
                            Anomaly.UNIT_SCALE,
                            Anomaly.ONE_UNIT_OFF,
                            Anomaly.CAPTURE_UNDONE,
                            Anomaly.REFUND_FAILED,
                            Anomaly.AUTHORISATION_EXPIRED),
                    true,
                    false,
                    minor -> minor < DECLINED_FROM_MINOR || minor > DECLINED_TO_MINOR);

    private final GatewayClient client;
    private final String apiKey;

    CardCheckout(GatewayClient client, String apiKey) {
        this.client = client;
        this.apiKey = apiKey;
    }

    @Override
    public Terms terms() {
        return TERMS;
    }

    @Override
    public Future<Payment> pay(OrderPlan plan) {
        JsonObject body =
                new JsonObject()
                        .put("amount", amount(plan, plan.amountMinor()))
                        .put("reference", plan.orderId())
                        .put(
                                "card",
                                new JsonObject()
                                        .put("number", number(plan))
                                        .put("expiryMonth", 12)
                                        .put("expiryYear", 2039)
                                        .put("securityCode", "123"))
                        .put("capture", capturesAtOnce(plan))
                        .put("metadata", new JsonObject().put("order_id", plan.orderId()));
        return post("/v1/authorizations", body, plan.key() + "-create").map(CardCheckout::payment);
    }

    /** A silent order is captured apart, so that the world hears of its authorisation. */
    private static boolean capturesAtOnce(OrderPlan plan) {
        return !plan.heldFirst() && !(plan.journey() instanceof Journey.Silent);
    }

    @Override
    public Future<Payment> passChallenge(OrderPlan plan, Payment challenged) {
        String id = challenged.handle();
        String path = "/_sandbox/authorizations/" + id + "/resolve";
        return client.send(Call.form(path, Map.of("outcome", "pass")))
                .compose(reply ->
                        client.send(
                                Call.get("/v1/authorizations/" + id)
                                        .with("Authorization", "Bearer " + apiKey)))
                .map(CardCheckout::payment);
    }

    @Override
    public Future<Payment> capture(
            OrderPlan plan, Payment authorised, long amountMinor, int part, boolean last) {
        JsonObject body = new JsonObject().put("amount", amount(plan, amountMinor));
        return post(
                        "/v1/authorizations/" + authorised.handle() + "/captures",
                        body,
                        plan.key() + "-capture" + part)
                .map(reply ->
                        new Payment(
                                authorised.id(),
                                reply.status() == 201 ? Stage.CAPTURED : Stage.ENDED,
                                reply.text("id")));
    }

    @Override
    public Future<Void> release(OrderPlan plan, Payment authorised) {
        return post(
                        "/v1/authorizations/" + authorised.handle() + "/voids",
                        new JsonObject(),
                        plan.key() + "-void")
                .mapEmpty();
    }

    @Override
    public Future<Void> refund(OrderPlan plan, Payment captured, long amountMinor) {
        JsonObject body = new JsonObject().put("amount", amount(plan, amountMinor));
        return post("/v1/captures/" + captured.handle() + "/refunds", body, plan.key() + "-refund")
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

    private Future<Reply> post(String path, JsonObject body, String key) {
        return client.send(
                Call.json(path, body)
                        .with("Authorization", "Bearer " + apiKey)
                        .with("Idempotency-Key", key));
    }

    private static JsonObject amount(OrderPlan plan, long minor) {
        return new JsonObject()
                .put("value", minor)
                .put("currency", plan.currency().toUpperCase(Locale.ROOT));
    }

    private static Payment payment(Reply reply) {
        Optional<String> id = Optional.of(reply.text("id")).filter(text -> !text.isEmpty());
        JsonArray captures = reply.body().getJsonArray("captures", new JsonArray());
        if (!captures.isEmpty()) {
            return new Payment(id, Stage.CAPTURED, captures.getJsonObject(0).getString("id"));
        }
        Stage stage =
                switch (reply.text("status")) {
                    case "challenge_required" -> Stage.CHALLENGED;
                    case "approved" -> Stage.AUTHORISED;
                    default -> Stage.ENDED;
                };
        return new Payment(id, stage, id.orElse(""));
    }

    /** The number that behaves as the order wants, of the range 9999 99 that no issuer has. */
    private static String number(OrderPlan plan) {
        int network = Math.max(0, NETWORKS.indexOf(plan.brand()));
        int issuer = ISSUERS.getOrDefault(plan.country(), 0);
        String behaviour =
                switch (plan.journey()) {
                    case Journey.Approved _, Journey.Silent _, Journey.Pending _ -> "000";
                    case Journey.Declined(DeclineReason reason) -> "1" + code(reason);
                    case Journey.Challenged _, Journey.Abandoned _ -> "200";
                };
        String digits = "999999%d%02d%s000".formatted(network, issuer, behaviour);
        return digits + checkDigit(digits);
    }

    /** ISO 8583 response code (field 39), of those that the processor knows. */
    private static String code(DeclineReason reason) {
        return switch (reason) {
            case INSUFFICIENT_FUNDS -> "51";
            case EXPIRED_CARD -> "54";
            case LIMIT_EXCEEDED -> "65";
            case SUSPECTED_FRAUD -> "59";
            case LOST_OR_STOLEN -> "41";
            case INVALID_CVC -> "82";
            case INVALID_NUMBER -> "14";
            case NOT_PERMITTED -> "57";
            case CARD_RESTRICTED -> "62";
            case ACCOUNT_CLOSED -> "46";
            case ISSUER_UNAVAILABLE -> "91";
            case PROCESSOR_ERROR -> "96";
            default -> "05";
        };
    }

    /** ISO/IEC 7812-1, annex B. */
    private static int checkDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? 2 * digit : digit;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return (10 - sum % 10) % 10;
    }
}
