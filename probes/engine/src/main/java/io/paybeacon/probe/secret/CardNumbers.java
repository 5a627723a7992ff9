package io.paybeacon.probe.secret;

/**
 * Finds card numbers in text: 13 to 19 digits that pass the Luhn check, with or without a few
 * separators between any two of them. The digits before and after a number do not hide it: every
 * stretch that begins and ends at a separator or an end is looked at.
 *
 * <p>Decision: what is shown ({@link Rule#SHOWN}) loses such a number whatever it begins with. An
 * issuer's prefix proves nothing: processors' test ranges (9999 99...), fuel and private-label
 * cards have none of the networks'. The price is that one in ten other numbers of that length, such
 * as a timestamp in milliseconds or a numeric id, is masked in a debug log, where a trace id and
 * the run's id remain to find it by; a leading zero, which no card number has, is spared. What a
 * cleanup must find again after a crash ({@link Rule#STORED}) cannot pay that price, for a lost id
 * may be money left behind: there only the prefixes of payment cards count.
 */
final class CardNumbers {

    /** How far the search goes. */
    enum Rule {
        /** For what people are shown: any number of the length and with the check digit. */
        SHOWN,
        /**
         * For what the journal keeps: numbers whose first digit payment cards have by ISO/IEC 7812,
         * 2 to 6 of the networks, 9 of national and test ranges, 1 of airlines' 15-digit cards.
         */
        STORED
    }

    private static final int DIGITS_MIN = 13;
    private static final int DIGITS_MAX = 19;
    private static final int AIRLINE_DIGITS = 15;
    private static final int SEPARATORS_MAX = 3;

    private CardNumbers() {}

    /** Adds each card number in a text. */
    static void find(String text, Rule rule, Spans found) {
        int at = 0;
        while (at < text.length()) {
            int end = beginsNumber(text, at) ? endOfCard(text, at, rule) : -1;
            if (end < 0) {
                at++;
            } else {
                found.add(at, end);
                at = end;
            }
        }
    }

    private static boolean beginsNumber(String text, int at) {
        return digit(text, at) > 0 && (at == 0 || digit(text, at - 1) < 0);
    }

    private static boolean isCard(Rule rule, int first, int digits) {
        return switch (rule) {
            case SHOWN -> true;
            case STORED ->
                    switch (first) {
                        case 1 -> digits == AIRLINE_DIGITS;
                        case 7, 8 -> false;
                        default -> true;
                    };
        };
    }

    /** The end of the longest card number that begins there; -1 when none does. */
    private static int endOfCard(String text, int from, Rule rule) {
        int first = digit(text, from);
        int found = -1;
        int digits = 0;
        int separators = 0;
        // The Luhn sum of the digits so far, when the last one counts once and when it counts
        // twice.
        int once = 0;
        int twice = 0;
        for (int at = from; at < text.length() && digits <= DIGITS_MAX; at++) {
            int digit = digit(text, at);
            if (digit >= 0) {
                separators = 0;
                digits++;
                int doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
                int before = once;
                once = twice + digit;
                twice = before + doubled;
                boolean ends = at + 1 == text.length() || digit(text, at + 1) < 0;
                if (ends
                        && digits >= DIGITS_MIN
                        && digits <= DIGITS_MAX
                        && once % 10 == 0
                        && isCard(rule, first, digits)) {
                    found = at + 1;
                }
            } else if (!isSeparator(text.charAt(at)) || ++separators > SEPARATORS_MAX) {
                break;
            }
        }
        return found;
    }

    private static boolean isSeparator(char c) {
        return c <= ' ' || "-._/\u00a0\u2007\u2009\u2010\u2011\u2013\u202f".indexOf(c) >= 0;
    }

    /** The value of a digit of any script, such as a full-width one; -1 for anything else. */
    private static int digit(String text, int at) {
        char c = text.charAt(at);
        return c < 0x80 ? (c >= '0' && c <= '9' ? c - '0' : -1) : Character.digit(c, 10);
    }
}
