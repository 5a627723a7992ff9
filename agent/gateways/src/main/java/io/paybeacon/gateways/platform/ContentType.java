package io.paybeacon.gateways.platform;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How CloudEvents are packed (CloudEvents 1.0, JSON event format, sections 3 and 4). */
public enum ContentType {
    /** One event, in structured mode. */
    EVENT("application/cloudevents+json"),
    /** A JSON array of events. */
    BATCH("application/cloudevents-batch+json"),
    /** One event a line; empty lines are passed over. */
    LINES("application/x-ndjson");

    private static final String JSON_LINES = "application/jsonl";

    private final String mediaType;

    ContentType(String mediaType) {
        this.mediaType = mediaType;
    }

    /** The media type. */
    public String mediaType() {
        return mediaType;
    }

    /** That of a header, whatever its parameters; null when it is none of these. */
    public static @Nullable ContentType of(String header) {
        int semicolon = header.indexOf(';');
        String type = semicolon < 0 ? header : header.substring(0, semicolon);
        String plain = type.strip().toLowerCase(Locale.ROOT);
        if (plain.equals(JSON_LINES)) {
            return LINES;
        }
        for (ContentType contentType : values()) {
            if (contentType.mediaType.equals(plain)) {
                return contentType;
            }
        }
        return null;
    }
}
