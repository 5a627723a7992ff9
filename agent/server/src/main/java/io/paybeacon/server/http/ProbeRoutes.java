package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.probe.ProbeState;
import io.paybeacon.core.probe.ProbeState.LastRun;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.server.check.RunJson;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The synthetic transactions: every configured probe, {@code GET /api/v1/probes}; one with its last
 * runs, {@code /api/v1/probes/PROBE}; one run with what was sent, received, checked and timed,
 * redacted, {@code /api/v1/probes/PROBE/runs/RUN}, where RUN may be {@code last} or {@code failed}.
 */
final class ProbeRoutes {
    private static final String LAST = "last";
    private static final String LAST_FAILED = "failed";

    private final HttpServices services;
    private final BlockingCalls calls;

    ProbeRoutes(HttpServices services, BlockingCalls calls) {
        this.services = services;
        this.calls = calls;
    }

    void mount(Routes routes) {
        routes.mount(
                Operation.LIST_PROBES,
                request -> calls.answer(request, this::all, body -> Answers.json(request, body)));
        routes.mount(Operation.GET_PROBE, this::one);
        routes.mount(Operation.GET_PROBE_RUN, this::run);
    }

    private JsonObject all() throws Exception {
        JsonArray probes = new JsonArray();
        for (String gateway : services.inventory().get().gateways()) {
            for (String probe : services.inventory().get().probes(gateway)) {
                probes.add(state(gateway, probe));
            }
        }
        return new JsonObject().put("probes", probes);
    }

    private void one(RoutingContext request) {
        String probe = Answers.parameter(request, "probe");
        calls.answer(request, () -> one(probe), body -> Answers.json(request, body));
    }

    private JsonObject one(String probe) throws Exception {
        JsonArray runs = new JsonArray();
        services.runs().of(probe).forEach(run -> runs.add(RunJson.summary(run)));
        return state(gateway(probe), probe).put("runs", runs);
    }

    private void run(RoutingContext request) {
        String probe = Answers.parameter(request, "probe");
        String run = Answers.parameter(request, "run");
        calls.answer(
                request,
                () -> RunJson.withDebugLog(find(probe, run)),
                body -> Answers.json(request, body));
    }

    private RunResult find(String probe, String run) throws BadQuestionException {
        gateway(probe);
        return (switch (run) {
                    case LAST -> services.runs().of(probe).stream().findFirst();
                    case LAST_FAILED ->
                            services.runs().of(probe).stream()
                                    .filter(kept -> kept.failure() != null)
                                    .findFirst();
                    default -> services.runs().find(probe, run);
                })
                .orElseThrow(() ->
                        new BadQuestionException(
                                404,
                                "Run not found",
                                "No such run is kept; the last ones are, until the agent stops."));
    }

    /** The gateway of a configured probe. */
    private String gateway(String probe) throws BadQuestionException {
        for (String gateway : services.inventory().get().gateways()) {
            if (services.inventory().get().probes(gateway).contains(probe)) {
                return gateway;
            }
        }
        throw new BadQuestionException(
                404, "Probe not found", "No probe of this name is configured.");
    }

    private JsonObject state(String gateway, String probe) throws Exception {
        Engine engine = EngineAccess.of(services);
        String key = gateway + ":" + probe;
        return probe(
                gateway,
                probe,
                BlockingCalls.await(engine.find("probe", key, ProbeState.class)).orElse(null));
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
