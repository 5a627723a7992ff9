package io.paybeacon.simulation;

import io.paybeacon.core.event.AuthenticationOutcome;
import io.paybeacon.core.event.DeclineCause;
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
import io.paybeacon.sandbox.market.generate.OrderLine;
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

    static ProviderReference charge(String payment) {
        PaymentId id = id(payment);
        return new ProviderReference(id.gateway(), "ch_" + id.reference());
    }

    static Money money(long minorUnits, String currency) {
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
            case Happening.Authorised authorised -> authorised(origin, charge, authorised);
            case Happening.Declined declined -> declined(origin, charge, declined);
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
                    refunded(
                            origin,
                            payment,
                            refund.refund(),
                            money(refund.amountMinor(), refund.currency()),
                            RefundStatus.PENDING);
            case Happening.RefundEnded refund ->
                    refunded(
                            origin,
                            payment,
                            refund.refund(),
                            money(refund.amountMinor(), refund.currency()),
                            refund.succeeded() ? RefundStatus.SUCCEEDED : RefundStatus.FAILED);
            case Happening.FraudWarned warned -> DisputeEvents.warned(origin, warned);
            case Happening.DisputeOpened opened -> DisputeEvents.opened(origin, opened);
            case Happening.DisputeClosed closed -> DisputeEvents.closed(origin, closed);
            case Happening.FeeCharged fee -> List.of(fee(origin, fee));
        };
    }

    private List<Event> authorised(Origin origin, String charge, Happening.Authorised authorised) {
        heldMinor.put(authorised.payment(), authorised.amountMinor());
        return observed(
                origin,
                authorised.payment(),
                new StatusReported(charge, PaymentStatus.AUTHORISED),
                new Authorised(charge, money(authorised.amountMinor(), authorised.currency())),
                new HoldExpires(charge, origin.occurredAt().plus(HOLD)));
    }

    private static List<Event> declined(Origin origin, String charge, Happening.Declined declined) {
        String reason = declined.reason().label();
        return observed(
                origin,
                declined.payment(),
                new StatusReported(charge, PaymentStatus.FAILED),
                new Declined(charge, cause(reason), reason));
    }

    private static List<Event> refunded(
            Origin origin, String payment, String refund, Money amount, RefundStatus status) {
        return ofCharge(origin, payment, new Refunded(refund, amount, status));
    }

    private static Event fee(Origin origin, Happening.FeeCharged fee) {
        return new FeeEvent.Charged(
                origin,
                charge(fee.payment()),
                "fee_" + fee.operation(),
                FeeKind.PROCESSING,
                money(fee.amountMinor(), fee.currency()),
                null);
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

    private static List<Event> platform(Origin origin, Happening.OfPlatform happening) {
        return switch (happening) {
            case Happening.OrderPlaced placed -> List.of(placed(origin, placed));
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

    private static Event placed(Origin origin, Happening.OrderPlaced placed) {
        List<Line> lines = new ArrayList<>();
        for (OrderLine line : placed.lines()) {
            lines.add(
                    new Line(
                            line.product(),
                            line.vendor(),
                            1,
                            money(line.amountMinor(), placed.currency()),
                            money(line.shareMinor(), placed.currency())));
        }
        Money total = money(placed.amountMinor(), placed.currency());
        return new Placed(origin, placed.order(), placed.customer(), total, lines);
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
