package io.paybeacon.testkit.contract;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.Stamped;
import java.time.Instant;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * State of a {@link LedgerStage}.
 *
 * @param payment whose it is
 * @param seen the events that were applied
 * @param captured in minor units
 * @param refunded in minor units; version 1 of the codec knows nothing of it
 * @param status the latest by the source's clock; null while no event told one
 * @param lastAt the latest accepted time seen
 * @param referenceVersion the highest seen
 * @param due the deadline; null when there is none
 * @param alarms how often a deadline was reached in the present status
 */
record Ledger(
        PaymentId payment,
        SortedSet<String> seen,
        long captured,
        long refunded,
        @Nullable Stamped<PaymentStatus> status,
        Instant lastAt,
        long referenceVersion,
        @Nullable Instant due,
        int alarms) {

    /** The configured name of the gateway account. */
    String gateway() {
        return payment.gateway();
    }

    /** The id of the one finding about it. */
    String findingId() {
        return payment.key() + "/stuck";
    }

    static Ledger blank(PaymentId payment) {
        return new Ledger(payment, new TreeSet<>(), 0, 0, null, Instant.EPOCH, 0, null, 0);
    }

    /** The codec, as the build of a certain version has it. */
    record Bytes(int version) implements Codec<Ledger> {
        @Override
        public void write(Ledger value, ByteWriter out) {
            value.payment.write(out);
            out.list(value.seen, ByteWriter::text);
            out.signed(value.captured);
            if (version >= 2) {
                out.signed(value.refunded);
            }
            out.optional(
                    value.status,
                    (to, stamped) -> Stamped.write(to, stamped, PaymentStatus.NAMES::write));
            out.instant(value.lastAt);
            out.unsigned(value.referenceVersion);
            out.optional(value.due, ByteWriter::instant);
            out.unsigned(value.alarms);
        }

        @Override
        public Ledger read(int written, ByteReader in) {
            return new Ledger(
                    PaymentId.read(in),
                    new TreeSet<>(in.list(ByteReader::text)),
                    in.signed(),
                    written >= 2 ? in.signed() : 0,
                    in.optional(from -> Stamped.read(from, PaymentStatus.NAMES::read)),
                    in.instant(),
                    in.unsigned(),
                    in.optional(ByteReader::instant),
                    in.unsignedInt());
        }
    }
}
