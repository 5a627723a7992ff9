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
import io.paybeacon.core.event.SourceEvent.Sampled;
import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.event.SourceEvent.SourceFailed;
import io.paybeacon.core.event.SourceEvent.SourceReason;
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

    /** What this build knows. */
    static Map<String, Event> all() {
        Map<String, Event> samples = ofEveryVersion(true);
        ProbeSamples.all(ORIGIN, samples);
        sources(samples);
        RegisterSamples.all(ORIGIN, samples);
        PeopleSamples.all(ORIGIN, samples);
        return samples;
    }

    /** What version 2 knew, as this build has it. */
    static Map<String, Event> ofVersion2() {
        Map<String, Event> samples = ofEveryVersion(false);
        ProbeSamples.all(ORIGIN, samples);
        sources(samples);
        return samples;
    }

    /** What version 1 knew, as this build has it. */
    static Map<String, Event> ofVersion1() {
        Map<String, Event> samples = ofEveryVersion(false);
        ProbeSamples.ofVersion1(ORIGIN, samples);
        return samples;
    }

    private static void sources(Map<String, Event> samples) {
        for (Signal signal : Signal.values()) {
            samples.put(
                    "sampled " + signal.label(),
                    new Sampled(ORIGIN, "status-page", signal, signal.valueMax(), DUE_AT));
        }
        for (SourceReason reason : SourceReason.values()) {
            samples.put(
                    "source failed " + reason.label(),
                    new SourceFailed(ORIGIN, "status-page", reason, "größer als erlaubt"));
        }
    }

    private static Map<String, Event> ofEveryVersion(boolean since3) {
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
        samples.put("observed", new Observed(ORIGIN, PAYMENT, facts(since3)));
        samples.put(
                "reported",
                new PaymentReported(
                        new Origin("x", "y", Instant.EPOCH.minusMillis(1)),
                        "order-7",
                        PAYMENT,
                        new Stamped<>(PRICE, ORIGIN.occurredAt(), "evt_0"),
                        Amounts.sum(List.of(PRICE, Money.of(Long.MAX_VALUE, "JPY"))),
                        Amounts.sum(List.of(Money.of(-1, "KWD"))),
                        Amounts.NONE,
                        since3 ? Amounts.sum(List.of(PRICE)) : Amounts.NONE,
                        since3 ? Amounts.sum(List.of(Money.of(1, "USD"))) : Amounts.NONE));
        samples.put(
                "reported without request",
                new PaymentReported(
                        ORIGIN,
                        "order-8",
                        PAYMENT,
                        null,
                        Amounts.NONE,
                        Amounts.NONE,
                        Amounts.NONE,
                        Amounts.NONE,
                        Amounts.NONE));
        samples.put("delta", delta());
        samples.put("delta empty", new CellDelta(ORIGIN, Map.of(), Map.of()));
        return samples;
    }

    private static List<PaymentFact> facts(boolean since3) {
        List<PaymentFact> facts = new ArrayList<>();
        for (PaymentStatus status : PaymentStatus.values()) {
            facts.add(new StatusReported(PaymentFact.NO_ATTEMPT, status));
        }
        if (since3) {
            for (DeclineCause cause : DeclineCause.values()) {
                facts.add(new Declined("ch_1", cause, cause.label(), "03"));
            }
        } else {
            for (DeclineClass declineClass : DeclineClass.values()) {
                facts.add(
                        new Declined(
                                "ch_1",
                                PaymentFactCodec.causeOf(declineClass),
                                "insufficient_funds"));
            }
        }
        facts.add(new Requested(PRICE));
        facts.add(new Authorised("ch_1", Money.of(0, "EUR")));
        facts.add(new Captured("ch_1", Money.of(Long.MIN_VALUE, "KWD")));
        facts.add(new CaptureUndone("ch_1", Money.of(500, "JPY")));
        for (RefundStatus status : RefundStatus.values()) {
            facts.add(new Refunded("re_1", PRICE, status));
        }
        for (Property property : Property.values()) {
            if (since3 || property.compareTo(Property.ISSUER_COUNTRY) <= 0) {
                facts.add(new Described(property, "value of " + property.label()));
            }
        }
        if (since3) {
            for (AuthenticationOutcome outcome : AuthenticationOutcome.values()) {
                facts.add(new Authenticated("ch_1", outcome));
            }
            facts.add(new HoldExpires("ch_1", DUE_AT));
            for (DisputeStatus status : DisputeStatus.values()) {
                facts.add(new Disputed("dp_1", status));
            }
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
}
