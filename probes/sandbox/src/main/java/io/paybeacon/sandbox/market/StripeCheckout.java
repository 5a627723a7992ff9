package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.market.GatewayClient.Call;
import io.paybeacon.sandbox.market.GatewayClient.Reply;
import io.paybeacon.sandbox.market.generate.Anomaly;
import io.paybeacon.sandbox.market.generate.DeclineReason;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pays with PaymentIntents (docs.stripe.com/api/payment_intents). */
final class StripeCheckout implements Checkout {
    static final Terms TERMS =
            new Terms(
                    Set.of("zar", "usd", "eur", "gbp", "jpy", "kwd", "bhd"),
                    EnumSet.of(
                            Anomaly.CHALLENGE_ABANDONED,
                            Anomaly.WEBHOOK_LOST,
                            Anomaly.GATEWAY_PENDING,
                            Anomaly.DUPLICATE_AT_GATEWAY,
                            Anomaly.DUPLICATE_ACROSS_GATEWAYS,
                            Anomaly.UNIT_SCALE,
                            Anomaly.ONE_UNIT_OFF,
                            Anomaly.REFUND_FAILED,
                            Anomaly.AUTHORISATION_EXPIRED),
                    false,
                    true,
                    minor -> true);

    private final GatewayClient client;
    private final String apiKey;

    StripeCheckout(GatewayClient client, String apiKey) {
        this.client = client;
        this.apiKey = apiKey;
    }

    @Override
    public Terms terms() {
        return TERMS;
    }

    @Override
    public Future<Payment> pay(OrderPlan plan) {
        return post("/v1/payment_intents", createForm(plan), plan.key() + "-create")
                .map(StripeCheckout::payment);
    }

    @Override
    public Future<Payment> passChallenge(OrderPlan plan, Payment challenged) {
        String path = "/_sandbox/payment_intents/" + challenged.handle() + "/resolve";
        return post(path, Map.of("outcome", "pass"), plan.key() + "-3ds")
                .map(reply ->
                        new Payment(
                                challenged.id(),
                                plan.heldFirst() ? Stage.AUTHORISED : Stage.CAPTURED,
                                challenged.handle()));
    }

    @Override
    public Future<Payment> capture(
            OrderPlan plan, Payment authorised, long amountMinor, int part, boolean last) {
        String path = "/v1/payment_intents/" + authorised.handle() + "/capture";
        Map<String, String> form =
                amountMinor == plan.amountMinor()
                        ? Map.of()
                        : Map.of("amount_to_capture", Long.toString(amountMinor));
        return post(path, form, plan.key() + "-capture").map(StripeCheckout::payment);
    }

    @Override
    public Future<Void> release(OrderPlan plan, Payment authorised) {
        String path = "/v1/payment_intents/" + authorised.handle() + "/cancel";
        return post(
                        path,
                        Map.of("cancellation_reason", "requested_by_customer"),
                        plan.key() + "-cancel")
                .mapEmpty();
    }

    @Override
    public Future<Void> refund(OrderPlan plan, Payment captured, long amountMinor) {
        Map<String, String> form =
                Map.of(
                        "payment_intent",
                        captured.handle(),
                        "amount",
                        Long.toString(amountMinor),
                        "reason",
                        "requested_by_customer");
        return post("/v1/refunds", form, plan.key() + "-refund").mapEmpty();
    }

    @Override
    public Future<Void> befall(Payment payment, Aftermath aftermath) {
        return client.befall(payment, aftermath);
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    private Future<Reply> post(String path, Map<String, String> form, String key) {
        return client.send(
                Call.form(path, form)
                        .with("Authorization", "Bearer " + apiKey)
                        .with("Idempotency-Key", key));
    }

    private static Map<String, String> createForm(OrderPlan plan) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("amount", Long.toString(plan.amountMinor()));
        form.put("currency", plan.currency());
        form.put("payment_method", paymentMethod(plan));
        form.put("capture_method", plan.heldFirst() ? "manual" : "automatic");
        form.put("confirm", "true");
        form.put("description", "Order " + plan.orderId());
        form.put("metadata[order_id]", plan.orderId());
        form.put("metadata[vendor_id]", plan.vendorId());
        form.put("metadata[customer_id]", plan.customerId());
        return form;
    }

    private static String paymentMethod(OrderPlan plan) {
        String base = "pm_sandbox_" + plan.brand() + "_" + plan.country();
        return switch (plan.journey()) {
            case Journey.Approved _, Journey.Silent _ -> base;
            case Journey.Declined(DeclineReason reason) -> base + "_declined_" + code(reason);
            case Journey.Challenged _, Journey.Abandoned _ -> base + "_challenge";
            case Journey.Pending _ -> base + "_processing";
        };
    }

    private static Payment payment(Reply reply) {
        JsonObject error = reply.body().getJsonObject("error");
        JsonObject intent = error == null ? reply.body() : error.getJsonObject("payment_intent");
        Optional<String> id =
                intent == null ? Optional.empty() : Optional.ofNullable(intent.getString("id"));
        Stage stage =
                switch (reply.text("status")) {
                    case "requires_action" -> Stage.CHALLENGED;
                    case "requires_capture" -> Stage.AUTHORISED;
                    case "succeeded" -> Stage.CAPTURED;
                    default -> Stage.ENDED;
                };
        return new Payment(id, stage, id.orElse(""));
    }

    /** Stripe's decline code (docs.stripe.com/declines/codes). */
    private static String code(DeclineReason reason) {
        return switch (reason) {
            case INSUFFICIENT_FUNDS -> "insufficient_funds";
            case DO_NOT_HONOR -> "do_not_honor";
            case LIMIT_EXCEEDED -> "card_velocity_exceeded";
            case EXPIRED_CARD -> "expired_card";
            case INVALID_CVC -> "incorrect_cvc";
            case SUSPECTED_FRAUD -> "fraudulent";
            case NOT_PERMITTED -> "transaction_not_allowed";
            case AUTHENTICATION_FAILED, AUTHENTICATION_REQUIRED, AUTHENTICATION_UNAVAILABLE ->
                    "authentication_required";
            case CARD_RESTRICTED -> "restricted_card";
            case INVALID_NUMBER -> "incorrect_number";
            case ISSUER_UNAVAILABLE -> "issuer_not_available";
            case LOST_OR_STOLEN -> "lost_card";
            case PROCESSOR_ERROR -> "processing_error";
            case ACCOUNT_CLOSED -> "invalid_account";
            case REVOKED -> "revocation_of_authorization";
            case EXCESSIVE_RETRIES -> "card_decline_rate_limit_exceeded";
        };
    }
}
