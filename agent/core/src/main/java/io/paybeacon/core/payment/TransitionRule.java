package io.paybeacon.core.payment;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.judgement.Judgement;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.payment.Payment.Attempt;
import io.paybeacon.core.payment.Payment.Reached;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether an attempt went a way that money can go.
 *
 * <p>Messages get lost, so a status counts as reachable from another when any number of steps lead
 * there. What an intent itself reports may start anew after a failure, with its next attempt; a
 * named attempt may not. Steps of the same moment are taken in the order of their ranks, because
 * gateways tell whole seconds.
 */
final class TransitionRule {
    private static final Comparator<Reached> IN_TIME =
            Comparator.comparing(Reached::at).thenComparing(Reached::status);

    private static final Map<PaymentStatus, Set<PaymentStatus>> OF_ATTEMPT = closure(false);

    private static final Map<PaymentStatus, Set<PaymentStatus>> OF_PAYMENT = closure(true);

    private TransitionRule() {}

    static void judge(Payment payment, List<Judgement> judgements) {
        for (Attempt attempt : payment.attempts()) {
            if (attempt.reached().size() < 2) {
                continue;
            }
            // Not to know is no step: it neither follows from anything nor leads anywhere.
            List<Reached> steps =
                    attempt.reached().stream()
                            .filter(reached -> reached.status() != PaymentStatus.UNKNOWN)
                            .sorted(IN_TIME)
                            .toList();
            for (int i = 1; i < steps.size(); i++) {
                Reached from = steps.get(i - 1);
                Reached to = steps.get(i);
                if (!legal(payment, attempt, from.status(), to.status())) {
                    judgements.add(illegal(payment, attempt, from, to));
                }
            }
        }
    }

    private static boolean legal(
            Payment payment, Attempt attempt, PaymentStatus from, PaymentStatus to) {
        Map<PaymentStatus, Set<PaymentStatus>> ways = attempt.ofPayment() ? OF_PAYMENT : OF_ATTEMPT;
        if (ways.getOrDefault(from, Set.of()).contains(to)) {
            return true;
        }
        // Collected money goes back only when the gateway says that it was not collected.
        return from == PaymentStatus.CAPTURED
                && (to == PaymentStatus.AUTHORISED || to == PaymentStatus.FAILED)
                && !payment.money().undone().isEmpty();
    }

    private static Judgement illegal(Payment payment, Attempt attempt, Reached from, Reached to) {
        boolean money = from.status().holdsMoney() || to.status().holdsMoney();
        return PaymentRules.wrong(
                FindingKind.ILLEGAL_TRANSITION,
                money ? Severity.CRITICAL : Severity.WARNING,
                payment,
                attempt.id() + "|" + from.status().label() + "|" + to.status().label(),
                payment.requested() == null ? null : payment.requested().value(),
                "The gateway reported "
                        + from.status().label()
                        + " and later "
                        + to.status().label()
                        + ", which cannot follow: one of the two messages is wrong, or a message"
                        + " between them is missing.",
                "Look the payment up at the gateway, and go by what its API says now.",
                Map.of(
                        "attempt", attempt.id(),
                        "from", from.status().label(),
                        "from_at", from.at().toString(),
                        "to", to.status().label(),
                        "to_at", to.at().toString()));
    }

    private static Map<PaymentStatus, Set<PaymentStatus>> closure(boolean startsAnew) {
        Map<PaymentStatus, Set<PaymentStatus>> ways = new EnumMap<>(PaymentStatus.class);
        for (PaymentStatus status : PaymentStatus.values()) {
            ways.put(status, next(status, startsAnew));
        }
        boolean grown = true;
        while (grown) {
            grown = false;
            for (Set<PaymentStatus> reachable : ways.values()) {
                Set<PaymentStatus> further = none();
                reachable.forEach(status -> further.addAll(ways.getOrDefault(status, none())));
                grown |= reachable.addAll(further);
            }
        }
        return ways;
    }

    private static Set<PaymentStatus> none() {
        return EnumSet.noneOf(PaymentStatus.class);
    }

    /** What may follow at once. */
    private static Set<PaymentStatus> next(PaymentStatus status, boolean startsAnew) {
        return switch (status) {
            case UNKNOWN -> none();
            case CREATED ->
                    EnumSet.complementOf(EnumSet.of(PaymentStatus.UNKNOWN, PaymentStatus.CREATED));
            case ACTION_REQUIRED ->
                    EnumSet.of(
                            PaymentStatus.PROCESSING,
                            PaymentStatus.AUTHORISED,
                            PaymentStatus.CAPTURED,
                            PaymentStatus.FAILED,
                            PaymentStatus.CANCELLED,
                            PaymentStatus.EXPIRED);
            case PROCESSING ->
                    EnumSet.of(
                            PaymentStatus.AUTHORISED,
                            PaymentStatus.CAPTURED,
                            PaymentStatus.FAILED,
                            PaymentStatus.CANCELLED,
                            PaymentStatus.EXPIRED);
            case AUTHORISED ->
                    EnumSet.of(
                            PaymentStatus.PARTIALLY_CAPTURED,
                            PaymentStatus.CAPTURED,
                            PaymentStatus.CANCELLED,
                            PaymentStatus.EXPIRED);
            // What was not captured of a hold is released, or runs out.
            case PARTIALLY_CAPTURED ->
                    EnumSet.of(
                            PaymentStatus.CAPTURED, PaymentStatus.CANCELLED, PaymentStatus.EXPIRED);
            case FAILED ->
                    startsAnew
                            ? EnumSet.of(
                                    PaymentStatus.ACTION_REQUIRED,
                                    PaymentStatus.PROCESSING,
                                    PaymentStatus.AUTHORISED,
                                    PaymentStatus.CAPTURED,
                                    PaymentStatus.CANCELLED,
                                    PaymentStatus.EXPIRED)
                            : none();
            case CANCELLED, EXPIRED, CAPTURED -> none();
        };
    }
}
