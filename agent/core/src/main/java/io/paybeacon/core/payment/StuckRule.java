package io.paybeacon.core.payment;

import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.judgement.Judgement;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.stage.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When a payment counts as stuck, and what to say about it. */
final class StuckRule {
    private StuckRule() {}

    static void judge(Payment payment, Reference reference, List<Judgement> judgements) {
        Instant due = dueAt(payment, reference);
        if (due != null) {
            judgements.add(
                    new Judgement(
                            due,
                            () ->
                                    PaymentRules.id(
                                            FindingKind.STUCK_PAYMENT, payment, detail(payment)),
                            openedAt -> finding(payment, openedAt)));
        }
    }

    /** When the payment has been in its status for too long; null when it never is. */
    private static @Nullable Instant dueAt(Payment payment, Reference reference) {
        PaymentStatus status = payment.status();
        Duration limit =
                status.open()
                        ? reference.stuckAfter(payment.property(Property.METHOD), status)
                        : null;
        return limit == null ? null : payment.since().plus(limit);
    }

    /** A payment that gets stuck again, elsewhere or later, has another finding. */
    private static String detail(Payment payment) {
        return payment.status().label() + "|" + payment.since().toEpochMilli();
    }

    private static Finding finding(Payment payment, Instant openedAt) {
        PaymentStatus status = payment.status();
        StuckCause cause = StuckCause.of(payment);
        return PaymentRules.finding(
                FindingKind.STUCK_PAYMENT,
                status.holdsMoney() ? Severity.CRITICAL : Severity.WARNING,
                payment,
                detail(payment),
                openedAt,
                atStake(payment),
                cause.text(),
                cause.remedy(),
                Map.of("since", payment.since().toString(), "probable_cause", cause.label()));
    }

    private static @Nullable Money atStake(Payment payment) {
        if (payment.status().holdsMoney() && payment.money().authorised().size() == 1) {
            return payment.money().authorised().getFirst().amount();
        }
        return payment.requested() == null ? null : payment.requested().value();
    }
}
