package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.CustomerEvent.ErasureRequested;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.finding.RecordedStage;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A customer is to be forgotten: {@code DELETE /api/v1/customers/{id}}. The wish enters by the
 * engine's door; the answer says that it is durable, and what follows from it is done soon after.
 * Being told twice changes nothing.
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
        BlockingCalls.await(engine.accept(List.of(new ErasureRequested(origin, customer))));
        return new JsonObject().put("erasure", erasure).put("acceptedAt", now.toString());
    }
}
