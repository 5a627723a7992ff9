package io.paybeacon.core.identity;

import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.IdentityEvent;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.identity.Identity.Parked;
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
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the payment that an object of a gateway belongs to.
 *
 * <p>Facts about an object whose payment is not known yet are parked, and sent on when some message
 * names it. When they have waited for {@code Reference.parkedFor} a finding says so; they stay
 * parked, and the finding ends when the payment becomes known after all.
 */
public final class IdentityStage implements Stage<Identity, IdentityEvent> {
    /** How many messages wait for one object at most; further ones are counted and dropped. */
    static final int PARKED_MESSAGES_MAX = 64;

    /** By origin; what one message says in several events has any order that is always the same. */
    private static final Comparator<Parked> ORDER =
            Comparator.comparing(Parked::origin).thenComparing(Parked::toString);

    @Override
    public String name() {
        return "identity";
    }

    @Override
    public String key(IdentityEvent event) {
        return event.reference().key();
    }

    @Override
    public Codec<Identity> codec() {
        return IdentityCodec.INSTANCE;
    }

    @Override
    public Effect<Identity> apply(@Nullable Identity state, IdentityEvent event, Context context) {
        Identity before = state != null ? state : Identity.unknown(event.reference());
        return switch (event) {
            case Linked linked -> link(before, linked, context);
            case Unresolved unresolved -> resolve(before, unresolved, context);
        };
    }

    @Override
    public Effect<Identity> onDeadline(String key, Identity state, Context context) {
        if (state.payment() != null || state.orphaned() != null) {
            return forget(state, context);
        }
        Instant due = dueAt(state.parkedSince(), context);
        if (due.isAfter(context.now())) {
            return new Effect<>(state, List.of(), due);
        }
        Finding finding = orphan(state.reference(), state.parked(), context.now());
        String gateway = state.reference().gateway();
        return new Effect<>(
                new Identity(state.reference(), null, state.parked(), state.parkedSince(), finding),
                List.of(
                        new FindingOpened(finding),
                        new Count(findings(Metric.FINDINGS_OPENED, gateway), 1),
                        new Change(findings(Metric.FINDINGS_OPEN, gateway), 1)),
                keptUntil(context));
    }

    /** Nobody has spoken of the object for as long as payments are kept. */
    private static Effect<Identity> forget(Identity state, Context context) {
        List<Output> outputs = new ArrayList<>();
        String gateway = state.reference().gateway();
        if (!state.parked().isEmpty()) {
            outputs.add(parkedBy(gateway, -state.parked().size()));
        }
        Finding orphaned = state.orphaned();
        if (orphaned != null) {
            outputs.add(new FindingResolved(orphaned.id(), context.now(), Resolution.RESOLVED));
            outputs.add(new Change(findings(Metric.FINDINGS_OPEN, gateway), -1));
        }
        return Effect.forget(outputs);
    }

    private static Instant keptUntil(Context context) {
        return context.now().plus(context.reference().keptFor());
    }

    private static Effect<Identity> link(Identity before, Linked event, Context context) {
        // No gateway moves an object from one payment to another. Should two messages disagree all
        // the same, the choice must not depend on which of them came first.
        PaymentId known = before.payment();
        PaymentId payment =
                known == null || event.payment().key().compareTo(known.key()) < 0
                        ? event.payment()
                        : known;
        List<Output> outputs = new ArrayList<>();
        if (known != null && !known.equals(event.payment())) {
            outputs.add(new Count(Series.of(Metric.PAYMENT_CORRECTIONS, known.gateway()), 1));
        }
        for (Parked parked : before.parked()) {
            outputs.add(new Forward(new Observed(parked.origin(), payment, parked.facts())));
        }
        String gateway = before.reference().gateway();
        if (!before.parked().isEmpty()) {
            outputs.add(parkedBy(gateway, -before.parked().size()));
        }
        Finding orphaned = before.orphaned();
        if (orphaned != null) {
            outputs.add(new FindingResolved(orphaned.id(), context.now(), Resolution.SUPERSEDED));
            outputs.add(new Change(findings(Metric.FINDINGS_OPEN, gateway), -1));
        }
        return new Effect<>(
                new Identity(before.reference(), payment, List.of(), null, null),
                outputs,
                keptUntil(context));
    }

    private static Effect<Identity> resolve(Identity before, Unresolved event, Context context) {
        PaymentId payment = before.payment();
        if (payment != null) {
            return new Effect<>(
                    before,
                    List.of(new Forward(new Observed(event.origin(), payment, event.facts()))),
                    keptUntil(context));
        }
        String gateway = before.reference().gateway();
        Instant since = Objects.requireNonNullElse(before.parkedSince(), context.now());
        Instant deadline = before.orphaned() == null ? dueAt(since, context) : keptUntil(context);
        Parked arrived = new Parked(event.origin(), event.facts());
        if (before.parked().contains(arrived)) {
            return new Effect<>(before, List.of(), deadline);
        }
        if (before.parked().size() >= PARKED_MESSAGES_MAX) {
            Series series = Series.of(Metric.PAYMENT_FACTS_OVER_LIMIT, gateway);
            return new Effect<>(before, List.of(new Count(series, event.facts().size())), deadline);
        }
        List<Parked> parked = new ArrayList<>(before.parked());
        parked.add(arrived);
        parked.sort(ORDER);
        List<Output> outputs = new ArrayList<>();
        outputs.add(parkedBy(gateway, 1));
        outputs.add(new Count(Series.of(Metric.ORPHAN_EVENTS, gateway), 1));
        Finding open = before.orphaned();
        Finding updated = null;
        if (open != null) {
            updated = orphan(before.reference(), parked, open.openedAt());
            outputs.add(new FindingUpdated(updated));
        }
        return new Effect<>(
                new Identity(before.reference(), null, parked, since, updated), outputs, deadline);
    }

    private static Instant dueAt(@Nullable Instant parkedSince, Context context) {
        Instant since = Objects.requireNonNullElse(parkedSince, context.now());
        return since.plus(context.reference().parkedFor());
    }

    private static Output parkedBy(String gateway, long by) {
        return new Change(Series.of(Metric.IDENTITY_PARKED, gateway), by);
    }

    private static Series findings(Metric metric, String gateway) {
        return Series.of(metric, gateway, FindingKind.ORPHAN_EVENT.label());
    }

    private static Finding orphan(
            ProviderReference reference, List<Parked> parked, Instant openedAt) {
        return new Finding(
                FindingKind.ORPHAN_EVENT.label() + "|" + reference.key(),
                FindingKind.ORPHAN_EVENT,
                Severity.WARNING,
                reference.gateway(),
                reference.key(),
                openedAt,
                null,
                "The gateway reports on an object whose payment it never named to this agent:"
                        + " the message that names it was lost or is not subscribed to.",
                "Look the reference up at the gateway, and check that the webhook endpoint"
                        + " subscribes to the events of payments as well.",
                Map.of(
                        "messages", Integer.toString(parked.size()),
                        "first_event", parked.getFirst().origin().eventId()));
    }
}
