package io.paybeacon.core.event;

import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.OrderEvent.PaymentReported;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.event.ProbeEvent.OrphanSettled;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.core.event.ProbeEvent.StepResult;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One event of every record and more, by name; between them they use every enum constant. */
final class EventSamples {
    private static final Origin ORIGIN =
            new Origin("stripe-eu", "evt_1", Instant.parse("2026-11-22T10:15:30Z"));
    private static final PaymentId PAYMENT = new PaymentId("stripe-eu", "pi_1");
    private static final Instant DUE_AT = Instant.parse("2026-11-22T10:15:00Z");
    private static final Money PRICE = Money.of(1099, "USD");

    private EventSamples() {}

    static Map<String, Event> all() {
        Map<String, Event> samples = new LinkedHashMap<>();
        for (SkipReason reason : SkipReason.values()) {
            samples.put("skipped " + reason.label(), new Skipped(ORIGIN, "payout.paid", reason));
        }
        for (MalformedReason reason : MalformedReason.values()) {
            samples.put(
                    "malformed " + reason.label(),
                    new Malformed(ORIGIN, "unknown", reason, "line 3: größer als erlaubt"));
        }
        ProviderReference charge = new ProviderReference("stripe-eu", "ch_1");
        samples.put("linked", new Linked(ORIGIN, charge, PAYMENT));
        samples.put("unresolved", new Unresolved(ORIGIN, charge, List.of(new Requested(PRICE))));
        samples.put("observed", new Observed(ORIGIN, PAYMENT, facts()));
        samples.put(
                "reported",
                new PaymentReported(
                        new Origin("x", "y", Instant.EPOCH.minusMillis(1)),
                        "order-7",
                        PAYMENT,
                        new Stamped<>(PRICE, ORIGIN.occurredAt(), "evt_0"),
                        Amounts.sum(List.of(PRICE, Money.of(Long.MAX_VALUE, "JPY"))),
                        Amounts.sum(List.of(Money.of(-1, "KWD"))),
                        Amounts.NONE));
        samples.put(
                "reported without request",
                new PaymentReported(
                        ORIGIN,
                        "order-8",
                        PAYMENT,
                        null,
                        Amounts.NONE,
                        Amounts.NONE,
                        Amounts.NONE));
        samples.put("delta", delta());
        samples.put("delta empty", new CellDelta(ORIGIN, Map.of(), Map.of()));
        probes(samples);
        return samples;
    }

    private static List<PaymentFact> facts() {
        List<PaymentFact> facts = new ArrayList<>();
        for (PaymentStatus status : PaymentStatus.values()) {
            facts.add(new StatusReported(PaymentFact.NO_ATTEMPT, status));
        }
        for (DeclineClass declineClass : DeclineClass.values()) {
            facts.add(new Declined("ch_1", declineClass, "insufficient_funds"));
        }
        facts.add(new Requested(PRICE));
        facts.add(new Authorised("ch_1", Money.of(0, "EUR")));
        facts.add(new Captured("ch_1", Money.of(Long.MIN_VALUE, "KWD")));
        facts.add(new CaptureUndone("ch_1", Money.of(500, "JPY")));
        for (RefundStatus status : RefundStatus.values()) {
            facts.add(new Refunded("re_1", PRICE, status));
        }
        for (Property property : Property.values()) {
            facts.add(new Described(property, "value of " + property.label()));
        }
        return facts;
    }

    private static CellDelta delta() {
        Map<PaymentStatus, Long> payments = new LinkedHashMap<>();
        for (PaymentStatus status : PaymentStatus.values()) {
            payments.put(status, 64L - 32L * payments.size());
        }
        return new CellDelta(
                ORIGIN,
                payments,
                Map.of(
                        DUE_AT,
                        new Outcomes(1, 2, 3, 4),
                        DUE_AT.plusSeconds(60),
                        new Outcomes(-1, 0, 0, Long.MAX_VALUE)));
    }

    private static void probes(Map<String, Event> samples) {
        List<StepResult> steps = new ArrayList<>();
        for (ProbeReason reason : ProbeReason.values()) {
            steps.add(new StepResult("authorise", 2, false, reason, Map.of(), 5_000_000_000L));
        }
        Map<Phase, Long> phases = new LinkedHashMap<>();
        for (Phase phase : Phase.values()) {
            phases.put(phase, 1_000L * phases.size());
        }
        steps.add(new StepResult("refund", 1, true, null, phases, 28_000));
        for (Cleanup cleanup : Cleanup.values()) {
            samples.put(
                    "run " + cleanup.label(),
                    new RunCompleted(
                            ORIGIN,
                            "stripe-card",
                            "run-1",
                            "4bf92f3577b34da6a3ce929d0e0e4736",
                            DUE_AT,
                            DUE_AT.plusMillis(3),
                            7,
                            new Failure("authorise", ProbeReason.AUTH, "status 401, expected 200"),
                            steps,
                            cleanup));
        }
        samples.put(
                "run passed",
                new RunCompleted(
                        ORIGIN, "p", "r", "", DUE_AT, DUE_AT, 0, null, List.of(), Cleanup.CLEAN));
        samples.put("orphan settled", new OrphanSettled(ORIGIN, "stripe-card", "run-1"));
        for (SlotOutcome outcome : SlotOutcome.values()) {
            samples.put(
                    "slot " + outcome.label(),
                    new SlotAccounted(ORIGIN, "stripe-card", DUE_AT, outcome, -5));
        }
        samples.put("webhook seen", new WebhookSeen(ORIGIN, "run-1", "charge.captured"));
    }
}
