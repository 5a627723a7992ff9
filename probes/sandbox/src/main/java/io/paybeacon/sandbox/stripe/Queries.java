package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reading: single objects, lists, search. Confined to the lock of {@link StripeGateway}. */
final class Queries {
    private static final long PAGE_OBJECTS_DEFAULT = 10;

    private final Books books;
    private final Settlement settlement;

    Queries(Books books) {
        this.books = books;
        this.settlement = new Settlement(books);
    }

    JsonObject intent(String id, Form form) {
        form.allowOnly(Set.of("client_secret", "expand"));
        return settlement.render(books.intent(id), form.expandsLatestCharge());
    }

    JsonObject charge(String id, Form form) {
        form.allowOnly(Set.of());
        return StripeJson.charge(
                books.findCharge(id).orElseThrow(() -> StripeRefusal.missing("charge", id)));
    }

    JsonObject refund(String id, Form form) {
        form.allowOnly(Set.of());
        return StripeJson.refund(
                books.findRefund(id).orElseThrow(() -> StripeRefusal.missing("refund", id)), true);
    }

    JsonObject balance(Form form) {
        form.allowOnly(Set.of());
        return StripeJson.balance(books.ledger().balances());
    }

    JsonObject intents(Form form) {
        form.allowOnly(
                Set.of(
                        "limit",
                        "starting_after",
                        "customer",
                        "created[gt]",
                        "created[gte]",
                        "created[lt]",
                        "created[lte]",
                        "expand"));
        boolean expand = form.expandsLatestCharge();
        Predicate<PaymentIntent> wanted = created(form);
        Optional<String> customer = form.text("customer");
        if (customer.isPresent()) {
            wanted = wanted.and(i -> i.terms().customer().equals(customer));
        }
        Optional<String> after = form.text("starting_after");
        after.ifPresent(id -> mustExist(books.findIntent(id), "payment_intent", id));
        return page(
                "/v1/payment_intents",
                books.intents(),
                wanted,
                PaymentIntent::id,
                i -> settlement.render(i, expand),
                form,
                after);
    }

    JsonObject refunds(Form form) {
        form.allowOnly(Set.of("limit", "starting_after", "payment_intent", "charge"));
        Optional<String> intent = form.text("payment_intent");
        Optional<String> charge = form.text("charge");
        Predicate<Refund> wanted =
                r ->
                        intent.map(r.paymentIntentId()::equals).orElse(true)
                                && charge.map(r.chargeId()::equals).orElse(true);
        Optional<String> after = form.text("starting_after");
        after.ifPresent(id -> mustExist(books.findRefund(id), "refund", id));
        return page(
                "/v1/refunds",
                books.refunds(),
                wanted,
                Refund::id,
                r -> StripeJson.refund(r, true),
                form,
                after);
    }

    JsonObject search(Form form) {
        form.allowOnly(Set.of("query", "limit", "page", "expand"));
        boolean expand = form.expandsLatestCharge();
        Predicate<PaymentIntent> wanted = SearchQuery.compile(form.requiredText("query"));
        Optional<String> after = form.text("page");
        after.ifPresent(id -> mustExist(books.findIntent(id), "page", id));
        JsonObject list =
                page(
                        "/v1/payment_intents/search",
                        books.intents(),
                        wanted,
                        PaymentIntent::id,
                        i -> settlement.render(i, expand),
                        form,
                        after);
        JsonArray data = list.getJsonArray("data");
        boolean more = list.getBoolean("has_more");
        String next = more ? data.getJsonObject(data.size() - 1).getString("id") : null;
        return list.put("object", "search_result").put("next_page", next);
    }

    private static Predicate<PaymentIntent> created(Form form) {
        long gt = form.number("created[gt]").orElse(Long.MIN_VALUE);
        long gte = form.number("created[gte]").orElse(Long.MIN_VALUE);
        long lt = form.number("created[lt]").orElse(Long.MAX_VALUE);
        long lte = form.number("created[lte]").orElse(Long.MAX_VALUE);
        return i -> {
            long at = i.createdSeconds();
            return at > gt && at >= gte && at < lt && at <= lte;
        };
    }

    private static <T> JsonObject page(
            String url,
            Iterable<T> newestFirst,
            Predicate<T> wanted,
            Function<T, String> idOf,
            Function<T, JsonObject> render,
            Form form,
            Optional<String> after) {
        long limit = form.number("limit").orElse(PAGE_OBJECTS_DEFAULT);
        if (limit < 1 || limit > Limits.PAGE_OBJECTS_MAX) {
            throw StripeRefusal.parameter(
                    "parameter_invalid_integer",
                    "limit",
                    "This value must be between 1 and " + Limits.PAGE_OBJECTS_MAX + ".");
        }
        List<JsonObject> page = new ArrayList<>();
        boolean started = after.isEmpty();
        boolean more = false;
        for (T object : newestFirst) {
            if (started && wanted.test(object)) {
                if (page.size() == limit) {
                    more = true;
                    break;
                }
                page.add(render.apply(object));
            }
            started = started || after.filter(idOf.apply(object)::equals).isPresent();
        }
        return StripeJson.list(url, page, more);
    }

    private static void mustExist(Optional<?> object, String kind, String id) {
        if (object.isEmpty()) {
            throw StripeRefusal.parameter(
                    "resource_missing", "starting_after", "No such " + kind + ": '" + id + "'");
        }
    }
}
