package io.paybeacon.core.payment;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The kinds of payment method that are told apart in metrics. */
final class Methods {
    private static final Set<String> KNOWN =
            Set.of(
                    "card",
                    "card_present",
                    "paypal",
                    "klarna",
                    "ideal",
                    "bancontact",
                    "sepa_debit",
                    "us_bank_account",
                    "customer_balance",
                    "link",
                    "boleto",
                    "pix",
                    "blik");

    private Methods() {}

    /** The label of a method: itself when it is known, else {@code other} or {@code unknown}. */
    static String label(@Nullable String method) {
        if (method == null) {
            return "unknown";
        }
        return KNOWN.contains(method) ? method : "other";
    }
}
