package io.paybeacon.core.money;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Currency;
import java.util.List;

/**
 * Amounts of several currencies, at most one a currency, never added across them. Immutable.
 *
 * @param entries one entry a currency, in order of the currency code, none of them zero
 */
public record Amounts(List<Money> entries) {
    /** Nothing of any currency. */
    public static final Amounts NONE = new Amounts(List.of());

    public Amounts {
        if (!isInOrder(entries)) {
            entries =
                    entries.stream()
                            .filter(money -> !money.isZero())
                            .sorted(Comparator.comparing(Money::currencyCode))
                            .toList();
        }
        entries = List.copyOf(entries);
        for (int i = 1; i < entries.size(); i++) {
            if (entries.get(i).currency().equals(entries.get(i - 1).currency())) {
                throw new IllegalArgumentException("two entries of one currency");
            }
        }
    }

    /** The sum, currency by currency. */
    public static Amounts sum(Collection<Money> amounts) {
        Amounts sum = NONE;
        for (Money money : amounts) {
            sum = sum.plus(money);
        }
        return sum;
    }

    /** How much there is of one currency; zero when it does not occur. */
    public Money in(Currency currency) {
        for (Money entry : entries) {
            if (entry.currency().equals(currency)) {
                return entry;
            }
        }
        return Money.zero(currency);
    }

    /** These and one more amount. */
    public Amounts plus(Money money) {
        return with(in(money.currency()).plus(money));
    }

    /** These less others, currency by currency; an amount may become negative. */
    public Amounts minus(Amounts others) {
        Amounts rest = this;
        for (Money money : others.entries) {
            rest = rest.with(rest.in(money.currency()).minus(money));
        }
        return rest;
    }

    /** The larger amount of each currency. Commutative, associative and idempotent from zero up. */
    public Amounts max(Amounts others) {
        Amounts larger = this;
        for (Money money : others.entries) {
            larger = larger.with(larger.in(money.currency()).max(money));
        }
        return larger;
    }

    /** Whether there is nothing of any currency. */
    public boolean isEmpty() {
        return entries.isEmpty();
    }

    private static boolean isInOrder(List<Money> entries) {
        for (int i = 0; i < entries.size(); i++) {
            Money entry = entries.get(i);
            if (entry.isZero()
                    || (i > 0
                            && entries.get(i - 1).currencyCode().compareTo(entry.currencyCode())
                                    > 0)) {
                return false;
            }
        }
        return true;
    }

    private Amounts with(Money money) {
        List<Money> changed = new ArrayList<>(entries.size() + 1);
        for (Money entry : entries) {
            if (!entry.currency().equals(money.currency())) {
                changed.add(entry);
            }
        }
        changed.add(money);
        return new Amounts(changed);
    }
}
