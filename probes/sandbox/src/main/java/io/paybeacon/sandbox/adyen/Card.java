package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.fault.CardFacts;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a card: never its number.
 *
 * @param brand Adyen's name of the scheme, for example {@code mc}
 * @param bin the first six digits
 * @param last4 the last four digits
 * @param country of the issuer, ISO 3166
 * @param enrolment whether its issuer asks for 3-D Secure
 */
record Card(String brand, String bin, String last4, String country, Enrolment enrolment) {
    private static final int BIN_DIGITS = 6;
    private static final int DIGITS_MIN = 13;
    private static final int DIGITS_MAX = 19;

    /** What the issuer's 3-D Secure does when it is asked. */
    enum Enrolment {
        /** Nothing: the issuer takes no part. */
        NONE,
        /** It lets the shopper pass unseen. */
        FRICTIONLESS,
        /** It asks the shopper. */
        CHALLENGE
    }

    private record Known(String country, Enrolment enrolment) {}

    private static final Known ORDINARY = new Known("NL", Enrolment.NONE);

    /**
     * The documented test cards that are not ordinary, by first six and last four digits
     * (docs.adyen.com/development-resources/testing/3d-secure-2-authentication).
     */
    private static final Map<String, Known> KNOWN =
            Map.of(
                    "421234-0006", new Known("GB", Enrolment.CHALLENGE),
                    "491761-0000", new Known("GB", Enrolment.CHALLENGE),
                    "545454-5454", new Known("GB", Enrolment.CHALLENGE),
                    "520128-9736", new Known("NL", Enrolment.FRICTIONLESS),
                    "411111-7661", new Known("FR", Enrolment.NONE),
                    "555555-4444", new Known("GB", Enrolment.NONE),
                    "510006-0002", new Known("US", Enrolment.NONE));

    /**
     * A card by its number.
     *
     * @throws AdyenRefusal when it is no card number
     */
    static Card of(String number) {
        String digits = number.replace(" ", "");
        if (!digits.matches("\\d{" + DIGITS_MIN + "," + DIGITS_MAX + "}")
                || !hasCheckDigit(digits)) {
            throw AdyenRefusal.validation("101", "Invalid card number");
        }
        String bin = digits.substring(0, BIN_DIGITS);
        String last4 = digits.substring(digits.length() - 4);
        String brand =
                brand(bin)
                        .orElseThrow(() ->
                                AdyenRefusal.validation("102", "Unable to determine variant"));
        Known known = KNOWN.getOrDefault(bin + "-" + last4, ORDINARY);
        return new Card(brand, bin, last4, known.country(), known.enrolment());
    }

    private static Optional<String> brand(String bin) {
        int six = Integer.parseInt(bin);
        int two = six / 10_000;
        if (two >= 40 && two <= 49) {
            return Optional.of("visa");
        }
        if ((two >= 51 && two <= 55) || (six >= 222_100 && six <= 272_099)) {
            return Optional.of("mc");
        }
        if (two == 34 || two == 37) {
            return Optional.of("amex");
        }
        return two == 65 || bin.startsWith("6011") ? Optional.of("discover") : Optional.empty();
    }

    /** The check of ISO/IEC 7812-1, annex B. */
    private static boolean hasCheckDigit(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : 2 * digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /** The length of its security code. */
    int securityCodeDigits() {
        return brand.equals("amex") ? 4 : 3;
    }

    /** For faults that hit one slice. */
    CardFacts facts() {
        String network = brand.equals("mc") ? "mastercard" : brand;
        return new CardFacts(network, "adyen-test-issuer-" + bin, country);
    }
}
