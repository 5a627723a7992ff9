package io.paybeacon.sandbox.ledger;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * All money at one moment.
 *
 * @param payments the payments still kept, oldest first
 * @param balances per currency, over all payments ever, also those no longer kept
 */
public record LedgerSnapshot(List<LedgerEntry> payments, Map<String, Balance> balances) {
    public LedgerSnapshot {
        payments = List.copyOf(payments);
        balances = Map.copyOf(balances);
    }

    /** Sums in minor units; {@code authorised = held + captured + released} unless a fault lied. */
    public record Balance(
            long authorisedMinor,
            long heldMinor,
            long capturedMinor,
            long refundedMinor,
            long releasedMinor) {}

    /** The payment of that id. */
    public Optional<LedgerEntry> payment(String paymentId) {
        return payments.stream().filter(p -> p.paymentId().equals(paymentId)).findAny();
    }

    /** The payments whose metadata has that entry. */
    public List<LedgerEntry> withMetadata(String key, String value) {
        return payments.stream().filter(p -> value.equals(p.metadata().get(key))).toList();
    }

    /** The payments with an open hold. */
    public List<LedgerEntry> holds() {
        return payments.stream().filter(p -> p.heldMinor() != 0).toList();
    }

    /** For {@code GET /_sandbox/ledger}. */
    public JsonObject toJson() {
        JsonObject sums = new JsonObject();
        new TreeMap<>(balances)
                .forEach((currency, b) ->
                        sums.put(
                                currency,
                                new JsonObject()
                                        .put("authorised", b.authorisedMinor())
                                        .put("held", b.heldMinor())
                                        .put("captured", b.capturedMinor())
                                        .put("refunded", b.refundedMinor())
                                        .put("released", b.releasedMinor())));
        JsonArray entries = new JsonArray();
        for (LedgerEntry p : payments) {
            JsonObject metadata = new JsonObject();
            new TreeMap<>(p.metadata()).forEach(metadata::put);
            entries.add(
                    new JsonObject()
                            .put("payment", p.paymentId())
                            .put("status", p.status())
                            .put("currency", p.currency())
                            .put("asked", p.askedMinor())
                            .put("authorised", p.authorisedMinor())
                            .put("held", p.heldMinor())
                            .put("captured", p.capturedMinor())
                            .put("refunded", p.refundedMinor())
                            .put("released", p.releasedMinor())
                            .put("metadata", metadata));
        }
        return new JsonObject().put("balances", sums).put("payments", entries);
    }
}
