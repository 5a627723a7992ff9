package io.paybeacon.server.http;

import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.payment.Payment;
import io.paybeacon.core.payment.Payment.Attempt;
import io.paybeacon.core.payment.Payment.Decline;
import io.paybeacon.core.payment.Payment.Operation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What happened to a payment, in order of the gateway's clock, in JSON. */
final class PaymentTimeline {
    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::at).thenComparing(Entry::what).thenComparing(Entry::of);

    private PaymentTimeline() {}

    /**
     * One thing that happened.
     *
     * @param what a word: {@code status}, {@code authorised} and so on
     * @param of the gateway's id of the attempt, operation, refund or dispute
     */
    private record Entry(Instant at, String what, String of, JsonObject more) {}

    static JsonArray of(Payment payment) {
        List<Entry> entries = new ArrayList<>();
        for (Attempt attempt : payment.attempts()) {
            attempt(attempt, entries);
        }
        operations("authorised", payment.money().authorised(), entries);
        operations("captured", payment.money().captured(), entries);
        operations("capture_undone", payment.money().undone(), entries);
        payment.refunds()
                .forEach(refund ->
                        entries.add(
                                new Entry(
                                        refund.at(),
                                        "refund",
                                        refund.id(),
                                        new JsonObject()
                                                .put("status", refund.status().label())
                                                .put(
                                                        "amount",
                                                        PaymentJson.money(refund.amount())))));
        payment.disputes()
                .forEach(dispute ->
                        entries.add(
                                new Entry(
                                        dispute.at(),
                                        "dispute",
                                        dispute.id(),
                                        new JsonObject().put("status", dispute.status().label()))));
        JsonArray timeline = new JsonArray();
        entries.stream().sorted(ORDER).map(PaymentTimeline::json).forEach(timeline::add);
        return timeline;
    }

    private static void attempt(Attempt attempt, List<Entry> entries) {
        attempt.reached()
                .forEach(reached ->
                        entries.add(
                                new Entry(
                                        reached.at(),
                                        "status",
                                        attempt.id(),
                                        new JsonObject().put("status", reached.status().label()))));
        Stamped<Decline> decline = attempt.decline();
        if (decline != null) {
            entries.add(
                    new Entry(
                            decline.occurredAt(),
                            "declined",
                            attempt.id(),
                            new JsonObject().put("cause", decline.value().cause().label())));
        }
        if (attempt.authentication() != null) {
            entries.add(
                    new Entry(
                            attempt.authentication().occurredAt(),
                            "authentication",
                            attempt.id(),
                            new JsonObject()
                                    .put("outcome", attempt.authentication().value().label())));
        }
    }

    private static void operations(String what, List<Operation> operations, List<Entry> entries) {
        operations.forEach(operation ->
                entries.add(
                        new Entry(
                                operation.at(),
                                what,
                                operation.id(),
                                new JsonObject()
                                        .put("amount", PaymentJson.money(operation.amount())))));
    }

    private static JsonObject json(Entry entry) {
        return new JsonObject()
                .put("at", entry.at().toString())
                .put("what", entry.what())
                .put("of", entry.of())
                .mergeIn(entry.more());
    }
}
