package io.paybeacon.sandbox.market;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What is true at one moment, to mark a detector against.
 *
 * @param payments the orders still remembered, oldest first
 * @param placed orders placed so far
 * @param skipped orders not placed because too many were open
 * @param forgotten orders placed but no longer remembered
 */
public record GroundTruth(List<PaymentTruth> payments, long placed, long skipped, long forgotten) {
    /** The truth of a sandbox without a marketplace. */
    public static final GroundTruth NONE = new GroundTruth(List.of(), 0, 0, 0);

    public GroundTruth {
        payments = List.copyOf(payments);
    }

    /** The orders that are stuck on purpose and whose plan has been carried out. */
    public List<PaymentTruth> stuck() {
        return payments.stream()
                .filter(p -> p.stuckCause().isPresent() && p.step() == PaymentTruth.Step.DONE)
                .toList();
    }

    /** Number of remembered orders by what the gateway's books say; {@code none} if nothing. */
    public Map<String, Long> countsByState() {
        return payments.stream()
                .collect(
                        Collectors.groupingBy(
                                p -> p.actual().map(PaymentState::wireName).orElse("none"),
                                TreeMap::new,
                                Collectors.counting()));
    }

    /** For {@code GET /_sandbox/ground-truth}. */
    public JsonObject toJson() {
        JsonObject counts = new JsonObject();
        countsByState().forEach(counts::put);
        JsonArray orders = new JsonArray();
        payments.forEach(p -> orders.add(p.toJson()));
        return new JsonObject()
                .put("placed", placed)
                .put("skipped", skipped)
                .put("forgotten", forgotten)
                .put("stuck", stuck().size())
                .put("by_state", counts)
                .put("payments", orders);
    }
}
