package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.gateway.GatewayCell;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Every configured gateway as a whole, {@code GET /api/v1/gateways}; those that nothing is known of
 * included.
 */
final class GatewayRoutes {
    private final HttpServices services;
    private final BlockingCalls calls;

    GatewayRoutes(HttpServices services, BlockingCalls calls) {
        this.services = services;
        this.calls = calls;
    }

    void mount(Routes routes) {
        routes.mount(
                Operation.LIST_GATEWAYS,
                request -> calls.answer(request, this::all, body -> Answers.json(request, body)));
    }

    private JsonObject all() throws Exception {
        Engine engine = EngineAccess.of(services);
        JsonArray gateways = new JsonArray();
        for (String gateway : services.inventory().get().gateways()) {
            gateways.add(
                    cell(
                            gateway,
                            BlockingCalls.await(engine.find("gateway", gateway, GatewayCell.class))
                                    .orElse(null)));
        }
        return new JsonObject().put("gateways", gateways);
    }

    private static JsonObject cell(String gateway, @Nullable GatewayCell cell) {
        Outcomes recent = cell == null ? Outcomes.NONE : cell.recent();
        JsonObject payments = new JsonObject();
        for (PaymentStatus status : PaymentStatus.values()) {
            payments.put(
                    status.label(), cell == null ? 0L : cell.payments().getOrDefault(status, 0L));
        }
        return new JsonObject()
                .put("gateway", gateway)
                .put("payments", payments)
                .put(
                        "recentAttempts",
                        new JsonObject()
                                .put("approved", recent.approved())
                                .put("declined", recent.declined())
                                .put("error", recent.errors())
                                .put("abandoned", recent.abandoned()))
                .put("enoughEvidence", cell != null && cell.enoughEvidence());
    }
}
