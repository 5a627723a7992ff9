package io.paybeacon.server.http;

import io.paybeacon.core.customer.Customer;
import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.CustomerEvent.ErasureRequested;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.OrderEvent.OrderCustomerErased;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.CustomerErased;
import io.paybeacon.core.finding.RecordedStage;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A customer is to be forgotten: {@code DELETE /api/v1/customers/{id}}. The wish enters by the
 * engine's door, for the customer and for each payment and order that leads to it; the answer says
 * that all of it is durable. Being told twice changes nothing.
 */
final class CustomerRoutes {
    private final HttpServices services;
    private final BlockingCalls calls;

    CustomerRoutes(HttpServices services, BlockingCalls calls) {
        this.services = services;
        this.calls = calls;
    }

    void mount(Routes routes) {
        routes.mount(
                Operation.ERASE_CUSTOMER,
                request -> {
                    String customer = Answers.parameter(request, "id");
                    calls.answer(
                            request,
                            () -> erase(customer),
                            body -> Answers.json(request, 202, body));
                });
    }

    private JsonObject erase(String customer) throws Exception {
        if (customer.isBlank() || customer.length() > Limits.CUSTOMER_CHARS_MAX) {
            throw new BadQuestionException(
                    400,
                    "Bad customer",
                    "The id of a customer has from 1 to %d characters."
                            .formatted(Limits.CUSTOMER_CHARS_MAX));
        }
        Engine engine = EngineAccess.of(services);
        Instant now = services.clock().instant();
        String erasure = UUID.randomUUID().toString();
        Origin origin = new Origin(RecordedStage.ACCOUNT, erasure, now);
        List<Event> wishes = new ArrayList<>();
        Customer known =
                BlockingCalls.await(engine.find("customer", customer, Customer.class))
                        .orElse(new Customer(List.of(), List.of()));
        known.payments().forEach(payment -> wishes.add(new CustomerErased(origin, payment)));
        known.orders().forEach(order -> wishes.add(new OrderCustomerErased(origin, order)));
        // Last, so that an erasure that is cut off still finds the rest when it is asked for again.
        wishes.add(new ErasureRequested(origin, customer));
        for (int from = 0; from < wishes.size(); from += Limits.ERASURE_EVENTS_MAX) {
            int to = Math.min(wishes.size(), from + Limits.ERASURE_EVENTS_MAX);
            BlockingCalls.await(engine.accept(List.copyOf(wishes.subList(from, to))));
        }
        return new JsonObject().put("erasure", erasure).put("acceptedAt", now.toString());
    }
}
