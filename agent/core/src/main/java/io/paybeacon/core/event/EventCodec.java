package io.paybeacon.core.event;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.PaymentEvent.CustomerErased;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.SourceEvent.Sampled;
import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.event.SourceEvent.SourceFailed;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The bytes of every {@link Event}: on topics, in logs, and wherever an event waits.
 *
 * <p>An event is its tag, its origin, then the other components of the record in their order; enums
 * are written by their label, instants as whole milliseconds. Tags are never given to another
 * record:
 *
 * <table>
 *   <caption>Tags</caption>
 *   <tr><td>10, 11</td><td>Skipped, Malformed</td></tr>
 *   <tr><td>20, 21</td><td>Linked, Unresolved</td></tr>
 *   <tr><td>30, 31</td><td>Observed, CustomerErased</td></tr>
 *   <tr><td>40 to 43</td><td>those of {@link OrderEventCodec}</td></tr>
 *   <tr><td>50</td><td>CellDelta</td></tr>
 *   <tr><td>60 to 63</td><td>those of {@link ProbeEventCodec}</td></tr>
 *   <tr><td>70, 71</td><td>Sampled, SourceFailed</td></tr>
 *   <tr><td>80 to 99</td><td>those of {@link RegisterEventCodec}</td></tr>
 *   <tr><td>100 to 105</td><td>those of {@link PeopleEventCodec}</td></tr>
 * </table>
 *
 * <p>Version 2 differs from version 1 in the events of probes, and knows those of sources. Version
 * 3 knows the tags 31, 41 to 43 and from 80 on, holds facts of version 2, and tells of a payment's
 * refunds to its order: with none, in earlier versions.
 *
 * <p>Stateless and safe for use by many threads.
 */
public final class EventCodec implements Codec<Event> {
    private static final int SKIPPED = 10;
    private static final int MALFORMED = 11;
    private static final int LINKED = 20;
    private static final int UNRESOLVED = 21;
    private static final int OBSERVED = 30;
    private static final int CUSTOMER_ERASED = 31;
    private static final int CELL_DELTA = 50;
    private static final int SAMPLED = 70;
    private static final int SOURCE_FAILED = 71;

    /** Versions 1 and 2 hold facts of version 1, and no refunds in reports to orders. */
    static final int FACTS_2_SINCE = 3;

    @Override
    public int version() {
        return 3;
    }

    @Override
    public void write(Event event, ByteWriter out) {
        switch (event) {
            case IntakeEvent intake -> writeIntake(intake, out);
            case IdentityEvent identity -> writeIdentity(identity, out);
            case PaymentEvent payment -> writePayment(payment, out);
            case OrderEvent order -> OrderEventCodec.write(order, out);
            case GatewayEvent gateway -> writeGateway(gateway, out);
            case ProbeEvent probe -> ProbeEventCodec.write(probe, out);
            case SourceEvent source -> writeSource(source, out);
            case RegisterEvent register -> RegisterEventCodec.write(register, out);
            case CustomerEvent customer -> PeopleEventCodec.write(customer, out);
            case FindingEvent finding -> PeopleEventCodec.write(finding, out);
        }
    }

    private static void writeIntake(IntakeEvent event, ByteWriter out) {
        switch (event) {
            case Skipped(var origin, var type, var reason) -> {
                begin(out, SKIPPED, origin);
                out.text(type);
                SkipReason.NAMES.write(out, reason);
            }
            case Malformed(var origin, var type, var reason, var detail) -> {
                begin(out, MALFORMED, origin);
                out.text(type);
                MalformedReason.NAMES.write(out, reason);
                out.text(detail);
            }
        }
    }

    private static void writeIdentity(IdentityEvent event, ByteWriter out) {
        switch (event) {
            case Linked(var origin, var reference, var payment) -> {
                begin(out, LINKED, origin);
                reference.write(out);
                payment.write(out);
            }
            case Unresolved(var origin, var reference, var facts) -> {
                begin(out, UNRESOLVED, origin);
                reference.write(out);
                out.list(facts, PaymentFactCodec::write);
            }
        }
    }

    private static void writePayment(PaymentEvent event, ByteWriter out) {
        switch (event) {
            case Observed(var origin, var payment, var facts) -> {
                begin(out, OBSERVED, origin);
                payment.write(out);
                out.list(facts, PaymentFactCodec::write);
            }
            case CustomerErased(var origin, var payment) -> {
                begin(out, CUSTOMER_ERASED, origin);
                payment.write(out);
            }
        }
    }

    private static void writeGateway(GatewayEvent event, ByteWriter out) {
        switch (event) {
            case CellDelta(var origin, var payments, var outcomes) -> {
                begin(out, CELL_DELTA, origin);
                out.list(
                        payments.entrySet(),
                        (writer, entry) -> {
                            PaymentStatus.NAMES.write(writer, entry.getKey());
                            writer.signed(entry.getValue());
                        });
                out.list(
                        outcomes.entrySet(),
                        (writer, entry) -> {
                            writer.instant(entry.getKey());
                            writeOutcomes(writer, entry.getValue());
                        });
            }
        }
    }

    private static void writeOutcomes(ByteWriter out, Outcomes outcomes) {
        out.signed(outcomes.approved());
        out.signed(outcomes.declined());
        out.signed(outcomes.errors());
        out.signed(outcomes.abandoned());
    }

    private static void writeSource(SourceEvent event, ByteWriter out) {
        switch (event) {
            case Sampled(var origin, var source, var signal, var value, var at) -> {
                begin(out, SAMPLED, origin);
                out.text(source);
                Signal.NAMES.write(out, signal);
                out.signed(value);
                out.instant(at);
            }
            case SourceFailed(var origin, var source, var reason, var detail) -> {
                begin(out, SOURCE_FAILED, origin);
                out.text(source);
                SourceReason.NAMES.write(out, reason);
                out.text(detail);
            }
        }
    }

    static void begin(ByteWriter out, int tag, Origin origin) {
        out.unsigned(tag);
        origin.write(out);
    }

    @Override
    public Event read(int version, ByteReader in) {
        int tag = in.unsignedInt();
        Origin origin = refusing(Origin::read, in);
        return refusing(body -> readBody(version, tag, origin, body), in);
    }

    private static Event readBody(int version, int tag, Origin origin, ByteReader in) {
        return switch (tag) {
            case SKIPPED -> new Skipped(origin, in.text(), SkipReason.NAMES.read(in));
            case MALFORMED ->
                    new Malformed(origin, in.text(), MalformedReason.NAMES.read(in), in.text());
            case LINKED -> new Linked(origin, ProviderReference.read(in), PaymentId.read(in));
            case UNRESOLVED ->
                    new Unresolved(origin, ProviderReference.read(in), readFacts(version, in));
            case OBSERVED -> new Observed(origin, PaymentId.read(in), readFacts(version, in));
            case CUSTOMER_ERASED -> new CustomerErased(origin, PaymentId.read(in));
            case CELL_DELTA ->
                    new CellDelta(
                            origin,
                            readMap(in, PaymentStatus.NAMES::read, ByteReader::signed),
                            readMap(in, ByteReader::instant, EventCodec::readOutcomes));
            case SAMPLED ->
                    new Sampled(
                            origin, in.text(), Signal.NAMES.read(in), in.signed(), in.instant());
            case SOURCE_FAILED ->
                    new SourceFailed(origin, in.text(), SourceReason.NAMES.read(in), in.text());
            default -> readOther(version, tag, origin, in);
        };
    }

    private static Event readOther(int version, int tag, Origin origin, ByteReader in) {
        if (OrderEventCodec.knows(tag)) {
            return OrderEventCodec.read(version, tag, origin, in);
        }
        if (RegisterEventCodec.knows(tag)) {
            return RegisterEventCodec.read(tag, origin, in);
        }
        if (PeopleEventCodec.knows(tag)) {
            return PeopleEventCodec.read(tag, origin, in);
        }
        return ProbeEventCodec.read(version, tag, origin, in);
    }

    private static List<PaymentFact> readFacts(int version, ByteReader in) {
        int facts = version < FACTS_2_SINCE ? 1 : 2;
        return in.list(fact -> PaymentFactCodec.read(facts, fact));
    }

    private static Outcomes readOutcomes(ByteReader in) {
        return new Outcomes(in.signed(), in.signed(), in.signed(), in.signed());
    }

    /** Reads a list of pairs as a map; a key that comes twice is damage. */
    static <K, V> Map<K, V> readMap(
            ByteReader in, Function<ByteReader, K> key, Function<ByteReader, V> value) {
        Map<K, V> map = new HashMap<>();
        List<Map.Entry<K, V>> entries =
                in.list(entry -> Map.entry(key.apply(entry), value.apply(entry)));
        for (Map.Entry<K, V> entry : entries) {
            if (map.put(entry.getKey(), entry.getValue()) != null) {
                throw new CodecException("a key comes twice");
            }
        }
        return map;
    }

    /** Turns the refusal of a record's constructor into what it means here: damaged bytes. */
    private static <T> T refusing(Function<ByteReader, T> read, ByteReader in) {
        try {
            return read.apply(in);
        } catch (IllegalArgumentException e) {
            throw new CodecException("a value that its record refuses", e);
        }
    }
}
