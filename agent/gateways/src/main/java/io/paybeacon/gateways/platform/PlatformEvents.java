package io.paybeacon.gateways.platform;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.Origin;
import io.paybeacon.gateways.Limits;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What the platform tells, as CloudEvents 1.0 in JSON: one event, a batch, or one a line. The types
 * and their fields are in {@code events.schema.json} beside this class.
 *
 * <p>Each event stands for itself: one that cannot be taken is reported with its place, the reason
 * and the remedy, and the others are taken. Only what is no JSON ends the reading of a batch; the
 * events before it are taken all the same, and the sender, who has to send the batch again, does no
 * harm by it, for an event is known by its {@code source} and {@code id}.
 *
 * <p>Unknown attributes of a CloudEvent are its extensions and are passed over; an unknown field of
 * {@code data} is refused. Immutable and safe for use by many threads.
 */
public final class PlatformEvents {
    /** How many events one body holds. */
    public static final int EVENTS_MAX = 10_000;

    /** The longest body, in bytes. */
    public static final int BODY_BYTES_MAX = 8 << 20;

    private static final String SPEC_VERSION = "1.0";

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Limits.NESTING_DEPTH_MAX)
                                    .maxDocumentLength(BODY_BYTES_MAX)
                                    .maxStringLength(Limits.TEXT_CHARS_MAX)
                                    .maxNameLength(Limits.NAME_CHARS_MAX)
                                    .maxNumberLength(Limits.NUMBER_CHARS_MAX)
                                    .build())
                    .build();

    private final Predicate<String> configured;

    /**
     * A reader.
     *
     * @param configured which names of accounts an event may come from: those that are configured
     */
    public PlatformEvents(Predicate<String> configured) {
        this.configured = configured;
    }

    /**
     * What became of a body.
     *
     * @param accepted in the order they came
     * @param rejected what was not taken, in order
     */
    public record Reading(List<Event> accepted, List<Rejected> rejected) {
        public Reading {
            accepted = List.copyOf(accepted);
            rejected = List.copyOf(rejected);
        }
    }

    /**
     * Why an event was not taken. Quotes no value.
     *
     * @param index the place of the event in the body, or of the line in the file, from 0
     * @param pointer the JSON pointer (RFC 6901) within the event to what is wrong; empty for the
     *     event as a whole
     * @param reason what is wrong
     * @param remedy what to do about it
     */
    public record Rejected(long index, String pointer, String reason, String remedy) {}

    /** Reads a body. Never throws. */
    public Reading read(byte[] body, ContentType contentType) {
        List<Event> accepted = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        if (body.length > BODY_BYTES_MAX) {
            rejected.add(
                    new Rejected(
                            0,
                            "",
                            "the body is longer than " + BODY_BYTES_MAX + " bytes",
                            "send it in several parts"));
            return new Reading(accepted, rejected);
        }
        switch (contentType) {
            case EVENT -> readEvent(body, 0, body.length, 0, accepted, rejected);
            case BATCH -> readBatch(body, accepted, rejected);
            case LINES -> readLines(body, accepted, rejected);
        }
        return new Reading(accepted, rejected);
    }

    /**
     * Reads one line of a file. Never throws.
     *
     * @param line without its end
     * @param index its place in the file, from 0, for the errors
     */
    public Reading readLine(byte[] line, long index) {
        List<Event> accepted = new ArrayList<>();
        List<Rejected> rejected = new ArrayList<>();
        readEvent(line, 0, line.length, index, accepted, rejected);
        return new Reading(accepted, rejected);
    }

    private void readLines(byte[] body, List<Event> accepted, List<Rejected> rejected) {
        long index = 0;
        int from = 0;
        for (int at = 0; at <= body.length; at++) {
            if (at < body.length && body[at] != '\n') {
                continue;
            }
            if (!isBlank(body, from, at)) {
                if (accepted.size() + rejected.size() >= EVENTS_MAX) {
                    rejected.add(tooMany(index));
                    return;
                }
                readEvent(body, from, at, index, accepted, rejected);
            }
            index++;
            from = at + 1;
        }
    }

    private static boolean isBlank(byte[] body, int from, int to) {
        for (int at = from; at < to; at++) {
            if (body[at] != ' ' && body[at] != '\r' && body[at] != '\t') {
                return false;
            }
        }
        return true;
    }

    private static Rejected tooMany(long index) {
        return new Rejected(
                index,
                "",
                "more than " + EVENTS_MAX + " events; this one and those behind it were not read",
                "send them in several bodies");
    }

    private void readEvent(
            byte[] body,
            int from,
            int to,
            long index,
            List<Event> accepted,
            List<Rejected> rejected) {
        try (JsonParser parser = FACTORY.createParser(body, from, to - from)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                rejected.add(
                        new Rejected(
                                index, "", "not a JSON object", "send a CloudEvent as one object"));
                return;
            }
            Event event = event(parser);
            if (parser.nextToken() != null) {
                throw new RejectedException(
                        "",
                        "something follows the event",
                        "send a batch as " + ContentType.BATCH.mediaType());
            }
            accepted.add(event);
        } catch (RejectedException e) {
            rejected.add(rejected(index, e));
        } catch (IOException e) {
            rejected.add(unreadable(index, e));
        }
    }

    private void readBatch(byte[] body, List<Event> accepted, List<Rejected> rejected) {
        long index = 0;
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                rejected.add(
                        new Rejected(
                                0, "", "not a JSON array", "send a batch as one array of events"));
                return;
            }
            for (JsonToken token = parser.nextToken();
                    token != JsonToken.END_ARRAY;
                    token = parser.nextToken()) {
                if (index >= EVENTS_MAX) {
                    rejected.add(tooMany(index));
                    return;
                }
                try {
                    accepted.add(element(parser, token));
                } catch (RejectedException e) {
                    rejected.add(rejected(index, e));
                }
                index++;
            }
            if (parser.nextToken() != null) {
                rejected.add(
                        new Rejected(
                                index, "", "something follows the batch", "send one array alone"));
            }
        } catch (IOException e) {
            rejected.add(unreadable(index, e));
        }
    }

    private Event element(JsonParser parser, @Nullable JsonToken token)
            throws IOException, RejectedException {
        if (token == null) {
            throw new JsonParseException(parser, "an array does not end");
        }
        if (token != JsonToken.START_OBJECT) {
            parser.skipChildren();
            throw new RejectedException("", "not a JSON object", "send a CloudEvent as one object");
        }
        return event(parser);
    }

    private Event event(JsonParser parser) throws IOException, RejectedException {
        DataObject envelope = JsonTree.object(parser);
        if (!SPEC_VERSION.equals(envelope.text("specversion"))) {
            throw envelope.bad("specversion", "not 1.0", "send CloudEvents 1.0");
        }
        String source = envelope.text("source");
        if (source.indexOf(':') >= 0 || !configured.test(source)) {
            throw envelope.bad(
                    "source",
                    "not the name of a configured account",
                    "send the name that the configuration has for it");
        }
        String id = envelope.text("id");
        Instant time = envelope.instant("time");
        String contentType = envelope.textOr("datacontenttype", "application/json");
        if (!contentType.startsWith("application/json")) {
            throw envelope.bad("datacontenttype", "not JSON", "send data as application/json");
        }
        PlatformEventType type = PlatformEventType.NAMES.find(envelope.text("type"));
        if (type == null) {
            throw envelope.bad(
                    "type",
                    "a type that this build does not know",
                    "see the JSON Schema for those there are");
        }
        if (envelope.has("data_base64")) {
            throw envelope.bad("data_base64", "binary data", "send the data as a JSON object");
        }
        envelope.source(source);
        DataObject data = envelope.object("data");
        try {
            return EventReader.read(type, new Origin(source, id, time), data);
        } catch (IllegalArgumentException e) {
            // A rule of the vocabulary that the checks above do not state. Its text is not quoted.
            throw new RejectedException(
                    "/data", "not as the format demands", "compare it with the JSON Schema");
        }
    }

    private static Rejected rejected(long index, RejectedException e) {
        return new Rejected(index, e.pointer(), e.reason(), e.remedy());
    }

    private static Rejected unreadable(long index, IOException e) {
        if (e instanceof StreamConstraintsException) {
            return new Rejected(
                    index,
                    "",
                    "larger, deeper or longer than the limits allow" + at(e),
                    "send less at once");
        }
        return new Rejected(
                index, "", "not JSON" + at(e) + "; what follows was not read", "send valid JSON");
    }

    private static String at(IOException e) {
        JsonLocation location = e instanceof JacksonException known ? known.getLocation() : null;
        return location == null
                ? ""
                : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}
