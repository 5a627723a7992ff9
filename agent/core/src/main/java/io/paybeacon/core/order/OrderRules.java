package io.paybeacon.core.order;

import io.paybeacon.core.judgement.Judgement;
import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import io.paybeacon.core.money.UnitScale;
import io.paybeacon.core.order.Order.Part;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whether an order is paid as it was ordered: once, in its currency, exact to the minor unit,
 * through whatever gateways.
 */
final class OrderRules {
    private OrderRules() {}

    /** What the order is, or will be, found to have wrong. */
    static List<Judgement> judge(Order order, Reference reference) {
        List<Part> holding = new ArrayList<>();
        for (Part part : order.payments()) {
            if (!covered(part).isEmpty()) {
                holding.add(part);
            }
        }
        if (holding.isEmpty()) {
            return List.of();
        }
        List<Judgement> judgements = new ArrayList<>();
        Money total = order.total();
        if (total == null) {
            withoutTotal(order, holding, reference, judgements);
        } else {
            againstTotal(order, holding, total, reference, judgements);
        }
        return judgements;
    }

    /** What a payment holds or has collected, whatever was given back since. */
    private static Amounts covered(Part part) {
        return part.authorised().max(part.captured()).minus(part.undone());
    }

    private static void withoutTotal(
            Order order, List<Part> holding, Reference reference, List<Judgement> judgements) {
        if (order.isWithdrawn()) {
            for (Part part : holding) {
                withdrawn(order, part, reference, judgements);
            }
            return;
        }
        // Nobody said what was ordered: only the same amount twice is a sign.
        for (int i = 0; i < holding.size(); i++) {
            for (int j = i + 1; j < holding.size(); j++) {
                Money amount = repeated(holding.get(i), holding.get(j));
                if (amount != null && holding.get(i).paid() && holding.get(j).paid()) {
                    judgements.add(
                            duplicate(
                                    order,
                                    Severity.WARNING,
                                    holding.get(i),
                                    holding.get(j),
                                    amount,
                                    amount));
                }
            }
        }
    }

    private static void withdrawn(
            Order order, Part part, Reference reference, List<Judgement> judgements) {
        for (Money money : part.kept().entries()) {
            if (money.minorUnits() > 0) {
                judgements.add(
                        later(
                                order.changedAt().plus(reference.orderGrace()),
                                FindingKind.AMOUNT_MISMATCH,
                                Severity.CRITICAL,
                                order,
                                part,
                                "withdrawn|" + part.payment().key() + "|" + money.currencyCode(),
                                money,
                                "The order was called off, and its payment was collected and not"
                                        + " given back.",
                                "Refund the payment.",
                                Map.of("kept", money.toString())));
            }
        }
    }

    private static void againstTotal(
            Order order,
            List<Part> holding,
            Money total,
            Reference reference,
            List<Judgement> judgements) {
        Currency currency = total.currency();
        boolean explained = false;
        for (Part part : holding) {
            explained |= currencies(order, part, total, judgements);
            explained |= scale(order, part, holding.size() == 1, total, judgements);
        }
        long kept = 0;
        long covered = 0;
        for (Part part : holding) {
            kept = Math.addExact(kept, part.kept().in(currency).minorUnits());
            covered = Math.addExact(covered, covered(part).in(currency).minorUnits());
        }
        if (explained) {
            return;
        }
        long single = holding.size() == 1 ? Math.max(kept, covered) : kept;
        if (single > total.minorUnits()) {
            over(order, holding, total, new Money(single, currency), judgements);
        } else if (covered < total.minorUnits()) {
            under(
                    order,
                    holding.getFirst(),
                    total,
                    new Money(covered, currency),
                    reference,
                    judgements);
        }
    }

    private static boolean currencies(
            Order order, Part part, Money total, List<Judgement> judgements) {
        boolean found = false;
        for (Money money : covered(part).entries()) {
            if (money.minorUnits() > 0 && !money.currency().equals(total.currency())) {
                found = true;
                judgements.add(
                        wrong(
                                FindingKind.AMOUNT_MISMATCH,
                                Severity.CRITICAL,
                                order,
                                part,
                                "currency|" + part.payment().key() + "|" + money.currencyCode(),
                                money,
                                "The order was placed in another currency than it is paid in.",
                                "Find out which of the two is right; refund and collect anew if it"
                                        + " is the order's.",
                                Map.of("ordered", total.toString(), "paid", money.toString())));
            }
        }
        return found;
    }

    private static boolean scale(
            Order order, Part part, boolean alone, Money total, List<Judgement> judgements) {
        Money money = covered(part).in(total.currency());
        UnitScale scale = UnitScale.between(total, money);
        // With other payments beside it, a small part may be just that.
        if (scale == null || (!scale.larger() && !alone)) {
            return false;
        }
        judgements.add(
                wrong(
                        FindingKind.UNIT_SCALE_ERROR,
                        Severity.CRITICAL,
                        order,
                        part,
                        part.payment().key(),
                        scale.larger() ? money.minus(total) : total.minus(money),
                        "What was charged is "
                                + scale.inWords()
                                + " what was ordered: major and"
                                + " minor units, or the decimals of the currency, were mixed up.",
                        "Stop charging in this currency through this gateway until the conversion"
                                + " is mended, then correct the payments it touched.",
                        Map.of(
                                "ordered", total.toString(),
                                "charged", money.toString(),
                                "factor", scale.toString())));
        return true;
    }

    private static void over(
            Order order, List<Part> holding, Money total, Money paid, List<Judgement> judgements) {
        Money excess = paid.minus(total);
        for (int i = 0; i < holding.size(); i++) {
            for (int j = i + 1; j < holding.size(); j++) {
                Money amount = repeated(holding.get(i), holding.get(j));
                if (amount != null && amount.currency().equals(total.currency())) {
                    judgements.add(
                            duplicate(
                                    order,
                                    Severity.CRITICAL,
                                    holding.get(i),
                                    holding.get(j),
                                    amount,
                                    excess));
                    return;
                }
            }
        }
        Map<String, String> evidence = new HashMap<>();
        evidence.put("ordered", total.toString());
        evidence.put("paid", paid.toString());
        Part largest = holding.getLast();
        if (holding.size() > 1) {
            judgements.add(
                    wrong(
                            FindingKind.PAID_TWICE,
                            Severity.CRITICAL,
                            order,
                            largest,
                            "over",
                            excess,
                            "Several payments together collected more than was ordered.",
                            "Refund what is too much, to the payment that came last.",
                            evidence));
        } else {
            judgements.add(
                    wrong(
                            FindingKind.AMOUNT_MISMATCH,
                            Severity.CRITICAL,
                            order,
                            largest,
                            "over",
                            excess,
                            "More is held or was collected than was ordered.",
                            "Capture no more than was ordered; refund what is too much.",
                            evidence));
        }
    }

    private static void under(
            Order order,
            Part part,
            Money total,
            Money paid,
            Reference reference,
            List<Judgement> judgements) {
        judgements.add(
                later(
                        order.changedAt().plus(reference.orderGrace()),
                        FindingKind.AMOUNT_MISMATCH,
                        Severity.CRITICAL,
                        order,
                        part,
                        "under",
                        total.minus(paid),
                        "Less is held or was collected than was ordered.",
                        "Collect what is missing before anything is shipped, or correct the order.",
                        Map.of("ordered", total.toString(), "paid", paid.toString())));
    }

    /** The amount that both payments collected and still have; null when there is none. */
    private static @Nullable Money repeated(Part one, Part other) {
        for (Money money : one.kept().entries()) {
            if (money.minorUnits() > 0 && other.kept().in(money.currency()).equals(money)) {
                return money;
            }
        }
        return null;
    }

    private static Judgement duplicate(
            Order order, Severity severity, Part one, Part other, Money amount, Money atStake) {
        boolean across = !one.payment().gateway().equals(other.payment().gateway());
        return wrong(
                FindingKind.DUPLICATE_CHARGE,
                severity,
                order,
                other,
                one.payment().key() + "|" + other.payment().key(),
                atStake,
                across
                        ? "The same amount was collected for one order through two gateways: a"
                                + " retry went elsewhere although the first try had succeeded."
                        : "The same amount was collected twice for one order: a request was sent"
                                + " again with a new idempotency key, or the customer paid again.",
                "Refund one of the two payments, and tell the customer before the bank does.",
                Map.of(
                        "first_payment", one.payment().key(),
                        "second_payment", other.payment().key(),
                        "amount", amount.toString()));
    }

    private static Judgement wrong(
            FindingKind kind,
            Severity severity,
            Order order,
            Part part,
            String detail,
            Money atStake,
            String cause,
            String remedy,
            Map<String, String> evidence) {
        return later(
                Instant.EPOCH,
                kind,
                severity,
                order,
                part,
                detail,
                atStake,
                cause,
                remedy,
                evidence);
    }

    private static Judgement later(
            Instant due,
            FindingKind kind,
            Severity severity,
            Order order,
            Part part,
            String detail,
            Money atStake,
            String cause,
            String remedy,
            Map<String, String> evidence) {
        Map<String, String> all = new HashMap<>(evidence);
        all.put("order", order.reference());
        all.put("payment", part.payment().key());
        all.put("payments", Integer.toString(order.payments().size()));
        return new Judgement(
                due,
                () -> id(kind, order, detail),
                openedAt ->
                        new Finding(
                                id(kind, order, detail),
                                kind,
                                severity,
                                part.payment().gateway(),
                                order.reference(),
                                openedAt,
                                atStake,
                                cause,
                                remedy,
                                all));
    }

    private static String id(FindingKind kind, Order order, String detail) {
        return kind.label() + "|order|" + order.reference() + "|" + detail;
    }
}
