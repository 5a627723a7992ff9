package io.paybeacon.gateways.platform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.paybeacon.core.event.ConfigurationEvent.ConfigurationChanged;
import io.paybeacon.core.event.CustomerEvent;
import io.paybeacon.core.event.DisputeEvent;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.FeeEvent;
import io.paybeacon.core.event.FeedbackEvent;
import io.paybeacon.core.event.FindingEvent;
import io.paybeacon.core.event.GatewayEvent;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.IntakeEvent;
import io.paybeacon.core.event.LedgerEvent;
import io.paybeacon.core.event.OrderEvent;
import io.paybeacon.core.event.PaymentEvent;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.SettlementEvent;
import io.paybeacon.core.event.SourceEvent;
import io.paybeacon.core.event.TransferEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/**
 * Events as a platform tells them: what {@link PlatformEvents} reads, written. Stateless and safe
 * for use by many threads.
 */
public final class PlatformEventWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private PlatformEventWriter() {}

    /**
     * One event, as a CloudEvent on one line without its end.
     *
     * @throws IllegalArgumentException if no platform tells such an event ({@link
     *     PlatformEventType#of})
     */
    public static byte[] write(Event event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            write(event, out);
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    /** Events as a batch; as {@link #write(Event)}. */
    public static byte[] writeBatch(List<Event> events) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartArray();
            for (Event event : events) {
                write(event, out);
            }
            out.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot be written to", e);
        }
        return bytes.toByteArray();
    }

    private static void write(Event event, JsonGenerator out) throws IOException {
        PlatformEventType type = PlatformEventType.of(event);
        if (type == null) {
            throw new IllegalArgumentException(
                    "no platform tells a " + event.getClass().getSimpleName());
        }
        out.writeStartObject();
        out.writeStringField("specversion", "1.0");
        out.writeStringField("id", event.origin().eventId());
        out.writeStringField("source", event.origin().gateway());
        out.writeStringField("type", type.label());
        out.writeStringField("time", event.origin().occurredAt().toString());
        out.writeStringField("datacontenttype", "application/json");
        out.writeObjectFieldStart("data");
        data(event, out, new FieldWriter(out));
        out.writeEndObject();
        out.writeEndObject();
    }

    private static void data(Event event, JsonGenerator json, FieldWriter out) throws IOException {
        switch (event) {
            case OrderEvent.Placed e -> placed(e, json, out);
            case OrderEvent.Withdrawn e -> out.text("order", e.order());
            case Observed e -> {
                out.payment("payment", e.payment());
                FactWriter.write(e.facts(), json);
            }
            case Unresolved e -> {
                out.reference("object", e.reference());
                FactWriter.write(e.facts(), json);
            }
            case Linked e -> {
                out.reference("object", e.reference());
                out.payment("payment", e.payment());
            }
            case DisputeEvent e -> dispute(e, out);
            case TransferEvent e -> transfer(e, out);
            case PayoutEvent e -> payout(e, out);
            case FeeEvent e -> fee(e, out);
            case SettlementEvent e -> settlement(e, out);
            case LedgerEvent e -> ledger(e, out);
            case FeedbackEvent e -> feedback(e, json, out);
            case ConfigurationChanged e -> {
                out.text("component", e.component());
                out.text("version", e.version());
                out.optionalText("summary", e.summary());
            }
            case OrderEvent.PaymentReported _,
                    OrderEvent.OrderCustomerErased _,
                    PaymentEvent.CustomerErased _,
                    CustomerEvent _,
                    FindingEvent _,
                    GatewayEvent _,
                    IntakeEvent _,
                    ProbeEvent _,
                    SourceEvent _ ->
                    throw new IllegalStateException("PlatformEventType knows no such event");
        }
    }

    private static void placed(OrderEvent.Placed e, JsonGenerator json, FieldWriter out)
            throws IOException {
        out.text("order", e.order());
        out.optionalText("customer", e.customer());
        out.money("total", e.total());
        json.writeArrayFieldStart("lines");
        for (OrderEvent.Line line : e.lines()) {
            json.writeStartObject();
            out.text("product", line.product());
            out.text("vendor", line.vendor());
            json.writeNumberField("quantity", line.quantity());
            out.money("amount", line.amount());
            out.money("vendorShare", line.vendorShare());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void dispute(DisputeEvent event, FieldWriter out) throws IOException {
        out.reference("dispute", event.dispute());
        switch (event) {
            case DisputeEvent.Reported e -> {
                out.optionalReference("payment", e.payment());
                out.text("status", e.status().label());
                out.optionalMoney("amount", e.amount());
                out.optionalText("reason", e.reason());
                out.optionalText("network", e.network());
                out.optionalTime("respondBy", e.respondBy());
            }
            case DisputeEvent.MoneyMoved e -> {
                out.text("operation", e.operation());
                out.text("movement", e.movement().label());
                out.money("amount", e.amount());
            }
            case DisputeEvent.FraudWarned e -> {
                out.reference("payment", e.payment());
                out.optionalText("fraudType", e.fraudType());
                out.out().writeBooleanField("actionable", e.actionable());
            }
        }
    }

    private static void transfer(TransferEvent event, FieldWriter out) throws IOException {
        out.reference("transfer", event.transfer());
        switch (event) {
            case TransferEvent.Reported e -> {
                out.optionalText("vendor", e.vendor());
                out.text("status", e.status().label());
                out.money("amount", e.amount());
                out.optionalText("source", e.source());
                out.optionalText("order", e.order());
            }
            case TransferEvent.Reversed e -> {
                out.text("reversal", e.reversal());
                out.money("amount", e.amount());
            }
        }
    }

    private static void payout(PayoutEvent event, FieldWriter out) throws IOException {
        out.reference("payout", event.payout());
        switch (event) {
            case PayoutEvent.Reported e -> {
                out.optionalText("vendor", e.vendor());
                out.text("status", e.status().label());
                out.money("amount", e.amount());
                out.optionalTime("arrivesOn", e.arrivesOn());
                out.optionalText("failureCode", e.failureCode());
                out.optionalText("traceId", e.traceId());
            }
            case PayoutEvent.ItemsComplete _ -> {}
        }
    }

    private static void fee(FeeEvent event, FieldWriter out) throws IOException {
        switch (event) {
            case FeeEvent.Charged e -> {
                out.reference("charged", e.charged());
                out.text("fee", e.fee());
                out.text("kind", e.kind().label());
                out.money("amount", e.amount());
                out.optionalMoney("base", e.base());
            }
        }
    }

    private static void settlement(SettlementEvent event, FieldWriter out) throws IOException {
        switch (event) {
            case SettlementEvent.SettlementLine e -> {
                out.optionalText("report", e.report());
                out.text("line", e.line());
                out.text("kind", e.kind().label());
                out.optionalReference("settled", e.settled());
                out.optionalText("merchantReference", e.merchantReference());
                out.money("gross", e.gross());
                out.money("fee", e.fee());
                out.money("net", e.net());
                out.optionalTime("availableOn", e.availableOn());
            }
            case SettlementEvent.ReportAvailable e -> {
                out.text("report", e.report());
                out.optionalText("kind", e.kind());
            }
            case SettlementEvent.BankLine e -> {
                out.text("account", e.account());
                out.text("line", e.line());
                out.money("amount", e.amount());
                out.optionalText("reference", e.reference());
                out.optionalTime("bookedOn", e.bookedOn());
            }
        }
    }

    private static void ledger(LedgerEvent event, FieldWriter out) throws IOException {
        switch (event) {
            case LedgerEvent.EntryBooked e -> {
                out.text("entry", e.entry());
                out.text("account", e.account());
                out.money("amount", e.amount());
                out.optionalText("order", e.order());
                out.optionalText("booked", e.booked());
            }
        }
    }

    private static void feedback(FeedbackEvent event, JsonGenerator json, FieldWriter out)
            throws IOException {
        switch (event) {
            case FeedbackEvent.Complained e -> {
                out.text("complaint", e.complaint());
                out.text("from", e.from().label());
                out.optionalText("order", e.order());
                out.optionalText("topic", e.topic());
                json.writeBooleanField("open", e.open());
            }
            case FeedbackEvent.Rated e -> {
                out.text("rating", e.rating());
                out.text("from", e.from().label());
                out.optionalText("order", e.order());
                json.writeNumberField("score", e.score());
                json.writeNumberField("outOf", e.outOf());
            }
        }
    }
}
