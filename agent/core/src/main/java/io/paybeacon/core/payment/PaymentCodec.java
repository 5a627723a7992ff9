package io.paybeacon.core.payment;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DeclineClass;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFactCodec;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingCodec;
import io.paybeacon.core.payment.Payment.Attempt;
import io.paybeacon.core.payment.Payment.Decline;
import io.paybeacon.core.payment.Payment.Dispute;
import io.paybeacon.core.payment.Payment.Hold;
import io.paybeacon.core.payment.Payment.Movements;
import io.paybeacon.core.payment.Payment.Operation;
import io.paybeacon.core.payment.Payment.Reached;
import io.paybeacon.core.payment.Payment.Refund;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Layout 2: the components of {@link Payment} in order.
 *
 * <p>Layout 1 told of an attempt its last status only, of a refusal its class in place of cause and
 * advice, and nothing of holds, disputes, erasure and when operations were; the moment of the first
 * message stands for all times that it did not tell. It knew at most one finding.
 */
enum PaymentCodec implements Codec<Payment> {
    INSTANCE;

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(Payment value, ByteWriter out) {
        value.id().write(out);
        out.instant(value.firstSeen());
        out.instant(value.changedAt());
        out.list(value.attempts(), PaymentCodec::writeAttempt);
        out.optional(
                value.requested(), (w, stamped) -> Stamped.write(w, stamped, ByteWriter::money));
        out.list(value.money().authorised(), PaymentCodec::writeOperation);
        out.list(value.money().captured(), PaymentCodec::writeOperation);
        out.list(value.money().undone(), PaymentCodec::writeOperation);
        out.list(value.refunds(), PaymentCodec::writeRefund);
        out.list(
                value.holds(),
                (w, hold) -> {
                    w.text(hold.operation());
                    Stamped.write(w, hold.until(), ByteWriter::instant);
                });
        out.list(
                value.disputes(),
                (w, dispute) -> {
                    w.text(dispute.id());
                    DisputeStatus.NAMES.write(w, dispute.status());
                    w.instant(dispute.at());
                });
        out.list(
                value.properties().entrySet(),
                (w, entry) -> {
                    Property.NAMES.write(w, entry.getKey());
                    Stamped.write(w, entry.getValue(), ByteWriter::text);
                });
        out.bool(value.erased());
        out.list(value.findings(), FindingCodec::write);
    }

    @Override
    public Payment read(int version, ByteReader in) {
        if (version == 1) {
            return readLayout1(in);
        }
        return new Payment(
                PaymentId.read(in),
                in.instant(),
                in.instant(),
                in.list(PaymentCodec::readAttempt),
                in.optional(r -> Stamped.read(r, ByteReader::money)),
                new Movements(
                        in.list(PaymentCodec::readOperation),
                        in.list(PaymentCodec::readOperation),
                        in.list(PaymentCodec::readOperation)),
                in.list(PaymentCodec::readRefund),
                in.list(r -> new Hold(r.text(), Stamped.read(r, ByteReader::instant))),
                in.list(r -> new Dispute(r.text(), DisputeStatus.NAMES.read(r), r.instant())),
                readProperties(in),
                in.bool(),
                in.list(FindingCodec::read));
    }

    private static Payment readLayout1(ByteReader in) {
        PaymentId id = PaymentId.read(in);
        Instant at = in.instant();
        return new Payment(
                id,
                at,
                at,
                in.list(PaymentCodec::readAttempt1),
                in.optional(r -> Stamped.read(r, ByteReader::money)),
                new Movements(
                        in.list(r -> new Operation(r.text(), r.money(), at)),
                        in.list(r -> new Operation(r.text(), r.money(), at)),
                        in.list(r -> new Operation(r.text(), r.money(), at))),
                in.list(r -> new Refund(r.text(), r.money(), RefundStatus.NAMES.read(r), at)),
                List.of(),
                List.of(),
                readProperties(in),
                false,
                findings1(in));
    }

    private static List<Finding> findings1(ByteReader in) {
        Finding stuck = in.optional(FindingCodec::read);
        return stuck == null ? List.of() : List.of(stuck);
    }

    private static void writeAttempt(ByteWriter out, Attempt attempt) {
        out.text(attempt.id());
        PaymentStatus.NAMES.write(out, attempt.status());
        out.instant(attempt.since());
        out.text(attempt.eventId());
        out.optional(
                attempt.decline(),
                (w, stamped) ->
                        Stamped.write(
                                w,
                                stamped,
                                (v, decline) -> {
                                    DeclineCause.NAMES.write(v, decline.cause());
                                    v.text(decline.code());
                                    v.text(decline.advice());
                                }));
        out.optional(
                attempt.authentication(),
                (w, stamped) -> Stamped.write(w, stamped, AuthenticationOutcome.NAMES::write));
        out.list(
                attempt.reached(),
                (w, reached) -> {
                    PaymentStatus.NAMES.write(w, reached.status());
                    w.instant(reached.at());
                });
    }

    private static Attempt readAttempt(ByteReader in) {
        return new Attempt(
                in.text(),
                PaymentStatus.NAMES.read(in),
                in.instant(),
                in.text(),
                in.optional(r ->
                        Stamped.read(
                                r,
                                v -> new Decline(DeclineCause.NAMES.read(v), v.text(), v.text()))),
                in.optional(r -> Stamped.read(r, AuthenticationOutcome.NAMES::read)),
                in.list(r -> new Reached(PaymentStatus.NAMES.read(r), r.instant())));
    }

    private static Attempt readAttempt1(ByteReader in) {
        String id = in.text();
        PaymentStatus status = PaymentStatus.NAMES.read(in);
        Instant since = in.instant();
        return new Attempt(
                id,
                status,
                since,
                in.text(),
                in.optional(r -> Stamped.read(r, PaymentCodec::readDecline1)),
                null,
                List.of(new Reached(status, since)));
    }

    private static Decline readDecline1(ByteReader in) {
        DeclineCause cause = PaymentFactCodec.causeOf(DeclineClass.NAMES.read(in));
        return new Decline(cause, in.text(), "");
    }

    private static void writeOperation(ByteWriter out, Operation operation) {
        out.text(operation.id());
        out.money(operation.amount());
        out.instant(operation.at());
    }

    private static Operation readOperation(ByteReader in) {
        return new Operation(in.text(), in.money(), in.instant());
    }

    private static void writeRefund(ByteWriter out, Refund refund) {
        out.text(refund.id());
        out.money(refund.amount());
        RefundStatus.NAMES.write(out, refund.status());
        out.instant(refund.at());
    }

    private static Refund readRefund(ByteReader in) {
        return new Refund(in.text(), in.money(), RefundStatus.NAMES.read(in), in.instant());
    }

    private static Map<Property, Stamped<String>> readProperties(ByteReader in) {
        Map<Property, Stamped<String>> properties = new EnumMap<>(Property.class);
        for (var entry :
                in.list(r ->
                        Map.entry(Property.NAMES.read(r), Stamped.read(r, ByteReader::text)))) {
            properties.put(entry.getKey(), entry.getValue());
        }
        return properties;
    }
}
