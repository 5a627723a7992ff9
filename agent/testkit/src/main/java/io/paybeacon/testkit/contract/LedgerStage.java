package io.paybeacon.testkit.contract;

import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent;
import io.paybeacon.core.event.PaymentEvent.CustomerErased;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Change;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A stage that uses everything an engine offers: it adds captures up, once an event; a status sets,
 * replaces or cancels the deadline; each deadline opens or updates a finding and sets the next one,
 * three times at most; a later status resolves the finding. Every capture and every deadline is
 * forwarded to the {@link CellStage}.
 *
 * @param version of its build: refunds are known from version 2 on
 */
record LedgerStage(int version) implements Stage<Ledger, PaymentEvent> {
    static final String NAME = "toy_ledger";
    static final int ALARMS_MAX = 3;
    private static final long NANOS_PER_MINOR_UNIT = 10_000_000;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String key(PaymentEvent event) {
        return event.payment().key();
    }

    @Override
    public Effect<Ledger> apply(@Nullable Ledger state, PaymentEvent event, Context context) {
        Origin origin = event.origin();
        List<Output> outputs = new ArrayList<>();
        Ledger ledger = state == null ? Ledger.blank(event.payment()) : state;
        if (state == null) {
            outputs.add(new Count(Series.of(Metric.PAYMENTS_CREATED, ledger.gateway()), 1));
        }
        if (!ledger.seen().contains(origin.eventId())) {
            TreeSet<String> seen = new TreeSet<>(ledger.seen());
            seen.add(origin.eventId());
            ledger =
                    new Ledger(
                            ledger.payment(),
                            seen,
                            ledger.captured(),
                            ledger.refunded(),
                            ledger.status(),
                            max(ledger.lastAt(), context.now()),
                            Math.max(ledger.referenceVersion(), context.reference().version()),
                            ledger.due(),
                            ledger.alarms());
            switch (event) {
                case Observed(_, _, List<PaymentFact> facts) -> {
                    for (PaymentFact fact : facts) {
                        ledger = join(ledger, fact, origin, context, outputs);
                    }
                }
                case CustomerErased _ -> {
                    // The ledger knows no customers.
                }
            }
        }
        return new Effect<>(ledger, outputs, ledger.due());
    }

    private Ledger join(
            Ledger ledger, PaymentFact fact, Origin origin, Context context, List<Output> out) {
        if (fact instanceof Captured(_, var amount)) {
            long units = amount.minorUnits();
            String gateway = ledger.gateway();
            out.add(
                    new Count(
                            Series.of(Metric.PAYMENT_CAPTURED, gateway, amount.currencyCode()),
                            units));
            out.add(
                    new Observation(
                            Series.of(Metric.PAYMENT_DURATION, gateway, "approved"),
                            units * NANOS_PER_MINOR_UNIT,
                            origin.eventId()));
            out.add(new Forward(new CellDelta(origin, one(PaymentStatus.CAPTURED), Map.of())));
            return amounts(ledger, ledger.captured() + units, ledger.refunded());
        }
        if (fact instanceof Refunded(_, var amount, _) && version >= 2) {
            return amounts(ledger, ledger.captured(), ledger.refunded() + amount.minorUnits());
        }
        if (fact instanceof StatusReported(_, PaymentStatus told)) {
            Stamped<PaymentStatus> status =
                    Stamped.later(ledger.status(), Stamped.of(told, origin));
            if (!status.equals(ledger.status())) {
                return status(ledger, status, context, out);
            }
        }
        return ledger;
    }

    private static Ledger status(
            Ledger ledger, Stamped<PaymentStatus> status, Context context, List<Output> out) {
        Duration limit = context.reference().stuckAfter(status.value());
        if (ledger.alarms() > 0) {
            String id = ledger.findingId();
            out.add(new FindingResolved(id, context.now(), Resolution.RESOLVED));
        }
        Instant due = limit == null ? null : context.now().plus(limit);
        return timer(ledger, status, due, 0);
    }

    @Override
    public Effect<Ledger> onDeadline(String key, Ledger state, Context context) {
        Instant reached = state.due();
        Stamped<PaymentStatus> status = state.status();
        if (reached == null || status == null) {
            throw new IllegalStateException("a deadline that no status has set: " + key);
        }
        int alarms = state.alarms() + 1;
        Duration limit = context.reference().stuckAfter(status.value());
        // From the deadline, not from the tick, so that one late tick reaches several.
        Instant next = limit == null || alarms == ALARMS_MAX ? null : reached.plus(limit);
        Ledger ledger = timer(state, status, next, alarms);
        Finding finding = finding(key, ledger, reached, context);
        Origin origin = new Origin(state.gateway(), key + "@" + reached, context.now());
        List<Output> outputs =
                List.of(
                        alarms == 1 ? new FindingOpened(finding) : new FindingUpdated(finding),
                        new Change(
                                Series.of(Metric.FINDINGS_OPEN, state.gateway(), "stuck_payment"),
                                1),
                        new Forward(new CellDelta(origin, one(PaymentStatus.UNKNOWN), Map.of())));
        return new Effect<>(ledger, outputs, next);
    }

    private static Finding finding(String key, Ledger ledger, Instant reached, Context context) {
        return new Finding(
                ledger.findingId(),
                FindingKind.STUCK_PAYMENT,
                Severity.WARNING,
                ledger.gateway(),
                key,
                context.now(),
                null,
                "nothing new since the deadline was set",
                "look",
                Map.of("deadline", reached.toString(), "alarms", "" + ledger.alarms()));
    }

    @Override
    public Codec<Ledger> codec() {
        return new Ledger.Bytes(version);
    }

    private static Map<PaymentStatus, Long> one(PaymentStatus status) {
        return Map.of(status, 1L);
    }

    private static Ledger amounts(Ledger ledger, long captured, long refunded) {
        return new Ledger(
                ledger.payment(),
                ledger.seen(),
                captured,
                refunded,
                ledger.status(),
                ledger.lastAt(),
                ledger.referenceVersion(),
                ledger.due(),
                ledger.alarms());
    }

    private static Ledger timer(
            Ledger ledger, Stamped<PaymentStatus> status, @Nullable Instant due, int alarms) {
        return new Ledger(
                ledger.payment(),
                ledger.seen(),
                ledger.captured(),
                ledger.refunded(),
                status,
                ledger.lastAt(),
                ledger.referenceVersion(),
                due,
                alarms);
    }

    private static Instant max(Instant first, Instant second) {
        return first.isBefore(second) ? second : first;
    }
}
