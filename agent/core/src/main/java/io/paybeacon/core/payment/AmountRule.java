package io.paybeacon.core.payment;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.judgement.Judgement;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.money.UnitScale;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.payment.Payment.Operation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the amounts of one payment agree: what was asked for, held, collected and given back,
 * exact to the minor unit and in one currency.
 */
final class AmountRule {
    private static final String LOOK_UP =
            "Compare with the order and with the gateway; refund what was taken too much, and"
                    + " collect what is missing.";

    private AmountRule() {}

    static void judge(Payment payment, List<Judgement> judgements) {
        int before = judgements.size();
        Stamped<Money> requested = payment.requested();
        Amounts authorised = payment.authorisedAmounts();
        Amounts captured = payment.capturedAmounts();
        if (requested != null) {
            Money asked = requested.value();
            against(payment, "authorised", authorised, asked, judgements);
            against(
                    payment,
                    "captured",
                    captured.minus(payment.undoneAmounts()),
                    asked,
                    judgements);
        }
        // Once it is more than was asked for, that it is more than was held says nothing new.
        if (judgements.size() == before) {
            moreThanHeld(payment, authorised, captured.minus(payment.undoneAmounts()), judgements);
        }
        inFull(payment, authorised, captured, judgements);
        refunds(payment, captured.minus(payment.undoneAmounts()), judgements);
    }

    /** What was moved, against what the payment asks for. */
    private static void against(
            Payment payment, String what, Amounts moved, Money asked, List<Judgement> judgements) {
        for (Money money : moved.entries()) {
            if (money.minorUnits() <= 0) {
                continue;
            }
            if (!money.currency().equals(asked.currency())) {
                judgements.add(
                        mismatch(
                                payment,
                                what + "_currency|" + money.currencyCode(),
                                money,
                                "The payment asks for another currency than was " + what + ".",
                                Map.of("requested", asked.toString(), what, money.toString())));
                continue;
            }
            @Nullable UnitScale scale = UnitScale.between(asked, money);
            if (scale != null) {
                judgements.add(scaled(payment, what, asked, money, scale));
            } else if (money.minorUnits() > asked.minorUnits()) {
                judgements.add(
                        repeated(payment)
                                ? duplicate(payment, what, asked, money)
                                : more(payment, what, asked, money));
            }
        }
    }

    private static Judgement more(Payment payment, String what, Money asked, Money money) {
        return mismatch(
                payment,
                what + "_over_requested",
                money.minus(asked),
                "More was " + what + " than the payment asks for.",
                Map.of("requested", asked.toString(), what, money.toString()));
    }

    /** Whether two operations collected the same amount. */
    private static boolean repeated(Payment payment) {
        Set<Money> seen = new HashSet<>();
        for (Operation operation : payment.money().captured()) {
            if (!operation.amount().isZero() && !seen.add(operation.amount())) {
                return true;
            }
        }
        return false;
    }

    private static Judgement duplicate(Payment payment, String what, Money asked, Money money) {
        return PaymentRules.wrong(
                FindingKind.DUPLICATE_CHARGE,
                Severity.CRITICAL,
                payment,
                what,
                money.minus(asked),
                "The same amount was "
                        + what
                        + " more than once for one payment: a request was"
                        + " sent again with a new idempotency key.",
                "Refund what was taken twice, and send every retry with the idempotency key of"
                        + " the first request.",
                Map.of(
                        "requested",
                        asked.toString(),
                        what,
                        money.toString(),
                        "operations",
                        Integer.toString(payment.money().captured().size())));
    }

    private static Judgement scaled(
            Payment payment, String what, Money asked, Money money, UnitScale scale) {
        Money difference = scale.larger() ? money.minus(asked) : asked.minus(money);
        return PaymentRules.wrong(
                FindingKind.UNIT_SCALE_ERROR,
                Severity.CRITICAL,
                payment,
                what,
                difference,
                "What was "
                        + what
                        + " is "
                        + scale.inWords()
                        + " what the payment asks for: major"
                        + " and minor units, or the decimals of the currency, were mixed up.",
                "Stop charging in this currency through this gateway until the conversion is"
                        + " mended, then correct the payments it touched.",
                Map.of(
                        "requested",
                        asked.toString(),
                        what,
                        money.toString(),
                        "factor",
                        scale.toString()));
    }

    private static void moreThanHeld(
            Payment payment, Amounts authorised, Amounts collected, List<Judgement> judgements) {
        for (Money held : authorised.entries()) {
            Money money = collected.in(held.currency());
            if (held.minorUnits() > 0
                    && money.minorUnits() > held.minorUnits()
                    && !repeated(payment)) {
                judgements.add(
                        mismatch(
                                payment,
                                "captured_over_authorised|" + held.currencyCode(),
                                money.minus(held),
                                "More was captured than was held.",
                                Map.of(
                                        "authorised",
                                        held.toString(),
                                        "captured",
                                        money.toString())));
            }
        }
    }

    /** The gateway says that all is collected: then it is what was held, or asked for. */
    private static void inFull(
            Payment payment, Amounts authorised, Amounts captured, List<Judgement> judgements) {
        if (payment.status() != PaymentStatus.CAPTURED) {
            return;
        }
        Stamped<Money> requested = payment.requested();
        Money due =
                authorised.entries().size() == 1
                        ? authorised.entries().getFirst()
                        : requested == null ? null : requested.value();
        if (due == null) {
            return;
        }
        Money money = captured.in(due.currency());
        if (money.minorUnits() > 0
                && money.minorUnits() < due.minorUnits()
                && UnitScale.between(due, money) == null) {
            judgements.add(
                    mismatch(
                            payment,
                            "captured_under",
                            due.minus(money),
                            "Less was captured than was held or asked for, and the gateway holds"
                                    + " the payment for complete.",
                            Map.of("due", due.toString(), "captured", money.toString())));
        }
    }

    private static void refunds(Payment payment, Amounts collected, List<Judgement> judgements) {
        Amounts returned = payment.returningAmounts();
        for (Money back : returned.entries()) {
            Money money = collected.in(back.currency());
            // Before the capture is known nothing can be said.
            boolean known = !payment.money().captured().isEmpty();
            if (known && back.minorUnits() > Math.max(0, money.minorUnits())) {
                Map<String, String> evidence = new HashMap<>();
                evidence.put("captured", money.toString());
                evidence.put("refunded", back.toString());
                judgements.add(
                        mismatch(
                                payment,
                                "refunded_over_captured|" + back.currencyCode(),
                                back.minus(money),
                                "More is given back than was collected.",
                                evidence));
            }
        }
    }

    private static Judgement mismatch(
            Payment payment,
            String detail,
            Money atStake,
            String cause,
            Map<String, String> evidence) {
        return PaymentRules.wrong(
                FindingKind.AMOUNT_MISMATCH,
                Severity.CRITICAL,
                payment,
                detail,
                atStake,
                cause,
                LOOK_UP,
                evidence);
    }
}
