package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.gateway.GatewayCell;
import io.paybeacon.core.probe.ProbeState;
import io.paybeacon.core.probe.ProbeState.LastRun;
import io.paybeacon.telemetry.HttpRoute;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Every configured gateway as a whole, {@code GET /api/v1/gateways}, and every configured probe,
 * {@code GET /api/v1/probes}; those that nothing is known of included.
 */
final class GatewayRoutes {
    private final HttpServices services;
    private final BlockingCalls calls;

    GatewayRoutes(HttpServices services, BlockingCalls calls) {
        this.services = services;
        this.calls = calls;
    }

    void mount(Router router) {
        Answers.question(
                router,
                "/api/v1/gateways",
                HttpRoute.API,
                request -> calls.answer(request, this::all, body -> Answers.json(request, body)));
        Answers.question(router, "/api/v1/probes", HttpRoute.API, this::probes);
    }

    private JsonObject all() throws Exception {
        Engine engine = EngineAccess.of(services);
        JsonArray gateways = new JsonArray();
        for (String gateway : services.inventory().gateways()) {
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

    private void probes(RoutingContext request) {
        calls.answer(request, this::allProbes, body -> Answers.json(request, body));
    }

    private JsonObject allProbes() throws Exception {
        Engine engine = EngineAccess.of(services);
        JsonArray probes = new JsonArray();
        for (String gateway : services.inventory().gateways()) {
            for (String probe : services.inventory().probes(gateway)) {
                String key = gateway + ":" + probe;
                probes.add(
                        probe(
                                gateway,
                                probe,
                                BlockingCalls.await(engine.find("probe", key, ProbeState.class))
                                        .orElse(null)));
            }
        }
        return new JsonObject().put("probes", probes);
    }

    private static JsonObject probe(String gateway, String probe, @Nullable ProbeState state) {
        LastRun last = state == null ? null : state.last();
        Instant passedAt = state == null ? null : state.lastPassedAt();
        JsonArray orphans = new JsonArray();
        if (state != null) {
            state.orphans().forEach(orphans::add);
        }
        return new JsonObject()
                .put("gateway", gateway)
                .put("probe", probe)
                .put("lastRun", last == null ? null : run(last))
                .put("lastPassedAt", passedAt == null ? null : passedAt.toString())
                .put("failuresInARow", state == null ? 0L : state.failuresInARow())
                .put("orphans", orphans);
    }

    private static JsonObject run(LastRun run) {
        Failure failure = run.failure();
        JsonObject json =
                new JsonObject()
                        .put("run", run.run())
                        .put("traceId", run.traceId())
                        .put("startedAt", run.startedAt().toString())
                        .put("totalNanos", run.totalNanos())
                        .put("passed", failure == null);
        return failure == null
                ? json
                : json.put(
                        "failure",
                        new JsonObject()
                                .put("step", failure.step())
                                .put("reason", failure.reason().label())
                                .put("detail", failure.detail()));
    }
}
