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
 * @param payments those still remembered, oldest first
 * @param placed payments made so far
 * @param skipped payments not made because too many were open
 * @param forgotten payments made but no longer remembered
 */
public record GroundTruth(List<PaymentTruth> payments, long placed, long skipped, long forgotten) {
    /** The truth of a sandbox without a marketplace. */
    public static final GroundTruth NONE = new GroundTruth(List.of(), 0, 0, 0);

    public GroundTruth {
        payments = List.copyOf(payments);
    }

    /** The payments that are stuck on purpose and whose plan has been carried out. */
    public List<PaymentTruth> stuck() {
        return payments.stream()
                .filter(p -> p.anomaly().filter(a -> a.stuck()).isPresent())
                .filter(p -> p.step() == PaymentTruth.Step.DONE)
                .toList();
    }

    /** The payments with which something has gone wrong as planned, the stuck ones among them. */
    public List<PaymentTruth> planted() {
        return payments.stream().filter(PaymentTruth::asPlanted).toList();
    }

    /** Number of remembered payments by what the gateway's books say; {@code none} if nothing. */
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
        JsonObject wrong = new JsonObject();
        planted().stream()
                .collect(
                        Collectors.groupingBy(
                                p -> p.anomaly().orElseThrow().label(),
                                TreeMap::new,
                                Collectors.counting()))
                .forEach(wrong::put);
        JsonArray all = new JsonArray();
        payments.forEach(p -> all.add(p.toJson()));
        return new JsonObject()
                .put("placed", placed)
                .put("skipped", skipped)
                .put("forgotten", forgotten)
                .put("stuck", stuck().size())
                .put("planted", wrong)
                .put("by_state", counts)
                .put("payments", all);
    }
}
