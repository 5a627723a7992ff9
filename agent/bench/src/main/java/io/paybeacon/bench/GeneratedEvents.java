package io.paybeacon.bench;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;

/**
 * The events of payments, four each (created, processing, authorised, captured), and the canonical
 * JSON that would say the same.
 */
final class GeneratedEvents {
    /** How many events a payment has. */
    static final int PER_PAYMENT = 4;

    /** How many payments are under way at once. */
    static final int OVERLAP = 512;

    private static final long START = Instant.parse("2026-11-22T00:00:00Z").toEpochMilli();
    private static final List<String> TYPES =
            List.of("created", "processing", "authorised", "captured");

    private GeneratedEvents() {}

    /** The payment that an event is about, by position; {@link #OVERLAP} are under way at once. */
    static long payment(long position) {
        long window = position / ((long) OVERLAP * PER_PAYMENT);
        return window * OVERLAP + position % OVERLAP;
    }

    /** Which of the payment's events the one at a position is, from 0. */
    static int step(long position) {
        return (int) (position / OVERLAP % PER_PAYMENT);
    }

    /** The event of a payment. */
    static Event event(long payment, int step) {
        String name = name(payment);
        Money amount = amount(payment);
        String charge = "ch_" + name;
        List<PaymentFact> facts =
                switch (step) {
                    case 0 ->
                            List.of(
                                    new Requested(amount),
                                    new StatusReported(
                                            PaymentFact.NO_ATTEMPT, PaymentStatus.CREATED),
                                    new Described(Property.METHOD, "card"),
                                    new Described(Property.MERCHANT_REFERENCE, "order-" + name));
                    case 1 -> List.of(new StatusReported(charge, PaymentStatus.PROCESSING));
                    case 2 ->
                            List.of(
                                    new Authorised(charge, amount),
                                    new StatusReported(charge, PaymentStatus.AUTHORISED),
                                    new Described(Property.NETWORK, "visa"));
                    default ->
                            List.of(
                                    new Captured(charge, amount),
                                    new StatusReported(charge, PaymentStatus.CAPTURED));
                };
        return new Observed(
                new Origin("stripe", "evt_" + name + step, at(payment, step)),
                new PaymentId("stripe", "pi_" + name),
                facts);
    }

    /** An event about a payment that ended long ago: more was captured of it than before. */
    static Event late(long payment, long number) {
        String name = name(payment);
        return new Observed(
                new Origin("stripe", "evt_late" + number, at(payment, 9)),
                new PaymentId("stripe", "pi_" + name),
                List.of(new Captured("late" + number % 3, amount(payment))));
    }

    /** The canonical JSON of {@link #event}. */
    static byte[] json(long payment, int step) {
        String name = name(payment);
        return """
        {"specversion":"1.0","id":"evt_%s%d","source":"stripe","type":"payment.%s",\
        "time":"%s","subject":"pi_%s","data":{"attempt":"ch_%s","amount":%d,\
        "currency":"USD","method":"card","network":"visa","order":"order-%s"}}\
        """
                .formatted(
                        name,
                        step,
                        TYPES.get(step),
                        at(payment, step),
                        name,
                        name,
                        amount(payment).minorUnits(),
                        name)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String name(long payment) {
        String digits = Long.toString(payment);
        return "0000000000000000".substring(Math.min(16, digits.length())) + digits;
    }

    private static Money amount(long payment) {
        return Money.of(500 + payment * 37 % 20_000, "USD");
    }

    private static Instant at(long payment, int step) {
        return Instant.ofEpochMilli(START + payment * 10 + step * 1_000L);
    }
}
