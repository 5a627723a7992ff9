package io.paybeacon.core.payment;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.DeclineClass;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.output.FindingCodec;
import io.paybeacon.core.payment.Payment.Attempt;
import io.paybeacon.core.payment.Payment.Decline;
import io.paybeacon.core.payment.Payment.Operation;
import io.paybeacon.core.payment.Payment.Refund;
import java.util.EnumMap;
import java.util.Map;

/** Layout 1: the components of {@link Payment} in order. */
enum PaymentCodec implements Codec<Payment> {
    INSTANCE;

    @Override
    public int version() {
        return 1;
    }

    @Override
    public void write(Payment value, ByteWriter out) {
        value.id().write(out);
        out.instant(value.firstSeen());
        out.list(value.attempts(), PaymentCodec::writeAttempt);
        out.optional(
                value.requested(), (w, stamped) -> Stamped.write(w, stamped, ByteWriter::money));
        out.list(value.authorised(), PaymentCodec::writeOperation);
        out.list(value.captured(), PaymentCodec::writeOperation);
        out.list(value.undone(), PaymentCodec::writeOperation);
        out.list(
                value.refunds(),
                (w, refund) -> {
                    w.text(refund.id());
                    w.money(refund.amount());
                    RefundStatus.NAMES.write(w, refund.status());
                });
        out.list(
                value.properties().entrySet(),
                (w, entry) -> {
                    Property.NAMES.write(w, entry.getKey());
                    Stamped.write(w, entry.getValue(), ByteWriter::text);
                });
        out.optional(value.stuck(), FindingCodec::write);
    }

    @Override
    public Payment read(int version, ByteReader in) {
        return new Payment(
                PaymentId.read(in),
                in.instant(),
                in.list(PaymentCodec::readAttempt),
                in.optional(r -> Stamped.read(r, ByteReader::money)),
                in.list(PaymentCodec::readOperation),
                in.list(PaymentCodec::readOperation),
                in.list(PaymentCodec::readOperation),
                in.list(r -> new Refund(r.text(), r.money(), RefundStatus.NAMES.read(r))),
                readProperties(in),
                in.optional(FindingCodec::read));
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
                                    DeclineClass.NAMES.write(v, decline.declineClass());
                                    v.text(decline.code());
                                }));
    }

    private static Attempt readAttempt(ByteReader in) {
        return new Attempt(
                in.text(),
                PaymentStatus.NAMES.read(in),
                in.instant(),
                in.text(),
                in.optional(r ->
                        Stamped.read(r, v -> new Decline(DeclineClass.NAMES.read(v), v.text()))));
    }

    private static void writeOperation(ByteWriter out, Operation operation) {
        out.text(operation.id());
        out.money(operation.amount());
    }

    private static Operation readOperation(ByteReader in) {
        return new Operation(in.text(), in.money());
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
