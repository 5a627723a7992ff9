package io.paybeacon.server.source;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/**
 * What a source answered, not yet read.
 *
 * @param body not to be changed
 * @param contentType as the answer names it, in lower case and without parameters; empty when it
 *     names none, or something that is no media type
 * @param receivedAt by the agent's wall clock
 */
record Document(Buffer body, String contentType, Instant receivedAt) {
    static final String OPEN_METRICS = "application/openmetrics-text";

    String text() {
        return body.toString(StandardCharsets.UTF_8);
    }

    /** For people: what the answer says that it is. */
    String said() {
        return contentType.isEmpty()
                ? "the answer does not say what it is"
                : "the answer says that it is " + contentType;
    }
}
