package io.paybeacon.sandbox.market.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.paybeacon.sandbox.market.generate.DeclineReason;
import io.paybeacon.sandbox.market.generate.Incident;
import io.paybeacon.sandbox.market.generate.PaymentOutcome;
import io.paybeacon.sandbox.market.generate.Planted;
import io.paybeacon.sandbox.market.generate.SimulationOptions;
import io.paybeacon.sandbox.market.generate.TruthSink;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The truth about a simulation as one JSON object: {@code payments} with state, amounts and cause,
 * one on a line; {@code planted} with kind, subjects, time and the finding that must tell of it;
 * {@code incidents} with kind, slice, time and signal. Amounts are minor units, times are ISO 8601.
 */
public final class TruthFile implements TruthSink, AutoCloseable {
    private final JsonGenerator json;
    private final SimulationOptions options;
    private final List<Planted> planted = new ArrayList<>();
    private long payments;

    /**
     * Begins the object.
     *
     * @param out is closed with it
     */
    public TruthFile(OutputStream out, SimulationOptions options) throws IOException {
        this.json = new JsonFactory().createGenerator(out);
        this.options = options;
        json.writeStartObject();
        json.writeNumberField("seed", options.seed());
        json.writeStringField("from", options.start().toString());
        json.writeStringField("ordersUntil", time(options.ordersUntilMillis()));
        json.writeStringField("until", time(options.untilMillis()));
        json.writeArrayFieldStart("payments");
    }

    /** Payments written so far. */
    public long payments() {
        return payments;
    }

    /** What was planted so far. */
    public List<Planted> plantings() {
        return List.copyOf(planted);
    }

    @Override
    public void planted(Planted one) {
        planted.add(one);
    }

    @Override
    public void payment(PaymentOutcome outcome) {
        try {
            json.writeRaw('\n');
            json.writeStartObject();
            json.writeStringField("payment", outcome.key());
            json.writeStringField("order", outcome.order());
            json.writeStringField("state", outcome.state());
            json.writeStringField("currency", outcome.currency());
            json.writeNumberField("ordered", outcome.orderedMinor());
            json.writeNumberField("asked", outcome.askedMinor());
            json.writeNumberField("authorised", outcome.authorisedMinor());
            json.writeNumberField("captured", outcome.capturedMinor());
            json.writeNumberField("undone", outcome.undoneMinor());
            json.writeNumberField("refunded", outcome.refundedMinor());
            json.writeNumberField("disputed", outcome.disputedMinor());
            json.writeStringField("cause", outcome.cause().map(DeclineReason::label).orElse(null));
            json.writeStringField("created", time(outcome.createdMillis()));
            json.writeStringField("changed", time(outcome.changedMillis()));
            json.writeEndObject();
            payments++;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes what was planted, and the incidents, and ends the file. */
    @Override
    public void close() throws IOException {
        json.writeEndArray();
        json.writeArrayFieldStart("planted");
        for (Planted one : planted) {
            write(one);
        }
        json.writeEndArray();
        json.writeArrayFieldStart("incidents");
        for (Incident incident : options.incidents()) {
            write(incident);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeRaw('\n');
        json.close();
    }

    private void write(Planted one) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("kind", one.anomaly().label());
        json.writeStringField("finding", one.anomaly().finding());
        json.writeStringField("payment", one.payments().getLast());
        json.writeArrayFieldStart("subjects");
        for (String payment : one.payments()) {
            json.writeString(payment);
        }
        json.writeString(one.order());
        json.writeEndArray();
        json.writeStringField("from", time(one.fromMillis()));
        json.writeStringField("visible", time(one.visibleMillis()));
        json.writeEndObject();
    }

    private void write(Incident incident) throws IOException {
        json.writeRaw('\n');
        json.writeStartObject();
        json.writeStringField("kind", incident.kind().label());
        json.writeStringField("gateway", incident.gateway());
        json.writeStringField("from", time(incident.fromMillis()));
        json.writeStringField("until", time(incident.untilMillis()));
        json.writeNumberField("share_permille", incident.permille());
        json.writeStringField("network", incident.network().orElse(null));
        json.writeStringField("issuer", incident.issuer().orElse(null));
        json.writeStringField("country", incident.country().orElse(null));
        json.writeStringField("signal", incident.kind().signal());
        json.writeEndObject();
    }

    private static String time(long epochMillis) {
        return Instant.ofEpochMilli(epochMillis).toString();
    }
}
