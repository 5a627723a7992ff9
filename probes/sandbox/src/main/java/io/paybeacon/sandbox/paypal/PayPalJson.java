package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.paypal.Order.Intent;
import io.paybeacon.sandbox.paypal.Order.Source;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The documented JSON shapes of the gateway's objects, with links to the gateway itself. */
final class PayPalJson {
    /** How long an authorisation stands (docs/checkout/standard/customize/authorization). */
    static final Duration AUTHORIZATION_LASTS = Duration.ofDays(29);

    private static final String MERCHANT_ID = "SANDBOXMERCH2";
    private static final String MERCHANT_EMAIL = "merchant@business.example.com";

    private final Books books;
    private final Supplier<String> baseUrl;

    PayPalJson(Books books, Supplier<String> baseUrl) {
        this.books = books;
        this.baseUrl = baseUrl;
    }

    String baseUrl() {
        return baseUrl.get();
    }

    static JsonObject link(String href, String rel, String method) {
        return new JsonObject().put("href", href).put("rel", rel).put("method", method);
    }

    /** An order as it is answered: whole, or only what has come of it. */
    JsonObject order(Order order, boolean whole) {
        return order(order, whole, false);
    }

    JsonObject order(Order order, boolean whole, boolean newestFirst) {
        JsonObject json = new JsonObject().put("id", order.id());
        if (whole) {
            json.put("intent", order.intent().name());
        }
        json.put("status", order.status().name());
        order.source().ifPresent(s -> json.put("payment_source", source(s)));
        JsonObject payments = payments(order, newestFirst);
        if (whole) {
            json.put("purchase_units", new JsonArray().add(unit(order.unit(), payments)));
            json.put("create_time", time(order.created()));
            if (order.updated().isAfter(order.created())) {
                json.put("update_time", time(order.updated()));
            }
        } else if (!payments.isEmpty()) {
            json.put(
                    "purchase_units",
                    new JsonArray()
                            .add(
                                    new JsonObject()
                                            .put("reference_id", order.unit().referenceId())
                                            .put("payments", payments)));
        }
        return json.put("links", orderLinks(order));
    }

    private static JsonObject source(Source source) {
        return switch (source) {
            case Source.OfCard(Card card) -> new JsonObject().put("card", card.toJson());
            case Source.Wallet() -> new JsonObject().put("paypal", new JsonObject());
        };
    }

    private JsonObject unit(PurchaseUnit unit, JsonObject payments) {
        JsonObject json =
                new JsonObject()
                        .put("reference_id", unit.referenceId())
                        .put("amount", unit.amount().toJson())
                        .put("payee", payee());
        unit.description().ifPresent(text -> json.put("description", text));
        putReferences(json, unit.customId(), unit.invoiceId());
        unit.softDescriptor().ifPresent(text -> json.put("soft_descriptor", text));
        if (!payments.isEmpty()) {
            json.put("payments", payments);
        }
        return json;
    }

    private JsonObject payments(Order order, boolean newestFirst) {
        JsonObject payments = new JsonObject();
        JsonArray authorizations = new JsonArray();
        sorted(books.authorizationsOf(order.id()), newestFirst)
                .forEach(a -> authorizations.add(inOrder(a)));
        JsonArray captures = new JsonArray();
        sorted(books.capturesOf(order.id()), newestFirst).forEach(c -> captures.add(inOrder(c)));
        JsonArray refunds = new JsonArray();
        books.refundsOf(order.id()).forEach(r -> refunds.add(refund(r)));
        if (!authorizations.isEmpty()) {
            payments.put("authorizations", authorizations);
        }
        if (!captures.isEmpty()) {
            payments.put("captures", captures);
        }
        if (!refunds.isEmpty()) {
            payments.put("refunds", refunds);
        }
        return payments;
    }

    private static <T> List<T> sorted(List<T> oldestFirst, boolean newestFirst) {
        return newestFirst ? oldestFirst.reversed() : oldestFirst;
    }

    private JsonArray orderLinks(Order order) {
        String self = baseUrl() + "/v2/checkout/orders/" + order.id();
        JsonArray links = new JsonArray().add(link(self, "self", "GET"));
        String next = order.intent() == Intent.AUTHORIZE ? "authorize" : "capture";
        switch (order.status()) {
            case CREATED ->
                    links.add(link(checkout(order), "approve", "GET"))
                            .add(link(self, "update", "PATCH"))
                            .add(link(self + "/" + next, next, "POST"));
            case APPROVED ->
                    links.add(link(self, "update", "PATCH"))
                            .add(link(self + "/" + next, next, "POST"));
            case PAYER_ACTION_REQUIRED -> links.add(payerAction(order));
            case COMPLETED -> {}
        }
        return links;
    }

    /** Where the payer has to go. */
    JsonObject payerAction(Order order) {
        String href =
                order.card().isPresent()
                        ? baseUrl() + "/webapps/helios?action=verify&flow=3ds&cart_id=" + order.id()
                        : checkout(order);
        return link(href, "payer-action", "GET");
    }

    private String checkout(Order order) {
        return baseUrl() + "/checkoutnow?token=" + order.id();
    }

    JsonObject authorization(Authorization a) {
        return inOrder(a)
                .put("supplementary_data", related(a.orderId(), Optional.empty()))
                .put("payee", payee());
    }

    private JsonObject inOrder(Authorization a) {
        JsonObject json =
                new JsonObject()
                        .put("id", a.id())
                        .put("status", a.status().name())
                        .put("amount", a.amount().toJson());
        putReferences(json, a.unit().customId(), a.unit().invoiceId());
        json.put("seller_protection", new JsonObject().put("status", "NOT_ELIGIBLE"));
        a.processor().ifPresent(p -> json.put("processor_response", p.toJson()));
        json.put("expiration_time", time(a.created().plus(AUTHORIZATION_LASTS)))
                .put("create_time", time(a.created()))
                .put("update_time", time(a.updated()));
        return json.put("links", authorizationLinks(a));
    }

    JsonArray authorizationLinks(Authorization a) {
        String self = baseUrl() + "/v2/payments/authorizations/" + a.id();
        JsonArray links = new JsonArray().add(link(self, "self", "GET"));
        if (a.heldMinor() > 0) {
            links.add(link(self + "/capture", "capture", "POST"))
                    .add(link(self + "/void", "void", "POST"))
                    .add(link(self + "/reauthorize", "reauthorize", "POST"));
        }
        return links.add(up(a.orderId()));
    }

    JsonObject capture(Capture c) {
        return inOrder(c)
                .put("supplementary_data", related(c.orderId(), c.authorizationId()))
                .put("payee", payee());
    }

    private JsonObject inOrder(Capture c) {
        JsonObject json =
                new JsonObject()
                        .put("id", c.id())
                        .put("status", c.status().name())
                        .put("amount", c.amount().toJson())
                        .put("final_capture", c.last())
                        .put("disbursement_mode", "INSTANT");
        putReferences(json, c.unit().customId(), c.invoiceId());
        json.put("seller_protection", new JsonObject().put("status", "NOT_ELIGIBLE"));
        if (c.status() == Capture.Status.PENDING) {
            json.put("status_details", new JsonObject().put("reason", "PENDING_REVIEW"));
        } else if (c.status() != Capture.Status.DECLINED) {
            json.put("seller_receivable_breakdown", receivable(c.amount()));
        }
        c.processor().ifPresent(p -> json.put("processor_response", p.toJson()));
        json.put("create_time", time(c.created())).put("update_time", time(c.updated()));
        return json.put("links", captureLinks(c));
    }

    JsonArray captureLinks(Capture c) {
        String self = baseUrl() + "/v2/payments/captures/" + c.id();
        JsonArray links = new JsonArray().add(link(self, "self", "GET"));
        if (c.refundableMinor() > 0) {
            links.add(link(self + "/refund", "refund", "POST"));
        }
        return links.add(
                c.authorizationId()
                        .map(id ->
                                link(baseUrl() + "/v2/payments/authorizations/" + id, "up", "GET"))
                        .orElseGet(() -> up(c.orderId())));
    }

    /** The fee of PayPal's published price for cards in the United States: 2.89 % + 0.29. */
    private static JsonObject receivable(Money gross) {
        long fee = Math.min(gross.minor(), (gross.minor() * 289 + 5_000) / 10_000 + 29);
        return new JsonObject()
                .put("gross_amount", gross.toJson())
                .put("paypal_fee", gross.of(fee).toJson())
                .put("net_amount", gross.of(gross.minor() - fee).toJson());
    }

    JsonObject refund(Refund r) {
        JsonObject json = new JsonObject().put("id", r.id()).put("amount", r.amount().toJson());
        json.put(
                "seller_payable_breakdown",
                new JsonObject()
                        .put("gross_amount", r.amount().toJson())
                        .put("paypal_fee", r.amount().of(0).toJson())
                        .put("net_amount", r.amount().toJson())
                        .put("total_refunded_amount", r.amount().of(r.totalMinor()).toJson()));
        putReferences(json, r.customId(), r.invoiceId());
        r.noteToPayer().ifPresent(note -> json.put("note_to_payer", note));
        return json.put("status", "COMPLETED")
                .put("create_time", time(r.created()))
                .put("update_time", time(r.created()))
                .put("links", refundLinks(r));
    }

    JsonArray refundLinks(Refund r) {
        return new JsonArray()
                .add(link(baseUrl() + "/v2/payments/refunds/" + r.id(), "self", "GET"))
                .add(link(baseUrl() + "/v2/payments/captures/" + r.captureId(), "up", "GET"));
    }

    /** The short answer of Payments v2: id, status and links. */
    static JsonObject minimal(JsonObject whole) {
        return new JsonObject()
                .put("id", whole.getString("id"))
                .put("status", whole.getString("status"))
                .put("links", whole.getJsonArray("links"));
    }

    private JsonObject up(String orderId) {
        return link(baseUrl() + "/v2/checkout/orders/" + orderId, "up", "GET");
    }

    private static void putReferences(
            JsonObject json, Optional<String> customId, Optional<String> invoiceId) {
        customId.ifPresent(id -> json.put("custom_id", id));
        invoiceId.ifPresent(id -> json.put("invoice_id", id));
    }

    private static JsonObject related(String orderId, Optional<String> authorizationId) {
        JsonObject ids = new JsonObject().put("order_id", orderId);
        authorizationId.ifPresent(id -> ids.put("authorization_id", id));
        return new JsonObject().put("related_ids", ids);
    }

    private static JsonObject payee() {
        return new JsonObject()
                .put("email_address", MERCHANT_EMAIL)
                .put("merchant_id", MERCHANT_ID);
    }

    static String time(Instant instant) {
        return instant.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
