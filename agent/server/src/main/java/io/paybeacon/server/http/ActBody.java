package io.paybeacon.server.http;

import io.paybeacon.core.event.FindingEvent.Acknowledge;
import io.paybeacon.core.event.FindingEvent.Act;
import io.paybeacon.core.event.FindingEvent.Assign;
import io.paybeacon.core.event.FindingEvent.Comment;
import io.paybeacon.core.event.FindingEvent.MarkFalsePositive;
import io.paybeacon.core.event.FindingEvent.Reopen;
import io.paybeacon.core.event.FindingEvent.Resolve;
import io.paybeacon.core.event.FindingEvent.Snooze;
import io.paybeacon.probe.secret.Redactor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;

/**
 * An act on a finding in JSON: {@code {"act": "assign", "assignee": "payments team"}}. Texts lose
 * card numbers and keys before anything keeps them.
 */
final class ActBody {
    private ActBody() {}

    /**
     * The act that a body asks for.
     *
     * @param now by the agent's clock
     * @throws BadQuestionException if it asks for none
     */
    static Act read(Buffer body, Instant now) throws BadQuestionException {
        JsonObject json;
        try {
            json = new JsonObject(body);
        } catch (DecodeException | ClassCastException e) {
            throw bad("the body is not a JSON object");
        }
        String act = text(json, "act", true, Limits.ACT_WORD_CHARS_MAX);
        return switch (act) {
            case "acknowledge" -> only(json, new Acknowledge());
            case "assign" ->
                    only(
                            json,
                            new Assign(text(json, "assignee", true, Limits.ASSIGNEE_CHARS_MAX)),
                            "assignee");
            case "snooze" -> only(json, new Snooze(until(json, now)), "until");
            case "comment" -> only(json, new Comment(remark(json, true)), "text");
            case "resolve" -> only(json, new Resolve(remark(json, false)), "text");
            case "false_positive" -> only(json, new MarkFalsePositive(remark(json, false)), "text");
            case "reopen" -> only(json, new Reopen());
            default ->
                    throw bad(
                            "act is one of acknowledge, assign, snooze, comment, resolve,"
                                    + " false_positive, reopen");
        };
    }

    private static Act only(JsonObject json, Act act, String... more) throws BadQuestionException {
        for (String name : json.fieldNames()) {
            if (!name.equals("act") && !Set.of(more).contains(name)) {
                throw bad(
                        more.length == 0
                                ? "this act has no other members"
                                : "this act has the member " + more[0] + " and no other");
            }
        }
        return act;
    }

    private static Instant until(JsonObject json, Instant now) throws BadQuestionException {
        String remedy = "until is a time with its offset, such as 2026-11-24T09:00:00Z";
        Instant until;
        try {
            until =
                    OffsetDateTime.parse(text(json, "until", true, Limits.ACT_WORD_CHARS_MAX))
                            .toInstant();
        } catch (DateTimeException e) {
            throw bad(remedy);
        }
        if (!until.isAfter(now) || until.isAfter(now.plus(Limits.SNOOZE_MAX))) {
            throw bad(
                    "until lies ahead, and at most "
                            + Limits.SNOOZE_MAX.toDays()
                            + " days: it is "
                            + now
                            + " here");
        }
        return until;
    }

    private static String remark(JsonObject json, boolean needed) throws BadQuestionException {
        return text(json, "text", needed, Limits.REMARK_CHARS_MAX);
    }

    private static String text(JsonObject json, String name, boolean needed, int charsMax)
            throws BadQuestionException {
        Object value = json.getValue(name);
        if (value == null && !needed) {
            return "";
        }
        if (!(value instanceof String text) || text.length() > charsMax) {
            throw bad("%s is a text of at most %d characters".formatted(name, charsMax));
        }
        if (text.isBlank() && needed) {
            throw bad(name + " is empty");
        }
        if (text.codePoints().anyMatch(c -> Character.isISOControl(c) && c != '\n' && c != '\t')) {
            throw bad(name + " has control characters");
        }
        return Redactor.OF_PATTERNS.redact(text.strip());
    }

    private static BadQuestionException bad(String detail) {
        return new BadQuestionException(400, "Bad body", detail);
    }
}
