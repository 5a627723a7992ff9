package io.paybeacon.sandbox.card;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The objects of the API. Of a card it shows network, country and last four digits only. */
final class CardJson {
    private CardJson() {}

    static JsonObject authorization(Authorization a, List<Capture> captures, List<Refund> refunds) {
        JsonObject json =
                new JsonObject()
                        .put("id", a.id())
                        .put("object", "authorization")
                        .put("status", a.status())
                        .put("responseCode", a.response().code())
                        .put("responseText", a.response().text());
        a.approvalCode().ifPresent(code -> json.put("approvalCode", code));
        json.put("amount", amount(a.terms().amountMinor(), a.terms().currency()))
                .put("reference", a.terms().reference())
                .put("networkReference", a.networkReference())
                .put(
                        "card",
                        new JsonObject()
                                .put("network", a.card().facts().network())
                                .put("country", a.card().facts().country())
                                .put("lastFour", a.card().lastFour()))
                .put("held", a.amounts().heldMinor())
                .put("captured", a.amounts().capturedMinor())
                .put("refunded", a.amounts().refundedMinor())
                .put("released", a.amounts().releasedMinor())
                .put("created", a.created().toString())
                .put("metadata", metadata(a.terms().metadata()));
        JsonArray taken = new JsonArray();
        captures.forEach(c -> taken.add(capture(c, a)));
        JsonArray given = new JsonArray();
        refunds.forEach(r -> given.add(refund(r, a)));
        return json.put("captures", taken).put("refunds", given);
    }

    static JsonObject capture(Capture c, Authorization a) {
        return new JsonObject()
                .put("id", c.id())
                .put("object", "capture")
                .put("status", "completed")
                .put("authorization", a.id())
                .put("amount", amount(c.amountMinor(), a.terms().currency()))
                .put("final", a.amounts().heldMinor() == 0)
                .put("refunded", c.refundedMinor())
                .put("reference", a.terms().reference())
                .put("created", c.created().toString())
                .put("metadata", metadata(a.terms().metadata()));
    }

    static JsonObject refund(Refund r, Authorization a) {
        return new JsonObject()
                .put("id", r.id())
                .put("object", "refund")
                .put("status", "completed")
                .put("capture", r.captureId())
                .put("authorization", a.id())
                .put("authorizationStatus", a.status())
                .put("amount", amount(r.amountMinor(), a.terms().currency()))
                .put("reference", a.terms().reference())
                .put("created", r.created().toString())
                .put("metadata", metadata(a.terms().metadata()));
    }

    static JsonObject amount(long minor, String currency) {
        return new JsonObject().put("value", minor).put("currency", currency);
    }

    private static JsonObject metadata(Map<String, String> metadata) {
        JsonObject json = new JsonObject();
        new TreeMap<>(metadata).forEach(json::put);
        return json;
    }
}
