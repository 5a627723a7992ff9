package io.paybeacon.gateways.message;

import io.paybeacon.core.event.DisputeEvent;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.FeeEvent;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.Skipped;
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
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PayoutEvent;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import io.paybeacon.core.event.RegisterEvent;
import io.paybeacon.core.event.SettlementEvent;
import io.paybeacon.core.event.TransferEvent;
import java.util.List;
import java.util.stream.Stream;

/** Events as lines that a scenario can spell out. */
public final class Told {
    private Told() {}

    /** Each event as one line or more. */
    public static List<String> lines(List<Event> events) {
        return events.stream().flatMap(Told::lines).toList();
    }

    private static Stream<String> lines(Event event) {
        return switch (event) {
            case Observed e ->
                    e.facts().stream().map(fact -> e.payment().reference() + ": " + line(fact));
            case Unresolved e ->
                    e.facts().stream()
                            .map(fact -> "payment of " + e.reference().value() + ": " + line(fact));
            case Linked e ->
                    Stream.of(e.reference().value() + " belongs to " + e.payment().reference());
            case Skipped e -> Stream.of("skipped: " + e.reason().label());
            case Malformed e -> Stream.of("malformed: " + e.reason().label() + ": " + e.detail());
            case WebhookSeen e -> Stream.of("probe " + e.run() + " saw " + e.type());
            case RegisterEvent e -> Stream.of(line(e));
            case Event other -> throw new AssertionError("no adapter makes " + other);
        };
    }

    private static String line(RegisterEvent event) {
        return switch (event) {
            case DisputeEvent.Reported e ->
                    "dispute %s of %s %s, %s, %s, %s, until %s"
                            .formatted(
                                    e.dispute().value(),
                                    e.payment() == null ? "nothing" : e.payment().value(),
                                    e.status().label(),
                                    e.amount(),
                                    e.reason(),
                                    e.network(),
                                    e.respondBy());
            case DisputeEvent.MoneyMoved e ->
                    "dispute %s %s %s by %s"
                            .formatted(
                                    e.dispute().value(),
                                    e.movement().label(),
                                    e.amount(),
                                    e.operation());
            case DisputeEvent.FraudWarned e ->
                    "warning %s of %s: %s, actionable %s"
                            .formatted(
                                    e.dispute().value(),
                                    e.payment().value(),
                                    e.fraudType(),
                                    e.actionable());
            case TransferEvent e -> line(e);
            case PayoutEvent e -> line(e);
            case FeeEvent.Charged e ->
                    "fee %s of %s: %s, %s, base %s"
                            .formatted(
                                    e.fee(),
                                    e.charged().value(),
                                    e.kind().label(),
                                    e.amount(),
                                    e.base());
            case SettlementEvent.ReportAvailable e -> "report " + e.report() + ", " + e.kind();
            case RegisterEvent other -> throw new AssertionError("no adapter makes " + other);
        };
    }

    private static String line(TransferEvent event) {
        return switch (event) {
            case TransferEvent.Reported e ->
                    "transfer %s to %s %s, %s, of %s, order %s"
                            .formatted(
                                    e.transfer().value(),
                                    e.vendor(),
                                    e.status().label(),
                                    e.amount(),
                                    e.source(),
                                    e.order());
            case TransferEvent.Reversed e ->
                    "transfer %s takes %s back by %s"
                            .formatted(e.transfer().value(), e.amount(), e.reversal());
        };
    }

    private static String line(PayoutEvent event) {
        return switch (event) {
            case PayoutEvent.Reported e ->
                    "payout %s to %s %s, %s, on %s, %s, %s"
                            .formatted(
                                    e.payout().value(),
                                    e.vendor(),
                                    e.status().label(),
                                    e.amount(),
                                    e.arrivesOn(),
                                    e.failureCode(),
                                    e.traceId());
            case PayoutEvent.ItemsComplete e -> "payout " + e.payout().value() + " is complete";
        };
    }

    private static String line(PaymentFact fact) {
        return switch (fact) {
            case StatusReported(var attempt, var status) ->
                    attempt.isEmpty() ? status.label() : attempt + " " + status.label();
            case Declined(var attempt, var cause, var code, var advice) ->
                    (attempt.isEmpty() ? "" : attempt + " ")
                            + "declined, "
                            + cause.label()
                            + ": "
                            + code
                            + (advice.isEmpty() ? "" : ", advice " + advice);
            case Authenticated(var attempt, var outcome) ->
                    (attempt.isEmpty() ? "" : attempt + " ") + "3DS " + outcome.label();
            case HoldExpires(var operation, var at) -> operation + " holds until " + at;
            case Disputed(var dispute, var status) -> "dispute " + dispute + " " + status.label();
            case Requested(var amount) -> "requests " + amount;
            case Authorised(var operation, var amount) -> operation + " holds " + amount;
            case Captured(var operation, var amount) -> operation + " collects " + amount;
            case CaptureUndone(var operation, var amount) -> operation + " undoes " + amount;
            case Refunded(var refund, var amount, var status) ->
                    refund + " refunds " + amount + ", " + status.label();
            case Described(var property, var value) -> property.label() + " " + value;
        };
    }
}
