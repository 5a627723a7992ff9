package io.paybeacon.server.http;

import io.paybeacon.core.codec.Named;
import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Severity;
import io.paybeacon.server.findings.FindingQuery;
import io.paybeacon.server.findings.FindingState;
import io.paybeacon.server.findings.PagePosition;
import io.paybeacon.server.findings.StoredFinding;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong: {@code GET /api/v1/findings} and {@code GET /api/v1/findings/{id}}. */
final class FindingRoutes {
    private static final String ALL_AGENTS = "*";

    private final HttpServices services;
    private final BlockingCalls calls;

    FindingRoutes(HttpServices services, BlockingCalls calls) {
        this.services = services;
        this.calls = calls;
    }

    void mount(Routes routes) {
        routes.mount(Operation.LIST_FINDINGS, this::list);
        routes.mount(Operation.GET_FINDING, this::one);
    }

    private void list(RoutingContext request) {
        calls.answer(
                request,
                () -> FindingJson.of(services.findings().list(query(request.queryParams()))),
                body -> Answers.json(request, body));
    }

    private FindingQuery query(MultiMap parameters) throws BadQuestionException {
        String agent = parameters.get("agent");
        FindingKind kind =
                word(parameters, "kind", FindingKind.NAMES, FindingKind.class, FindingKind::label);
        Severity severity =
                word(parameters, "severity", Severity.NAMES, Severity.class, Severity::label);
        return new FindingQuery(
                agent == null
                        ? services.findings().agent()
                        : agent.equals(ALL_AGENTS) ? null : agent,
                kind == null ? null : kind.label(),
                word(
                        parameters,
                        "state",
                        FindingState.NAMES,
                        FindingState.class,
                        FindingState::label),
                severity == null ? null : severity.label(),
                parameters.get("gateway"),
                parameters.get("subject"),
                instant(parameters, "from"),
                instant(parameters, "before"),
                limit(parameters.get("limit")),
                after(parameters.get("after")));
    }

    private static <E extends Enum<E>> @Nullable E word(
            MultiMap parameters,
            String name,
            Named<E> words,
            Class<E> type,
            Function<E, String> label)
            throws BadQuestionException {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        E found = words.find(text);
        if (found == null) {
            throw bad(
                    name
                            + " is one of "
                            + Stream.of(type.getEnumConstants())
                                    .map(label)
                                    .collect(Collectors.joining(", ")));
        }
        return found;
    }

    private static @Nullable Instant instant(MultiMap parameters, String name)
            throws BadQuestionException {
        String text = parameters.get(name);
        if (text == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw bad(name + " is a time with its offset, such as 2026-11-23T12:00:00Z");
        }
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

    private static @Nullable PagePosition after(@Nullable String text) throws BadQuestionException {
        if (text == null) {
            return null;
        }
        return PagePosition.of(text)
                .orElseThrow(() ->
                        bad(
                                "after is no place in the list: take it from the field next of the"
                                        + " page before"));
    }

    private static BadQuestionException bad(String detail) {
        return new BadQuestionException(400, "Bad parameter", detail);
    }

    private void one(RoutingContext request) {
        String id = Answers.parameter(request, "id");
        String asked = request.queryParams().get("agent");
        String own = services.findings().agent();
        calls.answer(
                request,
                () -> asked == null || asked.equals(own) ? own(own, id) : stored(asked, id),
                body -> Answers.json(request, body));
    }

    /** Of its own findings the engine knows the latest, whether the store answers or not. */
    private JsonObject own(String agent, String id) throws Exception {
        Optional<Engine> engine = services.engine().get();
        FindingRecord known = engine.isEmpty() ? null : record(engine.get(), id);
        return known == null ? stored(agent, id) : FindingJson.of(agent, known);
    }

    private JsonObject stored(String agent, String id) throws BadQuestionException {
        StoredFinding finding =
                services.findings()
                        .find(agent, id)
                        .orElseThrow(() ->
                                new BadQuestionException(
                                        404, "Finding not found", "No finding has this id."));
        return FindingJson.of(finding, services.findings().acts(agent, id));
    }

    /** What the engine has on record of a finding; null when there is none of this id. */
    static @Nullable FindingRecord record(Engine engine, String id) throws Exception {
        if (id.isEmpty()) {
            return null;
        }
        return BlockingCalls.await(engine.find("finding", id, FindingRecord.class))
                .filter(known -> known.found() != null)
                .orElse(null);
    }
}
