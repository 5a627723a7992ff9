package io.paybeacon.sandbox.api;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a gateway answers.
 *
 * @param headers of this answer alone; those of every answer come from {@link ApiDialect#headers}
 * @param body not sent with status 204
 * @param executed whether execution began, which is when an idempotency key stores the result
 */
public record Answer(int status, Map<String, String> headers, JsonObject body, boolean executed) {
    public Answer {
        headers = Map.copyOf(headers);
    }

    /** An answer without headers of its own. */
    public Answer(int status, JsonObject body, boolean executed) {
        this(status, Map.of(), body, executed);
    }

    /** The same with one more header. */
    public Answer withHeader(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new Answer(status, more, body, executed);
    }

    /** The same, executed or not. */
    public Answer withExecuted(boolean value) {
        return new Answer(status, headers, body, value);
    }
}
