package io.paybeacon.server.http;

import io.paybeacon.core.output.FindingKind;
import io.paybeacon.server.findings.FindingQuery;
import io.paybeacon.server.findings.FindingState;
import io.paybeacon.server.findings.StoredFinding;
import io.paybeacon.telemetry.HttpRoute;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong: {@code GET /api/v1/findings} and {@code GET /api/v1/findings/{id}}. */
final class FindingRoutes {
    private static final Set<String> PARAMETERS =
            Set.of("kind", "state", "gateway", "limit", "after");

    private final HttpServices services;
    private final BlockingCalls calls;

    FindingRoutes(HttpServices services, BlockingCalls calls) {
        this.services = services;
        this.calls = calls;
    }

    void mount(Router router) {
        Answers.question(router, "/api/v1/findings", HttpRoute.API, this::list);
        Answers.question(router, "/api/v1/findings/:id", HttpRoute.API, this::one);
    }

    private void list(RoutingContext request) {
        calls.answer(
                request,
                () -> page(query(request.queryParams())),
                body -> Answers.json(request, body));
    }

    private JsonObject page(FindingQuery query) throws BadQuestionException {
        try {
            return FindingJson.of(services.findings().list(query));
        } catch (IllegalArgumentException e) {
            throw bad("after names no finding: take it from the field next of the page before");
        }
    }

    private static FindingQuery query(MultiMap parameters) throws BadQuestionException {
        for (String name : parameters.names()) {
            if (!PARAMETERS.contains(name) || parameters.getAll(name).size() > 1) {
                throw bad("the parameters are kind, state, gateway, limit, after, each once");
            }
        }
        String kind = parameters.get("kind");
        if (kind != null && FindingKind.NAMES.find(kind) == null) {
            throw bad(
                    "kind is one of "
                            + Stream.of(FindingKind.values())
                                    .map(FindingKind::label)
                                    .collect(Collectors.joining(", ")));
        }
        return new FindingQuery(
                kind,
                state(parameters.get("state")),
                parameters.get("gateway"),
                limit(parameters.get("limit")),
                parameters.get("after"));
    }

    private static @Nullable FindingState state(@Nullable String text) throws BadQuestionException {
        if (text == null) {
            return null;
        }
        FindingState state = FindingState.NAMES.find(text);
        if (state == null) {
            throw bad("state is one of open, resolved, superseded");
        }
        return state;
    }

    private static int limit(@Nullable String text) throws BadQuestionException {
        if (text == null) {
            return Limits.PAGE_ITEMS_DEFAULT;
        }
        int max = io.paybeacon.server.findings.Limits.PAGE_ITEMS_MAX;
        int limit = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > max) {
            throw bad("limit is a whole number from 1 to " + max);
        }
        return limit;
    }

    private static BadQuestionException bad(String detail) {
        return new BadQuestionException(400, "Bad parameter", detail);
    }

    private void one(RoutingContext request) {
        String id = Answers.parameter(request, "id");
        calls.answer(request, () -> FindingJson.of(find(id)), body -> Answers.json(request, body));
    }

    private StoredFinding find(String id) throws BadQuestionException {
        return services.findings()
                .find(id)
                .orElseThrow(() ->
                        new BadQuestionException(
                                404, "Finding not found", "No finding has this id."));
    }
}
