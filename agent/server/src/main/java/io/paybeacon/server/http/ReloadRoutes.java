package io.paybeacon.server.http;

import io.paybeacon.probe.yaml.Problem;
import io.paybeacon.server.reload.Changes;
import io.paybeacon.server.reload.ConfigChanges;
import io.paybeacon.server.reload.ReloadCause;
import io.paybeacon.server.reload.ReloadResult;
import io.paybeacon.server.reload.Reloading;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reads the configuration anew: {@code POST /-/reload}. 200 with what has changed, 422 with every
 * mistake, 503 when it cannot be done now.
 */
final class ReloadRoutes {
    private final Vertx vertx;
    private final HttpServices services;

    ReloadRoutes(Vertx vertx, HttpServices services) {
        this.vertx = vertx;
        this.services = services;
    }

    void mount(Routes routes) {
        routes.mount(Operation.RELOAD, this::reload);
    }

    private void reload(RoutingContext request) {
        // A browser says where a request comes from; no page of another site is to reload.
        if (request.request().getHeader(HttpHeaders.ORIGIN) != null) {
            Answers.problem(
                    request, 403, "Forbidden", "Pages in a browser cannot reload the agent.");
            return;
        }
        Optional<Reloading> reloading = services.reloading().get();
        if (reloading.isEmpty()) {
            Answers.problem(
                    request,
                    503,
                    "Not ready",
                    "The agent is starting, or was started for one check; it does not reload.");
            return;
        }
        Future.fromCompletionStage(
                        reloading.get().reload(ReloadCause.REQUEST), vertx.getOrCreateContext())
                .timeout(Limits.RELOAD_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .onSuccess(result -> answer(request, result))
                .onFailure(_ -> later(request, "The reload takes long; the log tells its end."));
    }

    private static void answer(RoutingContext request, ReloadResult result) {
        switch (result) {
            case ReloadResult.Applied(ConfigChanges changes) ->
                    Answers.json(request, json(changes));
            case ReloadResult.Rejected(List<Problem> problems) -> {
                JsonArray list = new JsonArray();
                problems.forEach(problem -> list.add(json(problem)));
                Answers.problem(
                        request,
                        422,
                        "Configuration rejected",
                        "The configuration has mistakes; the one before stays in force.",
                        new JsonObject().put("problems", list));
            }
            case ReloadResult.Failed(String why) ->
                    Answers.problem(request, 500, "Configuration not in force", why);
            case ReloadResult.Busy _ -> later(request, "Other reloads are waiting.");
        }
    }

    private static void later(RoutingContext request, String detail) {
        request.response().putHeader("Retry-After", Integer.toString(Limits.RETRY_AFTER_SECONDS));
        Answers.problem(request, 503, "Busy", detail);
    }

    private static JsonObject json(ConfigChanges changes) {
        return new JsonObject()
                .put("result", "applied")
                .put("gateways", json(changes.gateways()))
                .put("probes", json(changes.probes()))
                .put("sources", json(changes.sources()))
                .put("modules", json(changes.modules()))
                .put("others", new JsonArray(changes.others()));
    }

    private static JsonObject json(Changes changes) {
        return new JsonObject()
                .put("added", new JsonArray(changes.added()))
                .put("removed", new JsonArray(changes.removed()))
                .put("changed", new JsonArray(changes.changed()))
                .put("untouched", new JsonArray(changes.untouched()));
    }

    private static JsonObject json(Problem problem) {
        return new JsonObject()
                .put("file", problem.file())
                .put("line", problem.line())
                .put("key", problem.key())
                .put("message", problem.message());
    }
}
