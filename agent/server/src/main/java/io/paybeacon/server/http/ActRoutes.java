package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.EngineStoppedException;
import io.paybeacon.core.event.FindingEvent.Acknowledge;
import io.paybeacon.core.event.FindingEvent.Act;
import io.paybeacon.core.event.FindingEvent.Acted;
import io.paybeacon.core.event.FindingEvent.Assign;
import io.paybeacon.core.event.FindingEvent.Comment;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.event.FindingEvent.MarkFalsePositive;
import io.paybeacon.core.event.FindingEvent.Reopen;
import io.paybeacon.core.event.FindingEvent.Resolve;
import io.paybeacon.core.event.FindingEvent.Snooze;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.finding.FindingStage;
import io.paybeacon.core.output.Handling;
import io.paybeacon.core.output.Handling.Entry;
import io.paybeacon.server.findings.FindingStore;
import io.paybeacon.server.http.BodyReader.Reading;
import io.paybeacon.telemetry.IngestResult;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * People act on findings: {@code POST /api/v1/findings/{id}/acts}. An act enters by the engine's
 * door like everything else; the answer tells the finding as the engine has it afterwards. With an
 * {@code Idempotency-Key}, an act that is asked for again is done once.
 */
final class ActRoutes {
    private static final String KEY_HEADER = "Idempotency-Key";
    private static final Pattern JSON = Pattern.compile("(?i)application/json *(;.*)?");

    private final Vertx vertx;
    private final HttpServices services;
    private final BlockingCalls calls;
    private final AtomicLong bytesHeld = new AtomicLong();

    /** One act at a time, so that none comes between the look at a finding and what follows. */
    private final ReentrantLock acting = new ReentrantLock();

    ActRoutes(Vertx vertx, HttpServices services, BlockingCalls calls) {
        this.vertx = vertx;
        this.services = services;
        this.calls = calls;
    }

    void mount(Routes routes) {
        routes.mount(Operation.ACT_ON_FINDING, this::act);
        routes.mount(
                Operation.REBUILD_FINDINGS,
                request -> calls.answer(request, this::rebuild, b -> Answers.json(request, b)));
    }

    private void act(RoutingContext request) {
        String type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type == null || !JSON.matcher(type.strip()).matches()) {
            Answers.problem(
                    request, 415, "Not JSON", "The body is JSON: Content-Type: application/json.");
            return;
        }
        String key = request.request().getHeader(KEY_HEADER);
        if (key != null && !key.matches("[!-~]{1,%d}".formatted(Limits.IDEMPOTENCY_CHARS_MAX))) {
            Answers.problem(
                    request,
                    400,
                    "Bad header",
                    "%s is one word of at most %d characters."
                            .formatted(KEY_HEADER, Limits.IDEMPOTENCY_CHARS_MAX));
            return;
        }
        String id = Answers.parameter(request, "id");
        String actor = Caller.of(request).name();
        BodyReader reader =
                new BodyReader(
                        vertx,
                        request.request(),
                        Limits.ACT_BYTES_MAX,
                        Limits.BODY_READ_MILLIS_DEFAULT,
                        bytesHeld);
        reader.read()
                .onSuccess(reading -> {
                    switch (reading) {
                        case Reading.Refused(var why) -> refuse(request, why);
                        case Reading.Complete(var body) -> {
                            Buffer copy = body.copy();
                            reader.release();
                            calls.answer(
                                    request,
                                    () -> act(id, actor, key, copy),
                                    told -> Answers.json(request, told));
                        }
                    }
                });
    }

    private static void refuse(RoutingContext request, IngestResult why) {
        switch (why) {
            case TOO_LARGE ->
                    Answers.problem(
                            request,
                            413,
                            "Body too large",
                            "The body is larger than %d bytes.".formatted(Limits.ACT_BYTES_MAX));
            case TOO_SLOW ->
                    Answers.problem(
                            request,
                            408,
                            "Body too slow",
                            "The body did not arrive within the limit.");
            case ABORTED -> {
                // Nobody is left to be told.
            }
            default -> {
                request.response()
                        .putHeader("Retry-After", Integer.toString(Limits.RETRY_AFTER_SECONDS));
                Answers.problem(request, 503, "Busy", "The agent has no room. Ask again later.");
            }
        }
    }

    private JsonObject act(String id, String actor, @Nullable String key, Buffer body)
            throws Exception {
        Instant now = services.clock().instant();
        Act act = ActBody.read(body, now);
        Engine engine = EngineAccess.of(services);
        // The key of one caller means nothing to another.
        String eventId = key == null ? UUID.randomUUID().toString() : actor + "/" + key;
        if (!acting.tryLock(Limits.FIND_MILLIS_MAX, TimeUnit.MILLISECONDS)) {
            throw new TimeoutException();
        }
        try {
            FindingRecord known = find(engine, id);
            Entry before = entry(known, eventId);
            if (before != null) {
                if (!before.act().equals(act)) {
                    throw new BadQuestionException(
                            422,
                            "Key used before",
                            "Another act on this finding was asked for with this key.");
                }
                return told(known);
            }
            check(known, act);
            Found found = Objects.requireNonNull(known.found());
            Origin origin = new Origin(found.gateway(), eventId, after(known, now));
            BlockingCalls.await(engine.accept(List.of(new Acted(origin, id, actor, act))));
            return told(whenSeen(engine, id, eventId));
        } finally {
            acting.unlock();
        }
    }

    private static FindingRecord find(Engine engine, String id) throws Exception {
        FindingRecord known = FindingRoutes.record(engine, id);
        if (known == null) {
            throw new BadQuestionException(
                    404,
                    "Finding not found",
                    "This agent has no finding of this id; those of others are acted on there.");
        }
        return known;
    }

    private static void check(FindingRecord known, Act act) throws BadQuestionException {
        Handling handling = known.handling();
        if (handling != null && handling.entries().size() >= FindingStage.ACTS_MAX) {
            throw new BadQuestionException(
                    409,
                    "Too many acts",
                    "A finding keeps %d acts; this one has them.".formatted(FindingStage.ACTS_MAX));
        }
        boolean onlyWhileOpen =
                switch (act) {
                    case Acknowledge _, Assign _, Snooze _, Resolve _, Reopen _ -> true;
                    case Comment _, MarkFalsePositive _ -> false;
                };
        if (onlyWhileOpen && !known.open()) {
            throw new BadQuestionException(
                    409,
                    "Finding has ended",
                    "By the facts this finding no longer holds: it can be commented on, and be"
                            + " called a false positive.");
        }
    }

    /** Acts are kept in order of their times: none has that of another, or one before it. */
    private static Instant after(FindingRecord known, Instant now) {
        Instant at = now.truncatedTo(ChronoUnit.MILLIS);
        Handling handling = known.handling();
        if (handling == null || handling.entries().isEmpty()) {
            return at;
        }
        Instant next = handling.entries().getLast().at().plusMillis(1);
        return at.isBefore(next) ? next : at;
    }

    private static @Nullable Entry entry(FindingRecord known, String eventId) {
        Handling handling = known.handling();
        if (handling == null) {
            return null;
        }
        return handling.entries().stream()
                .filter(entry -> entry.eventId().equals(eventId))
                .findFirst()
                .orElse(null);
    }

    // Durable is not yet visible, in an engine of several processes.
    private static FindingRecord whenSeen(Engine engine, String id, String eventId)
            throws Exception {
        for (int i = 0; i < Limits.SEEN_TRIES_MAX; i++) {
            FindingRecord known = find(engine, id);
            if (entry(known, eventId) != null) {
                return known;
            }
            LockSupport.parkNanos(Limits.SEEN_PAUSE.toNanos());
        }
        throw new TimeoutException();
    }

    private JsonObject told(FindingRecord known) {
        return FindingJson.of(services.findings().agent(), known);
    }

    private JsonObject rebuild() {
        FindingStore.Records records =
                services.records()
                        .get()
                        .orElseThrow(() ->
                                new EngineStoppedException("the engine has not started", null));
        return new JsonObject().put("findings", services.findings().rebuild(records));
    }
}
