package io.paybeacon.core.payment;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.judgement.Judgement;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.payment.Payment.Hold;
import io.paybeacon.core.payment.Payment.Refund;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Money that is, or will be, lost again: captures undone, refunds failed, holds running out. */
final class MoneyBackRule {
    private MoneyBackRule() {}

    static void judge(Payment payment, Reference reference, List<Judgement> judgements) {
        captures(payment, judgements);
        refunds(payment, judgements);
        holds(payment, reference, judgements);
    }

    /** What was undone, as long as it was not collected again. */
    private static void captures(Payment payment, List<Judgement> judgements) {
        if (payment.money().undone().isEmpty()) {
            return;
        }
        Amounts undone = payment.undoneAmounts();
        Amounts left = payment.capturedAmounts().minus(undone);
        Money asked = payment.requested() == null ? null : payment.requested().value();
        for (Money lost : undone.entries()) {
            boolean again =
                    asked != null
                            && asked.currency().equals(lost.currency())
                            && left.in(lost.currency()).minorUnits() >= asked.minorUnits();
            if (lost.minorUnits() <= 0 || again) {
                continue;
            }
            judgements.add(
                    PaymentRules.wrong(
                            FindingKind.CAPTURE_UNDONE,
                            Severity.CRITICAL,
                            payment,
                            lost.currencyCode(),
                            lost,
                            "The gateway said that the amount was collected, and later that it was"
                                    + " not.",
                            "Do not ship what is not shipped yet; ask the customer to pay again,"
                                    + " and the gateway why.",
                            Map.of(
                                    "undone",
                                    lost.toString(),
                                    "left",
                                    left.in(lost.currency()).toString())));
        }
    }

    /** Refunds that failed, as long as none of the same amount succeeded after them. */
    private static void refunds(Payment payment, List<Judgement> judgements) {
        for (Refund refund : payment.refunds()) {
            if (refund.status() != RefundStatus.FAILED || repeated(payment, refund)) {
                continue;
            }
            judgements.add(
                    PaymentRules.wrong(
                            FindingKind.REFUND_FAILED,
                            Severity.CRITICAL,
                            payment,
                            refund.id() + "|" + refund.amount().currencyCode(),
                            refund.amount(),
                            "The bank did not take the refund: the card or the account may be"
                                    + " closed. The customer has not got the money.",
                            "Ask the customer for another way to be paid, and refund again.",
                            Map.of(
                                    "refund", refund.id(),
                                    "amount", refund.amount().toString(),
                                    "failed_at", refund.at().toString())));
        }
    }

    private static boolean repeated(Payment payment, Refund failed) {
        return payment.refunds().stream()
                .anyMatch(other ->
                        other.status() == RefundStatus.SUCCEEDED
                                && other.amount().equals(failed.amount())
                                && !other.at().isBefore(failed.at()));
    }

    /** Holds that run out soon and of which something is left to capture. */
    private static void holds(Payment payment, Reference reference, List<Judgement> judgements) {
        PaymentStatus status = payment.status();
        if (payment.holds().isEmpty()
                || (status != PaymentStatus.AUTHORISED
                        && status != PaymentStatus.PARTIALLY_CAPTURED)) {
            return;
        }
        for (Hold hold : payment.holds()) {
            Instant until = hold.until().value();
            String detail = hold.operation() + "|" + until.toEpochMilli();
            @Nullable Money atStake = left(payment);
            judgements.add(
                    new Judgement(
                            until.minus(reference.holdExpiryLead()),
                            () ->
                                    PaymentRules.id(
                                            FindingKind.AUTHORISATION_EXPIRING, payment, detail),
                            openedAt ->
                                    PaymentRules.finding(
                                            FindingKind.AUTHORISATION_EXPIRING,
                                            Severity.WARNING,
                                            payment,
                                            detail,
                                            openedAt,
                                            atStake,
                                            "The amount is held until "
                                                    + until
                                                    + ", and was not"
                                                    + " captured in full.",
                                            "Capture what was delivered before it runs out, or"
                                                    + " cancel the rest.",
                                            Map.of("until", until.toString()))));
        }
    }

    private static @Nullable Money left(Payment payment) {
        Amounts left = payment.authorisedAmounts().minus(payment.capturedAmounts());
        return left.entries().size() == 1 ? left.entries().getFirst() : null;
    }
}
