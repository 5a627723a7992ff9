package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.identity.Identity;
import io.paybeacon.core.order.Order;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.payment.Payment;
import io.paybeacon.server.findings.StoredFinding;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One payment: {@code GET /api/v1/payments/{id}}; those of an order: {@code GET
 * /api/v1/payments?reference=REFERENCE}.
 */
final class PaymentRoutes {
    private final HttpServices services;
    private final BlockingCalls calls;

    PaymentRoutes(HttpServices services, BlockingCalls calls) {
        this.services = services;
        this.calls = calls;
    }

    void mount(Routes routes) {
        routes.mount(Operation.GET_PAYMENT, this::payment);
        routes.mount(Operation.LIST_PAYMENTS, this::ofOrder);
    }

    private void ofOrder(RoutingContext request) {
        String reference = request.queryParams().get("reference");
        String locale = request.queryParams().get("locale");
        calls.answer(
                request,
                () -> ofOrder(reference, GuidanceRoutes.locale(locale)),
                body -> Answers.json(request, body));
    }

    /** The payments that name the platform's reference; none when no payment does. */
    private JsonObject ofOrder(@Nullable String reference, Locale locale) throws Exception {
        if (reference == null
                || reference.isEmpty()
                || reference.length() > Limits.REFERENCE_CHARS_MAX) {
            throw new BadQuestionException(
                    400,
                    "Bad parameter",
                    "reference is the platform's reference of an order, of at most %d characters"
                            .formatted(Limits.REFERENCE_CHARS_MAX));
        }
        Engine engine = EngineAccess.of(services);
        Order order = order(engine, reference);
        JsonArray payments = new JsonArray();
        if (order != null) {
            for (Order.Part part : order.payments()) {
                Optional<Payment> payment = payment(engine, part.payment().key());
                if (payment.isPresent()) {
                    payments.add(
                            PaymentJson.of(
                                    payment.get(),
                                    order,
                                    findings(engine, payment.get(), order),
                                    locale));
                }
            }
        }
        return new JsonObject().put("payments", payments);
    }

    /** What is wrong with a payment and its order, as far as somebody need look at it. */
    private List<StoredFinding> findings(Engine engine, Payment payment, @Nullable Order order)
            throws Exception {
        List<Finding> open = new ArrayList<>(payment.findings());
        if (order != null) {
            open.addAll(order.findings());
        }
        String agent = services.findings().agent();
        List<StoredFinding> findings = new ArrayList<>();
        for (Finding finding : open) {
            FindingRecord known = FindingRoutes.record(engine, finding.id());
            StoredFinding shown =
                    known == null
                            ? StoredFinding.of(agent, finding)
                            : StoredFinding.of(agent, known);
            if (shown.resolvedAt() == null) {
                findings.add(shown);
            }
        }
        return findings;
    }

    private void payment(RoutingContext request) {
        String id = Answers.parameter(request, "id");
        String locale = request.queryParams().get("locale");
        calls.answer(
                request,
                () -> find(id, GuidanceRoutes.locale(locale)),
                body -> Answers.json(request, body));
    }

    private JsonObject find(String id, Locale locale) throws Exception {
        Engine engine = EngineAccess.of(services);
        Payment payment = one(candidates(engine, id));
        String reference = payment.property(Property.MERCHANT_REFERENCE);
        Order order = reference == null ? null : order(engine, reference);
        return PaymentJson.of(payment, order, findings(engine, payment, order), locale);
    }

    /** The payments that an id may mean: one where it names its gateway, else of each gateway. */
    private List<Payment> candidates(Engine engine, String id) throws Exception {
        List<Payment> found = new ArrayList<>();
        for (String gateway : services.inventory().get().gateways()) {
            if (id.startsWith(gateway + ":") && id.length() > gateway.length() + 1) {
                add(found, engine, gateway, id.substring(gateway.length() + 1));
                return found;
            }
        }
        for (String gateway : services.inventory().get().gateways()) {
            add(found, engine, gateway, id);
        }
        return found;
    }

    /** Finds a payment by its own reference, or by that of an object that belongs to it. */
    private static void add(List<Payment> found, Engine engine, String gateway, String reference)
            throws Exception {
        if (reference.isEmpty()) {
            return;
        }
        Optional<Payment> payment = payment(engine, new PaymentId(gateway, reference).key());
        if (payment.isEmpty()) {
            String key = new ProviderReference(gateway, reference).key();
            Optional<PaymentId> owner =
                    BlockingCalls.await(engine.find("identity", key, Identity.class))
                            .map(Identity::payment);
            if (owner.isPresent()) {
                payment = payment(engine, owner.get().key());
            }
        }
        payment.ifPresent(found::add);
    }

    private static Payment one(List<Payment> found) throws BadQuestionException {
        if (found.isEmpty()) {
            throw new BadQuestionException(
                    404,
                    "Payment not found",
                    "No payment of this id is known. Name it as gateway:reference, or by the"
                            + " gateway's reference of the payment or of a part of it.");
        }
        if (found.size() > 1) {
            throw new BadQuestionException(
                    409,
                    "Ambiguous reference",
                    "Several gateways know this reference. Ask for one of: "
                            + String.join(
                                    ", ",
                                    found.stream().map(payment -> payment.id().key()).toList()));
        }
        return found.getFirst();
    }

    private static Optional<Payment> payment(Engine engine, String key) throws Exception {
        return BlockingCalls.await(engine.find("payment", key, Payment.class));
    }

    private static @Nullable Order order(Engine engine, String reference) throws Exception {
        return BlockingCalls.await(engine.find("order", reference, Order.class)).orElse(null);
    }
}
