package io.paybeacon.gateways.message;

import io.paybeacon.core.event.Event;
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
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
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
            case Event other -> throw new AssertionError("no adapter makes " + other);
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
