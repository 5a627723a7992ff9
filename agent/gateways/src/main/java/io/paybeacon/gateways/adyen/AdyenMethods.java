package io.paybeacon.gateways.adyen;

import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.message.MessageFacts;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Adyen's {@code paymentMethod}: the brand of a card, or the name of another method
 * (docs.adyen.com/development-resources/paymentmethodvariant).
 */
final class AdyenMethods {
    /** A method or brand as Adyen writes it. */
    static final Pattern WORD =
            Pattern.compile("[A-Za-z][A-Za-z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");

    /** The brands of cards, by the network that other gateways' words have for them. */
    private static final Map<String, String> NETWORKS =
            Map.ofEntries(
                    Map.entry("visa", "visa"),
                    Map.entry("electron", "visa"),
                    Map.entry("vpay", "visa"),
                    Map.entry("mc", "mastercard"),
                    Map.entry("maestro", "mastercard"),
                    Map.entry("amex", "amex"),
                    Map.entry("cup", "unionpay"),
                    Map.entry("diners", "diners"),
                    Map.entry("discover", "discover"),
                    Map.entry("jcb", "jcb"),
                    Map.entry("cartebancaire", "cartes_bancaires"));

    /** The methods that have another name at Adyen than the agent has for them. */
    private static final Map<String, String> NAMES =
            Map.of(
                    "sepadirectdebit", "sepa_debit",
                    "bcmc", "bancontact",
                    "boletobancario", "boleto",
                    "ach", "us_bank_account");

    /** What the customer pushes: nothing is held, and there is no capture to wait for. */
    private static final Set<String> PUSHED =
            Set.of(
                    "ideal",
                    "eps",
                    "giropay",
                    "directebanking",
                    "trustly",
                    "pix",
                    "blik",
                    "multibanco",
                    "boletobancario");

    private AdyenMethods() {}

    /** Whether an approval of the method is the money itself. */
    static boolean isPushed(@Nullable String method) {
        return method != null && PUSHED.contains(family(method));
    }

    /** Adds the method, and the network of a card. */
    static void describe(MessageFacts facts, @Nullable String method) {
        if (method == null) {
            return;
        }
        String network = NETWORKS.get(brand(method));
        if (network != null) {
            facts.describe(Property.METHOD, "card");
            facts.describe(Property.NETWORK, network);
        } else {
            facts.describe(Property.METHOD, NAMES.getOrDefault(method, family(method)));
        }
    }

    /** The network of a card's brand; empty where it is none. */
    static String network(String method) {
        return NETWORKS.getOrDefault(brand(method), "");
    }

    /** A wallet or a variant is written as {@code visa_applepay}, {@code visacredit}. */
    private static String brand(String method) {
        String family = family(method);
        for (String brand : NETWORKS.keySet()) {
            if (family.equals(brand)
                    || family.equals(brand + "credit")
                    || family.equals(brand + "debit")) {
                return brand;
            }
        }
        return family;
    }

    private static String family(String method) {
        int underscore = method.indexOf('_');
        String family = underscore < 0 ? method : method.substring(0, underscore);
        return family.toLowerCase(Locale.ROOT);
    }
}
