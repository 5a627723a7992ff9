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
 * Messages of a marketplace as JSON lines, each a CloudEvent (version 1.0, structured mode). Not
 * thread-safe.
 */
final class EventLines implements AutoCloseable {
    private final JsonGenerator json;
    private final String run;

    /**
     * @param seed of the simulation, in the ids of the events
     */
    EventLines(OutputStream out, long seed) throws IOException {
        this.json = new JsonFactory().createGenerator(out);
        json.setPrettyPrinter(new MinimalPrettyPrinter("\n"));
        this.run = Long.toString(seed & 0xffffffffffL, 36);
    }

    /** Writes what is told; how many lines that is. */
    int write(Occurrence occurrence) throws IOException {
        if (!occurrence.told()) {
            return 0;
        }
        Happening happening = occurrence.happening();
        json.writeStartObject();
        json.writeStringField("specversion", "1.0");
        json.writeStringField("id", "sim-" + run + "-" + occurrence.id());
        json.writeStringField(
                "source",
                happening.gateway().isEmpty() ? "/platform" : "/gateways/" + happening.gateway());
        json.writeStringField("type", EventData.type(happening));
        json.writeStringField("time", Instant.ofEpochMilli(occurrence.atMillis()).toString());
        json.writeObjectFieldStart("data");
        new EventData(json).write(happening);
        json.writeEndObject();
        json.writeEndObject();
        return 1;
    }

    /** Flushes; the stream stays open. */
    @Override
    public void close() throws IOException {
        json.writeRaw('\n');
        json.flush();
    }
}
