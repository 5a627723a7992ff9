package io.paybeacon.simulation;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DisputeEvent;
import io.paybeacon.core.event.DisputeEvent.FraudWarned;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.FeeEvent;
import io.paybeacon.core.event.FeeKind;
import io.paybeacon.core.event.FeedbackEvent;
import io.paybeacon.core.event.FeedbackEvent.Complainant;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.OrderEvent.Line;
import io.paybeacon.core.event.OrderEvent.Placed;
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
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.PayoutStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.event.SettlementEvent;
import io.paybeacon.core.event.SettlementLineKind;
import io.paybeacon.core.event.TransferEvent;
import io.paybeacon.core.event.TransferStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.sandbox.market.generate.Course.Authentication;
import io.paybeacon.sandbox.market.generate.Happening;
import io.paybeacon.sandbox.market.generate.Occurrence;
import io.paybeacon.sandbox.market.generate.Payer;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells what happens in the simulated marketplace in the words of the pipeline, as the adapters
 * would have told it.
 *
 * <p>Refunds and disputes name the charge and not the payment, as some gateways do, so that they
 * have to be resolved. Remembers what each payment held, as its gateway does, to tell a part from
 * the whole. Not thread-safe.
 */
public final class MarketEvents {
    /** The account under which the platform tells of its own. */
    public static final String PLATFORM = "shop";

    /** How long a card's hold lasts, as the simulated gateways tell it. */
    private static final Duration HOLD = Duration.ofDays(7);

    private final Map<String, Long> heldMinor = new HashMap<>();
    private final Map<String, Long> capturedMinor = new HashMap<>();
    private final Map<String, PaymentStatus> toldOf = new HashMap<>();

    /** What the message about the occurrence says; the same message says the same again. */
    public List<Event> of(Occurrence occurrence) {
        String gateway =
                occurrence.happening().gateway().isEmpty()
                        ? PLATFORM
                        : occurrence.happening().gateway();
        Origin origin =
                new Origin(
                        gateway,
                        "evt_" + occurrence.id(),
                        Instant.ofEpochMilli(occurrence.atMillis()));
        return switch (occurrence.happening()) {
            case Happening.OfPayment happening -> payment(origin, happening);
            case Happening.OfPlatform happening -> platform(origin, happening);
            case Happening.SettlementLine line -> List.of(line(origin, line));
            case Happening.PayoutSent sent ->
                    List.of(
                            payout(
                                    origin,
                                    sent.payout(),
                                    PayoutStatus.IN_TRANSIT,
                                    money(sent.amountMinor(), sent.currency()),
                                    LocalDate.ofInstant(
                                            Instant.ofEpochMilli(sent.arrivesMillis()),
                                            ZoneOffset.UTC)));
            case Happening.PayoutEnded ended ->
                    List.of(
                            payout(
                                    origin,
                                    ended.payout(),
                                    ended.paid() ? PayoutStatus.PAID : PayoutStatus.RETURNED,
                                    money(ended.amountMinor(), ended.currency()),
                                    null));
        };
    }

    /** The payment that is named {@code gateway:reference}. */
    public static PaymentId id(String key) {
        int colon = key.indexOf(':');
        return new PaymentId(key.substring(0, colon), key.substring(colon + 1));
    }

    private static ProviderReference charge(String payment) {
        PaymentId id = id(payment);
        return new ProviderReference(id.gateway(), "ch_" + id.reference());
    }

    private static Money money(long minorUnits, String currency) {
        return Money.of(minorUnits, currency);
    }

    private List<Event> payment(Origin origin, Happening.OfPayment happening) {
        String payment = happening.payment();
        String charge = charge(payment).value();
        return switch (happening) {
            case Happening.PaymentCreated created -> created(origin, created);
            case Happening.ActionRequired _ ->
                    observed(
                            origin,
                            payment,
                            new StatusReported(charge, PaymentStatus.ACTION_REQUIRED),
                            new Authenticated(charge, AuthenticationOutcome.CHALLENGE_REQUESTED));
            case Happening.Authenticated authenticated ->
                    observed(
                            origin,
                            payment,
                            new Authenticated(charge, outcome(authenticated.how())));
            case Happening.PaymentPending _ ->
                    observed(origin, payment, new StatusReported(charge, PaymentStatus.PROCESSING));
            case Happening.Authorised authorised -> {
                heldMinor.put(payment, authorised.amountMinor());
                yield observed(
                        origin,
                        payment,
                        new StatusReported(charge, PaymentStatus.AUTHORISED),
                        new Authorised(
                                charge, money(authorised.amountMinor(), authorised.currency())),
                        new HoldExpires(charge, origin.occurredAt().plus(HOLD)));
            }
            case Happening.Declined declined ->
                    observed(
                            origin,
                            payment,
                            new StatusReported(charge, PaymentStatus.FAILED),
                            new Declined(
                                    charge,
                                    cause(declined.reason().label()),
                                    declined.reason().label()));
            case Happening.Captured captured -> captured(origin, charge, captured);
            case Happening.CaptureUndone undone ->
                    observed(
                            origin,
                            payment,
                            new CaptureUndone(
                                    undone.operation(),
                                    money(undone.amountMinor(), undone.currency())));
            case Happening.Voided _ ->
                    observed(origin, payment, new StatusReported(charge, PaymentStatus.CANCELLED));
            case Happening.Expired _ ->
                    observed(origin, payment, new StatusReported(charge, PaymentStatus.EXPIRED));
            case Happening.RefundCreated refund ->
                    ofCharge(
                            origin,
                            payment,
                            new Refunded(
                                    refund.refund(),
                                    money(refund.amountMinor(), refund.currency()),
                                    RefundStatus.PENDING));
            case Happening.RefundEnded refund ->
                    ofCharge(
                            origin,
                            payment,
                            new Refunded(
                                    refund.refund(),
                                    money(refund.amountMinor(), refund.currency()),
                                    refund.succeeded()
                                            ? RefundStatus.SUCCEEDED
                                            : RefundStatus.FAILED));
            case Happening.FraudWarned warned -> warned(origin, warned);
            case Happening.DisputeOpened opened -> opened(origin, opened);
            case Happening.DisputeClosed closed -> closed(origin, closed);
            case Happening.FeeCharged fee ->
                    List.of(
                            new FeeEvent.Charged(
                                    origin,
                                    charge(payment),
                                    "fee_" + fee.operation(),
                                    FeeKind.PROCESSING,
                                    money(fee.amountMinor(), fee.currency()),
                                    null));
        };
    }

    private static List<Event> observed(Origin origin, String payment, PaymentFact... facts) {
        return List.of(new Observed(origin, id(payment), List.of(facts)));
    }

    private static List<Event> ofCharge(Origin origin, String payment, PaymentFact... facts) {
        return List.of(new Unresolved(origin, charge(payment), List.of(facts)));
    }

    private static List<Event> created(Origin origin, Happening.PaymentCreated created) {
        PaymentId id = id(created.payment());
        Payer payer = created.payer();
        List<PaymentFact> facts = new ArrayList<>();
        facts.add(new StatusReported(charge(created.payment()).value(), PaymentStatus.CREATED));
        facts.add(new Requested(money(created.amountMinor(), created.currency())));
        facts.add(new Described(Property.MERCHANT_REFERENCE, created.order()));
        facts.add(new Described(Property.METHOD, payer.method()));
        facts.add(new Described(Property.ISSUER, payer.issuer()));
        facts.add(new Described(Property.ISSUER_COUNTRY, payer.country()));
        if (!payer.network().isEmpty()) {
            facts.add(new Described(Property.NETWORK, payer.network()));
        }
        return List.of(
                new Linked(origin, charge(created.payment()), id), new Observed(origin, id, facts));
    }

    private List<Event> captured(Origin origin, String charge, Happening.Captured captured) {
        PaymentStatus status = toldOf.get(captured.operation());
        if (status == null) {
            String payment = captured.payment();
            long sum = capturedMinor.merge(payment, captured.amountMinor(), Long::sum);
            boolean whole = sum >= heldMinor.getOrDefault(payment, 0L);
            status = whole ? PaymentStatus.CAPTURED : PaymentStatus.PARTIALLY_CAPTURED;
            toldOf.put(captured.operation(), status);
        }
        return observed(
                origin,
                captured.payment(),
                new StatusReported(charge, status),
                new Captured(
                        captured.operation(), money(captured.amountMinor(), captured.currency())));
    }

    private static List<Event> warned(Origin origin, Happening.FraudWarned warned) {
        ProviderReference warning = new ProviderReference(warned.gateway(), warned.warning());
        return List.of(
                new FraudWarned(origin, warning, charge(warned.payment()), "", true),
                new Unresolved(
                        origin,
                        charge(warned.payment()),
                        List.of(new Disputed(warned.warning(), DisputeStatus.FRAUD_WARNING))));
    }

    private static List<Event> opened(Origin origin, Happening.DisputeOpened opened) {
        return disputed(
                origin,
                opened.payment(),
                opened.dispute(),
                new DisputeEvent.Reported(
                        origin,
                        new ProviderReference(opened.gateway(), opened.dispute()),
                        charge(opened.payment()),
                        DisputeStatus.NEEDS_RESPONSE,
                        money(opened.amountMinor(), opened.currency()),
                        opened.reason(),
                        "",
                        Instant.ofEpochMilli(opened.dueMillis())));
    }

    private static List<Event> closed(Origin origin, Happening.DisputeClosed closed) {
        return disputed(
                origin,
                closed.payment(),
                closed.dispute(),
                new DisputeEvent.Reported(
                        origin,
                        new ProviderReference(closed.gateway(), closed.dispute()),
                        charge(closed.payment()),
                        closed.won() ? DisputeStatus.WON : DisputeStatus.LOST,
                        money(closed.amountMinor(), closed.currency()),
                        "",
                        "",
                        null));
    }

    private static List<Event> disputed(
            Origin origin, String payment, String dispute, DisputeEvent.Reported reported) {
        return List.of(
                reported,
                new Unresolved(
                        origin,
                        charge(payment),
                        List.of(new Disputed(dispute, reported.status()))));
    }

    private static List<Event> platform(Origin origin, Happening.OfPlatform happening) {
        return switch (happening) {
            case Happening.OrderPlaced placed ->
                    List.of(
                            new Placed(
                                    origin,
                                    placed.order(),
                                    placed.customer(),
                                    money(placed.amountMinor(), placed.currency()),
                                    placed.lines().stream()
                                            .map(line ->
                                                    new Line(
                                                            line.product(),
                                                            line.vendor(),
                                                            1,
                                                            money(
                                                                    line.amountMinor(),
                                                                    placed.currency()),
                                                            money(
                                                                    line.shareMinor(),
                                                                    placed.currency())))
                                            .toList()));
            case Happening.CallFailed failed ->
                    observed(
                            origin,
                            failed.payment(),
                            new StatusReported(PaymentFact.NO_ATTEMPT, PaymentStatus.UNKNOWN),
                            new Described(Property.MERCHANT_REFERENCE, failed.order()));
            case Happening.TransferMade made ->
                    List.of(
                            new TransferEvent.Reported(
                                    origin,
                                    new ProviderReference(PLATFORM, made.transfer()),
                                    made.vendor(),
                                    TransferStatus.BOOKED,
                                    money(made.amountMinor(), made.currency()),
                                    "",
                                    made.order()));
            case Happening.TransferReversed reversed ->
                    List.of(
                            new TransferEvent.Reversed(
                                    origin,
                                    new ProviderReference(PLATFORM, reversed.transfer()),
                                    "rev",
                                    money(reversed.amountMinor(), reversed.currency())));
            case Happening.Complained complained ->
                    List.of(
                            new FeedbackEvent.Complained(
                                    origin,
                                    complained.complaint(),
                                    Complainant.CUSTOMER,
                                    complained.order(),
                                    complained.topic(),
                                    true));
            case Happening.Rated rated ->
                    List.of(
                            new FeedbackEvent.Rated(
                                    origin,
                                    rated.rating(),
                                    Complainant.CUSTOMER,
                                    rated.order(),
                                    rated.stars(),
                                    5));
        };
    }

    private static Event line(Origin origin, Happening.SettlementLine line) {
        Money gross = money(line.grossMinor(), line.currency());
        Money fee = money(line.feeMinor(), line.currency());
        return new SettlementEvent.SettlementLine(
                origin,
                line.batch(),
                line.operation() + "_" + origin.eventId(),
                SettlementLineKind.OTHER,
                new ProviderReference(line.gateway(), line.operation()),
                "",
                gross,
                fee,
                gross.minus(fee),
                null);
    }

    private static Event payout(
            Origin origin,
            String payout,
            PayoutStatus status,
            Money amount,
            @Nullable LocalDate arrivesOn) {
        return new PayoutEvent.Reported(
                origin,
                new ProviderReference(origin.gateway(), payout),
                "",
                status,
                amount,
                arrivesOn,
                status == PayoutStatus.RETURNED ? "returned" : "",
                "");
    }

    private static AuthenticationOutcome outcome(Authentication how) {
        return switch (how) {
            case NONE -> AuthenticationOutcome.EXEMPTED;
            case FRICTIONLESS -> AuthenticationOutcome.FRICTIONLESS;
            case CHALLENGE -> AuthenticationOutcome.CHALLENGE_PASSED;
        };
    }

    private static DeclineCause cause(String label) {
        DeclineCause cause = DeclineCause.NAMES.find(label);
        if (cause == null) {
            throw new IllegalArgumentException("no cause of this name: " + label);
        }
        return cause;
    }
}
