package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.market.GatewayClient.Call;
import io.paybeacon.sandbox.market.GatewayClient.Reply;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Pays with PaymentIntents (docs.stripe.com/api/payment_intents). */
final class StripeCheckout implements Checkout {
    private final GatewayClient client;
    private final String apiKey;

    StripeCheckout(GatewayClient client, String apiKey) {
        this.client = client;
        this.apiKey = apiKey;
    }

    @Override
    public Terms terms() {
        return new Terms(Set.of("zar", "usd", "eur", "gbp", "jpy", "kwd"), true, true);
    }

    @Override
    public Future<Payment> pay(OrderPlan plan) {
        return post("/v1/payment_intents", createForm(plan), plan.orderId() + "-create")
                .map(StripeCheckout::payment);
    }

    @Override
    public Future<Payment> passChallenge(OrderPlan plan, Payment challenged) {
        String path = "/_sandbox/payment_intents/" + challenged.handle() + "/resolve";
        return post(path, Map.of("outcome", "pass"), plan.orderId() + "-3ds")
                .map(reply ->
                        new Payment(
                                challenged.id(),
                                plan.captureAfter().isPresent() ? Stage.AUTHORISED : Stage.CAPTURED,
                                challenged.handle()));
    }

    @Override
    public Future<Payment> capture(OrderPlan plan, Payment authorised) {
        String path = "/v1/payment_intents/" + authorised.handle() + "/capture";
        return post(path, Map.of(), plan.orderId() + "-capture").map(StripeCheckout::payment);
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
        return post("/v1/refunds", form, plan.orderId() + "-refund").mapEmpty();
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
        form.put("capture_method", plan.captureAfter().isPresent() ? "manual" : "automatic");
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
            case Journey.Declined(String code) -> base + "_declined_" + code;
            case Journey.Challenged _, Journey.Abandoned _ -> base + "_challenge";
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
}
