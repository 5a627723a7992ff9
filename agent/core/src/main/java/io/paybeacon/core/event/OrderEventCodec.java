package io.paybeacon.core.event;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.event.OrderEvent.Line;
import io.paybeacon.core.event.OrderEvent.OrderCustomerErased;
import io.paybeacon.core.event.OrderEvent.PaymentReported;
import io.paybeacon.core.event.OrderEvent.Placed;
import io.paybeacon.core.event.OrderEvent.Withdrawn;
import io.paybeacon.core.money.Amounts;

/**
 * The part of {@link EventCodec} that knows the events of orders.
 *
 * <table>
 *   <caption>Tags</caption>
 *   <tr><td>40</td><td>PaymentReported</td></tr>
 *   <tr><td>41</td><td>Placed</td></tr>
 *   <tr><td>42</td><td>Withdrawn</td></tr>
 *   <tr><td>43</td><td>OrderCustomerErased</td></tr>
 * </table>
 */
public final class OrderEventCodec {
    private static final int PAYMENT_REPORTED = 40;
    private static final int PLACED = 41;
    private static final int WITHDRAWN = 42;
    private static final int CUSTOMER_ERASED = 43;

    private OrderEventCodec() {}

    static boolean knows(int tag) {
        return tag >= PAYMENT_REPORTED && tag <= CUSTOMER_ERASED;
    }

    static void write(OrderEvent event, ByteWriter out) {
        switch (event) {
            case PaymentReported reported -> {
                EventCodec.begin(out, PAYMENT_REPORTED, reported.origin());
                out.text(reported.order());
                reported.payment().write(out);
                out.optional(
                        reported.requested(),
                        (writer, stamped) -> Stamped.write(writer, stamped, ByteWriter::money));
                out.amounts(reported.authorised());
                out.amounts(reported.captured());
                out.amounts(reported.undone());
                out.amounts(reported.refunded());
                out.amounts(reported.refundsFailed());
            }
            case Placed(var origin, var order, var customer, var total, var lines) -> {
                EventCodec.begin(out, PLACED, origin);
                out.text(order);
                out.text(customer);
                out.money(total);
                out.list(lines, OrderEventCodec::writeLine);
            }
            case Withdrawn(var origin, var order) -> {
                EventCodec.begin(out, WITHDRAWN, origin);
                out.text(order);
            }
            case OrderCustomerErased(var origin, var order) -> {
                EventCodec.begin(out, CUSTOMER_ERASED, origin);
                out.text(order);
            }
        }
    }

    static OrderEvent read(int version, int tag, Origin origin, ByteReader in) {
        return switch (tag) {
            case PAYMENT_REPORTED -> {
                boolean refunds = version >= EventCodec.FACTS_2_SINCE;
                yield new PaymentReported(
                        origin,
                        in.text(),
                        PaymentId.read(in),
                        in.optional(stamped -> Stamped.read(stamped, ByteReader::money)),
                        in.amounts(),
                        in.amounts(),
                        in.amounts(),
                        refunds ? in.amounts() : Amounts.NONE,
                        refunds ? in.amounts() : Amounts.NONE);
            }
            case PLACED ->
                    new Placed(
                            origin,
                            in.text(),
                            in.text(),
                            in.money(),
                            in.list(OrderEventCodec::readLine));
            case WITHDRAWN -> new Withdrawn(origin, in.text());
            case CUSTOMER_ERASED -> new OrderCustomerErased(origin, in.text());
            default -> throw new CodecException("not the tag of an order's event: " + tag);
        };
    }

    /** Writes a line of an order; states keep them too. */
    public static void writeLine(ByteWriter out, Line line) {
        out.text(line.product());
        out.text(line.vendor());
        out.unsigned(line.quantity());
        out.money(line.amount());
        out.money(line.vendorShare());
    }

    /** Reads what {@link #writeLine} wrote. */
    public static Line readLine(ByteReader in) {
        return new Line(in.text(), in.text(), in.unsigned(), in.money(), in.money());
    }
}
