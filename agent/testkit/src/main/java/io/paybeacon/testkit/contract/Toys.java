package io.paybeacon.testkit.contract;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.GatewayEvent;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.IdentityEvent;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.pipeline.Step;
import io.paybeacon.core.stage.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** The pipeline of the small stages, and events for it. */
final class Toys {
    /** When tests begin, by the agent's and the source's clock. */
    static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

    private static final List<String> GATEWAYS = List.of("north", "south");

    private Toys() {}

    /** Relay, ledger and cell, the cell combining, in the present build. */
    static Pipeline pipeline() {
        return pipeline(2, true);
    }

    /**
     * Relay, ledger and cell.
     *
     * @param ledgerVersion of the codec of the ledger
     * @param combines whether the deltas of the cell may be combined
     */
    static Pipeline pipeline(int ledgerVersion, boolean combines) {
        return new Pipeline(
                List.of(
                        new Step<>(new RelayStage(), IdentityEvent.class),
                        new Step<>(new LedgerStage(ledgerVersion), PaymentEvent.class),
                        new Step<>(new CellStage(combines), GatewayEvent.class)));
    }

    /**
     * What the stages go by.
     *
     * @param processing the deadline that the status processing sets
     */
    static Reference reference(long version, Duration processing) {
        return new Reference(
                version,
                Map.of(PaymentStatus.PROCESSING, processing),
                Duration.ZERO,
                Duration.ofMinutes(30));
    }

    /** Version 1, with ten minutes. */
    static Reference reference() {
        return reference(1, Duration.ofMinutes(10));
    }

    /** An event that adds to what a payment at the gateway north has captured. */
    static Event captured(String event, String payment, long cents) {
        return observed(event, payment, new Captured(event, Money.of(cents, "EUR")));
    }

    /** An event that adds to what was refunded, for builds that know of it. */
    static Event refunded(String event, String payment, long cents) {
        Money amount = Money.of(cents, "EUR");
        return observed(event, payment, new Refunded(event, amount, RefundStatus.SUCCEEDED));
    }

    /** An event that sets the deadline, in place of an earlier one. */
    static Event processing(String event, String payment) {
        return observed(event, payment, status(PaymentStatus.PROCESSING));
    }

    /** An event that takes the deadline back. */
    static Event settled(String event, String payment) {
        return observed(event, payment, status(PaymentStatus.CAPTURED));
    }

    /** An event whose fact reaches the payment through another stage and key. */
    static Event relayed(String event, String payment, long cents) {
        return new Unresolved(
                origin("north", event),
                new ProviderReference("north", payment),
                List.of(new Captured(event, Money.of(cents, "EUR"))));
    }

    /** An event that sets the deadline at which the relay forgets the key. */
    static Event linked(String event, String payment) {
        return new Linked(
                origin("north", event),
                new ProviderReference("north", payment),
                new PaymentId("north", payment));
    }

    /** An event that adds captures to the cell of the gateway north, as if they were forwarded. */
    static Event delta(String event, long captures) {
        return new CellDelta(
                origin("north", event), Map.of(PaymentStatus.CAPTURED, captures), Map.of());
    }

    /** The key of a payment at the gateway north. */
    static String key(String payment) {
        return "north:" + payment;
    }

    /** Events of every kind for a few keys of two gateways, each told once. */
    static List<Event> mixed(long seed, int events) {
        SplittableRandom random = new SplittableRandom(seed);
        int keys = Math.max(2, events / 5);
        List<Event> mixed = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            String gateway = GATEWAYS.get(random.nextInt(GATEWAYS.size()));
            String name = "p" + random.nextInt(keys);
            Origin origin = new Origin(gateway, "e" + i, START.plusSeconds(random.nextInt(events)));
            ProviderReference reference = new ProviderReference(gateway, name);
            PaymentId payment = new PaymentId(gateway, name);
            Money money = Money.of(1 + random.nextInt(5_000), "EUR");
            mixed.add(
                    switch (random.nextInt(6)) {
                        case 0 -> new Observed(origin, payment, List.of(new Captured("c", money)));
                        case 1 ->
                                new Observed(
                                        origin, payment, List.of(status(PaymentStatus.CAPTURED)));
                        case 2 ->
                                new Unresolved(
                                        origin, reference, List.of(new Captured("r", money)));
                        case 3 -> new Linked(origin, reference, payment);
                        default ->
                                new Observed(
                                        origin, payment, List.of(status(PaymentStatus.PROCESSING)));
                    });
        }
        return mixed;
    }

    private static Event observed(String event, String payment, PaymentFact fact) {
        return new Observed(origin("north", event), new PaymentId("north", payment), List.of(fact));
    }

    private static PaymentFact status(PaymentStatus status) {
        return new StatusReported(PaymentFact.NO_ATTEMPT, status);
    }

    /** Told at a time that grows with the number that the event's name ends with. */
    private static Origin origin(String gateway, String event) {
        String digits = event.replaceAll("\\D", "");
        return new Origin(
                gateway, event, START.plusSeconds(digits.isEmpty() ? 0 : Long.parseLong(digits)));
    }
}
