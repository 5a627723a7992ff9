package io.paybeacon.core.pipeline;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.OrderEvent.Placed;
import io.paybeacon.core.event.OrderEvent.Withdrawn;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authenticated;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.PaymentFact.HoldExpires;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.event.ProbeEvent.OrphanSettled;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.event.SourceEvent.Sampled;
import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.event.SourceEvent.SourceFailed;
import io.paybeacon.core.event.SourceEvent.SourceReason;
import io.paybeacon.core.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The messages of a random morning: a few payments, told of with every kind of fact, plausible or
 * not, in part through objects whose payment is named in another message or never.
 *
 * <p>It stays within the limits of states, and links an object to one payment only: beyond that
 * the order of arrival matters by design.
 */
final class RandomStory {
    private static final List<String> GATEWAYS = List.of("gw", "gw-2");
    private static final List<String> CURRENCIES = List.of("USD", "ZAR", "JPY", "KWD");
    private final RandomGenerator random;
    private final Instant start;
    private final List<Event> events = new ArrayList<>();

    private RandomStory(RandomGenerator random, Instant start) {
        this.random = random;
        this.start = start;
    }

    static List<Event> events(RandomGenerator random, Instant start) {
        RandomStory story = new RandomStory(random, start);
        int payments = 1 + random.nextInt(4);
        for (int i = 0; i < payments; i++) {
            story.payment(new PaymentId(story.any(GATEWAYS), "pi_" + i), "order-" + i / 2);
        }
        for (int i = 0; i < payments; i += 2) {
            story.order("order-" + i / 2);
        }
        story.probe();
        story.source();
        story.events.add(new Skipped(story.origin("gw"), "ping", SkipReason.NOT_RELEVANT));
        return story.events;
    }

    private void payment(PaymentId id, String order) {
        ProviderReference charge = new ProviderReference(id.gateway(), "ch_" + id.reference());
        boolean linked = random.nextInt(4) > 0;
        int messages = 1 + random.nextInt(8);
        for (int i = 0; i < messages; i++) {
            List<PaymentFact> facts = new ArrayList<>();
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                facts.add(fact(order));
            }
            Origin origin = origin(id.gateway());
            events.add(
                    random.nextInt(3) == 0
                            ? new Unresolved(origin, charge, facts)
                            : new Observed(origin, id, facts));
        }
        if (linked) {
            events.add(new Linked(origin(id.gateway()), charge, id));
        }
    }

    /** An order is one customer's: who else was named before depends on the order of arrival. */
    private void order(String order) {
        for (int n = random.nextInt(3); n > 0; n--) {
            Money total = Money.of(random.nextLong(1, 5) * 500, any(CURRENCIES));
            events.add(new Placed(origin("shop"), order, "customer of " + order, total, List.of()));
        }
        if (random.nextInt(6) == 0) {
            events.add(new Withdrawn(origin("shop"), order));
        }
    }

    private PaymentFact fact(String order) {
        String operation = "op_" + random.nextInt(3);
        return switch (random.nextInt(12)) {
            case 0, 1 -> new StatusReported(attempt(), any(PaymentStatus.values()));
            case 2 ->
                    new Declined(
                            attempt(),
                            any(DeclineCause.values()),
                            any(List.of("51", "do_not_honor", "größer")));
            case 3 -> new Requested(money());
            case 4 -> new Authorised(operation, money());
            case 5 -> new Captured(operation, money());
            case 6 -> new CaptureUndone(operation, money());
            case 7 -> new Refunded("re_" + random.nextInt(3), money(), any(RefundStatus.values()));
            case 8 -> new Authenticated(attempt(), any(AuthenticationOutcome.values()));
            case 9 -> new HoldExpires(operation, start.plusSeconds(random.nextInt(90_000)));
            case 10 -> new Disputed("dp_" + random.nextInt(2), any(DisputeStatus.values()));
            default ->
                    random.nextBoolean()
                            ? new Described(Property.MERCHANT_REFERENCE, order)
                            : new Described(Property.METHOD, any(List.of("card", "boleto", "?")));
        };
    }

    private String attempt() {
        return any(List.of(PaymentFact.NO_ATTEMPT, "ch_1", "ch_2"));
    }

    private Money money() {
        long minorUnits =
                switch (random.nextInt(8)) {
                    case 0 -> -random.nextLong(1, 1000);
                    case 1 -> any(List.of(Long.MAX_VALUE, Long.MIN_VALUE, 0L));
                    case 2 -> Money.PLAUSIBLE_MINOR_UNITS_MAX;
                    default -> random.nextLong(1, 5) * 500;
                };
        return Money.of(minorUnits, any(CURRENCIES));
    }

    private void probe() {
        int runs = random.nextInt(5);
        for (int i = 0; i < runs; i++) {
            Instant startedAt = start.plusSeconds(60L * i);
            boolean failed = random.nextInt(3) == 0;
            Cleanup cleanup = any(Cleanup.values());
            String run = "run-" + i;
            events.add(
                    new RunCompleted(
                            origin("gw"),
                            "card",
                            run,
                            "",
                            startedAt,
                            startedAt,
                            random.nextLong(1_000_000_000),
                            failed ? new Failure("s", any(ProbeReason.values()), "seen") : null,
                            List.of(),
                            cleanup,
                            random.nextInt(3) == 0));
            if (cleanup == Cleanup.ORPHANED && random.nextBoolean()) {
                events.add(new OrphanSettled(origin("gw"), "card", run));
            }
            events.add(
                    new SlotAccounted(
                            origin("gw"), "card", startedAt, any(SlotOutcome.values()), 1, 1));
        }
    }

    private void source() {
        for (int asked = random.nextInt(6); asked > 0; asked--) {
            Origin origin = origin("gw");
            if (random.nextInt(3) == 0) {
                SourceReason reason = any(SourceReason.values());
                events.add(new SourceFailed(origin, "status-page", reason, "seen"));
                continue;
            }
            for (Signal signal : Signal.values()) {
                if (random.nextBoolean()) {
                    long value = random.nextLong(5);
                    Instant at = start.minusSeconds(random.nextInt(60));
                    events.add(new Sampled(origin, "status-page", signal, value, at));
                }
            }
        }
    }

    /** Whole seconds, few enough that many events share one, as gateways have it. */
    private Origin origin(String gateway) {
        return new Origin(
                gateway, "evt_" + events.size(), start.plusSeconds(random.nextInt(-7200, 30)));
    }

    private <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    private <T> T any(T[] values) {
        return values[random.nextInt(values.length)];
    }
}
