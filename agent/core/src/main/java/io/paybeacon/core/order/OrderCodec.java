package io.paybeacon.core.order;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.OrderEventCodec;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.order.Order.Part;
import io.paybeacon.core.order.Order.Placement;
import io.paybeacon.core.output.FindingCodec;
import java.time.Instant;
import java.util.List;

/**
 * Layout 2: the components of {@link Order} in order.
 *
 * <p>Layout 1 knew the reference and the payments without their refunds.
 */
enum OrderCodec implements Codec<Order> {
    INSTANCE;

    @Override
    public int version() {
        return 2;
    }

    @Override
    public void write(Order value, ByteWriter out) {
        out.text(value.reference());
        out.instant(value.changedAt());
        out.optional(
                value.placed(),
                (w, stamped) -> Stamped.write(w, stamped, OrderCodec::writePlacement));
        out.optional(
                value.withdrawn(), (w, stamped) -> Stamped.write(w, stamped, ByteWriter::instant));
        out.list(value.payments(), OrderCodec::writePart);
        out.bool(value.erased());
        out.list(value.findings(), FindingCodec::write);
    }

    @Override
    public Order read(int version, ByteReader in) {
        String reference = in.text();
        if (version == 1) {
            List<Part> parts = in.list(OrderCodec::readPart1);
            return new Order(reference, Instant.EPOCH, null, null, parts, false, List.of());
        }
        return new Order(
                reference,
                in.instant(),
                in.optional(r -> Stamped.read(r, OrderCodec::readPlacement)),
                in.optional(r -> Stamped.read(r, ByteReader::instant)),
                in.list(OrderCodec::readPart),
                in.bool(),
                in.list(FindingCodec::read));
    }

    private static void writePlacement(ByteWriter out, Placement placement) {
        out.text(placement.customer());
        out.money(placement.total());
        out.list(placement.lines(), OrderEventCodec::writeLine);
    }

    private static Placement readPlacement(ByteReader in) {
        return new Placement(in.text(), in.money(), in.list(OrderEventCodec::readLine));
    }

    private static void writePart(ByteWriter out, Part part) {
        part.payment().write(out);
        out.optional(
                part.requested(), (w, stamped) -> Stamped.write(w, stamped, ByteWriter::money));
        out.amounts(part.authorised());
        out.amounts(part.captured());
        out.amounts(part.undone());
        out.amounts(part.refunded());
        out.amounts(part.refundsFailed());
    }

    private static Part readPart(ByteReader in) {
        return new Part(
                PaymentId.read(in),
                in.optional(r -> Stamped.read(r, ByteReader::money)),
                in.amounts(),
                in.amounts(),
                in.amounts(),
                in.amounts(),
                in.amounts());
    }

    private static Part readPart1(ByteReader in) {
        return new Part(
                PaymentId.read(in),
                in.optional(r -> Stamped.read(r, ByteReader::money)),
                in.amounts(),
                in.amounts(),
                in.amounts(),
                Amounts.NONE,
                Amounts.NONE);
    }
}
