package io.paybeacon.server.http;

import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.order.Order;
import io.paybeacon.core.payment.Payment;
import io.paybeacon.core.payment.Payment.Attempt;
import io.paybeacon.core.payment.Payment.Decline;
import io.paybeacon.server.findings.StoredFinding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A payment in JSON. Amounts are whole minor units, and formatted for people beside them. */
final class PaymentJson {
    private PaymentJson() {}

    /**
     * A payment.
     *
     * @param findings what is wrong with it and its order
     * @param locale in which the guidance for refusals is
     */
    static JsonObject of(
            Payment payment, @Nullable Order order, List<StoredFinding> findings, Locale locale) {
        Stamped<Money> requested = payment.requested();
        JsonObject properties = new JsonObject();
        payment.properties()
                .forEach((property, value) -> properties.put(property.label(), value.value()));
        JsonObject json =
                new JsonObject()
                        .put("id", payment.id().key())
                        .put("gateway", payment.id().gateway())
                        .put("reference", payment.id().reference())
                        .put("status", payment.status().label())
                        .put("since", payment.since().toString())
                        .put("firstSeen", payment.firstSeen().toString())
                        .put("requested", requested == null ? null : money(requested.value()))
                        .put("authorised", amounts(payment.authorisedAmounts()))
                        .put("captured", amounts(payment.capturedAmounts()))
                        .put("captureUndone", amounts(payment.undoneAmounts()))
                        .put("refunded", amounts(payment.refundedAmounts()))
                        .put("attempts", attempts(payment, locale))
                        .put("refunds", refunds(payment))
                        .put("properties", properties);
        JsonArray open = new JsonArray();
        findings.forEach(finding -> open.add(FindingJson.of(finding)));
        return json.put("disputes", disputes(payment))
                .put("timeline", PaymentTimeline.of(payment))
                .put("openFindings", open)
                .put("order", order == null ? null : order(order));
    }

    private static JsonArray disputes(Payment payment) {
        JsonArray disputes = new JsonArray();
        payment.disputes()
                .forEach(dispute ->
                        disputes.add(
                                new JsonObject()
                                        .put("id", dispute.id())
                                        .put("status", dispute.status().label())
                                        .put("since", dispute.at().toString())));
        return disputes;
    }

    /** One amount. */
    static JsonObject money(Money money) {
        return new JsonObject()
                .put("minorUnits", money.minorUnits())
                .put("currency", money.currencyCode())
                .put("formatted", money.toString());
    }

    private static JsonArray amounts(Amounts amounts) {
        JsonArray json = new JsonArray();
        amounts.entries().forEach(money -> json.add(money(money)));
        return json;
    }

    private static JsonArray attempts(Payment payment, Locale locale) {
        JsonArray attempts = new JsonArray();
        for (Attempt attempt : payment.attempts()) {
            JsonObject json =
                    new JsonObject()
                            .put("id", attempt.id())
                            .put("status", attempt.status().label())
                            .put("since", attempt.since().toString());
            Stamped<Decline> decline = attempt.decline();
            if (decline != null) {
                json.put("declineCause", decline.value().cause().label())
                        .put("declineClass", decline.value().cause().declineClass().label())
                        .put("declineCode", decline.value().code())
                        .put("guidance", GuidanceRoutes.json(decline.value().cause(), locale));
            }
            attempts.add(json);
        }
        return attempts;
    }

    private static JsonArray refunds(Payment payment) {
        JsonArray refunds = new JsonArray();
        payment.refunds()
                .forEach(refund ->
                        refunds.add(
                                new JsonObject()
                                        .put("id", refund.id())
                                        .put("status", refund.status().label())
                                        .put("amount", money(refund.amount()))));
        return refunds;
    }

    private static JsonObject order(Order order) {
        JsonArray payments = new JsonArray();
        for (Order.Part part : order.payments()) {
            Stamped<Money> requested = part.requested();
            payments.add(
                    new JsonObject()
                            .put("payment", part.payment().key())
                            .put("requested", requested == null ? null : money(requested.value()))
                            .put("authorised", amounts(part.authorised()))
                            .put("captured", amounts(part.captured()))
                            .put("captureUndone", amounts(part.undone()))
                            .put("refunded", amounts(part.refunded()))
                            .put("paid", part.paid()));
        }
        Money total = order.total();
        return new JsonObject()
                .put("reference", order.reference())
                .put("total", total == null ? null : money(total))
                .put("withdrawn", order.isWithdrawn())
                .put("paid", order.paid())
                .put("payments", payments);
    }
}
