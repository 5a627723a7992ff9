package io.paybeacon.sandbox.market.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import io.paybeacon.sandbox.market.generate.Happening;
import io.paybeacon.sandbox.market.generate.Occurrence;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;

/**
 * Messages of a marketplace as JSON lines, each a CloudEvent (version 1.0, structured mode) of the
 * types that Paybeacon takes from a platform. Not thread-safe.
 */
public final class EventLines implements AutoCloseable {
    /** The source of what no gateway tells. */
    public static final String PLATFORM = "platform";

    private final JsonGenerator json;
    private final String run;
    private final String platform;

    /**
     * Lines into a stream, which stays open.
     *
     * @param seed of the simulation, in the ids of the events
     * @param platform the configured name under which the platform itself tells things
     */
    public EventLines(OutputStream out, long seed, String platform) throws IOException {
        this.json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        this.run = Long.toString(seed & 0xffffffffffL, 36);
        this.platform = platform;
    }

    /** Writes what is told; how many lines that is. */
    public int write(Occurrence occurrence) throws IOException {
        if (!occurrence.told()) {
            return 0;
        }
        Happening happening = occurrence.happening();
        json.writeStartObject();
        json.writeStringField("specversion", "1.0");
        json.writeStringField("id", "sim-" + run + "-" + occurrence.id());
        json.writeStringField(
                "source", happening.gateway().isEmpty() ? platform : happening.gateway());
        json.writeStringField("type", EventData.type(happening));
        json.writeStringField("time", Instant.ofEpochMilli(occurrence.atMillis()).toString());
        json.writeObjectFieldStart("data");
        new EventData(json, occurrence.atMillis()).write(happening);
        json.writeEndObject();
        json.writeEndObject();
        return 1;
    }

    /** Ends the last line and flushes. */
    @Override
    public void close() throws IOException {
        json.writeRaw('\n');
        json.flush();
    }
}
