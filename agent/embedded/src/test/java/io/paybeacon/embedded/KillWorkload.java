package io.paybeacon.embedded;

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
import io.paybeacon.core.stage.Reference;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the killed process and the one that audits it agree on: calls by number, each telling the
 * whole story of some payments. Every fourth payment is left open, and so gets stuck at once.
 */
final class KillWorkload {
    static final String GATEWAY = "shop";
    static final int PAYMENTS_PER_CALL = 5;
    static final long MINOR_UNITS = 1_250;
    private static final Instant STORY = Instant.parse("2026-03-01T10:00:00Z");

    private KillWorkload() {}

    /** Payments are stuck a moment after they are told. */
    static Reference reference() {
        return new Reference(
                1,
                Map.of(PaymentStatus.CREATED, Duration.ofMillis(1)),
                Duration.ofMillis(20),
                Duration.ofHours(1));
    }

    static EngineOptions options(Path directory) {
        return EngineOptions.in(directory)
                .withLinger(Duration.ZERO)
                .withEpochEventsMax(64)
                .withSegmentBytes(100_000)
                .withCacheEntriesMax(500);
    }

    static boolean staysOpen(long payment) {
        return payment % 4 == 3;
    }

    static String reference(long payment) {
        return "pi_" + payment;
    }

    static List<Event> call(long number) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < PAYMENTS_PER_CALL; i++) {
            long payment = number * PAYMENTS_PER_CALL + i;
            Money amount = Money.of(MINOR_UNITS, "EUR");
            events.add(
                    told(
                            payment,
                            "created",
                            new Requested(amount),
                            new Described(Property.MERCHANT_REFERENCE, "order_" + payment)));
            if (!staysOpen(payment)) {
                String charge = "ch_" + payment;
                events.add(
                        told(
                                payment,
                                "authorised",
                                new StatusReported(charge, PaymentStatus.AUTHORISED),
                                new Authorised(charge, amount)));
                events.add(
                        told(
                                payment,
                                "captured",
                                new StatusReported(charge, PaymentStatus.CAPTURED),
                                new Captured(charge, amount)));
            }
        }
        return events;
    }

    private static Event told(long payment, String what, PaymentFact... facts) {
        return new Observed(
                new Origin(GATEWAY, "evt_" + payment + "_" + what, STORY.plusSeconds(payment)),
                new PaymentId(GATEWAY, reference(payment)),
                List.of(facts));
    }
}
