package io.paybeacon.core.event;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.event.CustomerEvent.ErasureRequested;
import io.paybeacon.core.event.CustomerEvent.OrderMade;
import io.paybeacon.core.event.CustomerEvent.PaymentMade;
import io.paybeacon.core.event.FindingEvent.Acknowledge;
import io.paybeacon.core.event.FindingEvent.Act;
import io.paybeacon.core.event.FindingEvent.Acted;
import io.paybeacon.core.event.FindingEvent.Assign;
import io.paybeacon.core.event.FindingEvent.Comment;
import io.paybeacon.core.event.FindingEvent.Ended;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.event.FindingEvent.MarkFalsePositive;
import io.paybeacon.core.event.FindingEvent.Reopen;
import io.paybeacon.core.event.FindingEvent.Resolve;
import io.paybeacon.core.event.FindingEvent.Snooze;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of {@link EventCodec} that knows what people do and ask for.
 *
 * <table>
 *   <caption>Tags</caption>
 *   <tr><td>100</td><td>Acted</td></tr>
 *   <tr><td>101 to 103</td><td>PaymentMade, ErasureRequested, OrderMade</td></tr>
 *   <tr><td>104, 105</td><td>Found, Ended</td></tr>
 * </table>
 */
public final class PeopleEventCodec {
    private static final int ACTED = 100;
    private static final int PAYMENT_MADE = 101;
    private static final int ERASURE_REQUESTED = 102;
    private static final int ORDER_MADE = 103;
    private static final int FOUND = 104;
    private static final int ENDED = 105;

    private static final int ACKNOWLEDGE = 1;
    private static final int ASSIGN = 2;
    private static final int SNOOZE = 3;
    private static final int COMMENT = 4;
    private static final int RESOLVE = 5;
    private static final int MARK_FALSE_POSITIVE = 6;
    private static final int REOPEN = 7;

    private PeopleEventCodec() {}

    static boolean knows(int tag) {
        return tag >= ACTED && tag <= ENDED;
    }

    static void write(FindingEvent event, ByteWriter out) {
        switch (event) {
            case Acted(var origin, var finding, var actor, var act) -> {
                EventCodec.begin(out, ACTED, origin);
                out.text(finding);
                out.text(actor);
                writeAct(out, act);
            }
            case Found found -> {
                EventCodec.begin(out, FOUND, found.origin());
                writeFound(out, found);
            }
            case Ended(var origin, var finding, var resolution) -> {
                EventCodec.begin(out, ENDED, origin);
                out.text(finding);
                out.text(resolution);
            }
        }
    }

    private static void writeFound(ByteWriter out, Found found) {
        out.text(found.finding());
        out.text(found.kind());
        out.text(found.severity());
        out.text(found.gateway());
        out.text(found.subject());
        out.instant(found.openedAt());
        out.optional(found.atStake(), ByteWriter::money);
        out.text(found.cause());
        out.text(found.remedy());
        out.list(
                found.evidence().entrySet(),
                (writer, entry) -> {
                    writer.text(entry.getKey());
                    writer.text(entry.getValue());
                });
    }

    private static Found readFound(Origin origin, ByteReader in) {
        return new Found(
                origin,
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.text(),
                in.instant(),
                in.optional(ByteReader::money),
                in.text(),
                in.text(),
                readEvidence(in));
    }

    private static Map<String, String> readEvidence(ByteReader in) {
        Map<String, String> evidence = new TreeMap<>();
        for (Map.Entry<String, String> entry : in.list(r -> Map.entry(r.text(), r.text()))) {
            evidence.put(entry.getKey(), entry.getValue());
        }
        return evidence;
    }

    static void write(CustomerEvent event, ByteWriter out) {
        switch (event) {
            case PaymentMade(var origin, var customer, var payment) -> {
                EventCodec.begin(out, PAYMENT_MADE, origin);
                out.text(customer);
                payment.write(out);
            }
            case ErasureRequested(var origin, var customer) -> {
                EventCodec.begin(out, ERASURE_REQUESTED, origin);
                out.text(customer);
            }
            case OrderMade(var origin, var customer, var order) -> {
                EventCodec.begin(out, ORDER_MADE, origin);
                out.text(customer);
                out.text(order);
            }
        }
    }

    static Event read(int tag, Origin origin, ByteReader in) {
        return switch (tag) {
            case ACTED -> new Acted(origin, in.text(), in.text(), readAct(in));
            case PAYMENT_MADE -> new PaymentMade(origin, in.text(), PaymentId.read(in));
            case ERASURE_REQUESTED -> new ErasureRequested(origin, in.text());
            case ORDER_MADE -> new OrderMade(origin, in.text(), in.text());
            case FOUND -> readFound(origin, in);
            case ENDED -> new Ended(origin, in.text(), in.text());
            default -> throw new CodecException("not the tag of an event of people: " + tag);
        };
    }

    /** Writes an act; states and outputs keep them too. */
    public static void writeAct(ByteWriter out, Act act) {
        switch (act) {
            case Acknowledge() -> out.unsigned(ACKNOWLEDGE);
            case Assign(var assignee) -> {
                out.unsigned(ASSIGN);
                out.text(assignee);
            }
            case Snooze(var until) -> {
                out.unsigned(SNOOZE);
                out.instant(until);
            }
            case Comment(var text) -> {
                out.unsigned(COMMENT);
                out.text(text);
            }
            case Resolve(var text) -> {
                out.unsigned(RESOLVE);
                out.text(text);
            }
            case MarkFalsePositive(var text) -> {
                out.unsigned(MARK_FALSE_POSITIVE);
                out.text(text);
            }
            case Reopen() -> out.unsigned(REOPEN);
        }
    }

    /** Reads what {@link #writeAct} wrote. */
    public static Act readAct(ByteReader in) {
        int kind = in.unsignedInt();
        return switch (kind) {
            case ACKNOWLEDGE -> new Acknowledge();
            case ASSIGN -> new Assign(in.text());
            case SNOOZE -> new Snooze(in.instant());
            case COMMENT -> new Comment(in.text());
            case RESOLVE -> new Resolve(in.text());
            case MARK_FALSE_POSITIVE -> new MarkFalsePositive(in.text());
            case REOPEN -> new Reopen();
            default -> throw new CodecException("not a kind of act: " + kind);
        };
    }
}
