package io.paybeacon.gateways.json;

/**
 * Takes card numbers out of text before anything is made of it: 13 to 19 digits that pass the Luhn
 * check and begin like the number of a network, with or without a few separators between them.
 *
 * <p>Both are needed. By the beginning alone every fourth of Adyen's 16-digit references would be
 * taken for a card; by the check digit alone every tenth of any gateway's. Digits before and behind
 * a number do not hide it: every stretch that begins and ends at a separator, a letter or an end is
 * looked at. Pure.
 */
public final class CardNumbers {
    /** What stands where a number was: no id of any gateway is written so. */
    public static final String MASK = "[card]";

    private static final int DIGITS_MIN = 13;
    private static final int DIGITS_MAX = 19;
    private static final int SEPARATORS_MAX = 3;

    private CardNumbers() {}

    /** The text without card numbers: itself where there are none. */
    public static String masked(String text) {
        if (text.length() < DIGITS_MIN || !hasDigits(text)) {
            return text;
        }
        StringBuilder out = null;
        int copied = 0;
        int at = 0;
        while (at <= text.length() - DIGITS_MIN) {
            int end = beginsNumber(text, at) ? endOfCard(text, at) : -1;
            if (end < 0) {
                at++;
            } else {
                out = out == null ? new StringBuilder() : out;
                out.append(text, copied, at).append(MASK);
                copied = end;
                at = end;
            }
        }
        return out == null ? text : out.append(text, copied, text.length()).toString();
    }

    /** Whether a number, such as an amount, is the number of a card, whatever its sign. */
    public static boolean isCard(long number) {
        long positive = number < 0 ? -number : number;
        if (positive < 1_000_000_000_000L) {
            return false;
        }
        String digits = Long.toString(positive);
        return endOfCard(digits, 0) == digits.length();
    }

    /** Whether it has as many digits as a card number. */
    private static boolean hasDigits(String text) {
        int digits = 0;
        for (int at = 0; at < text.length() && digits < DIGITS_MIN; at++) {
            digits += digit(text, at) >= 0 ? 1 : 0;
        }
        return digits >= DIGITS_MIN;
    }

    private static boolean beginsNumber(String text, int at) {
        return digit(text, at) > 0 && (at == 0 || digit(text, at - 1) < 0);
    }

    /** The end of the longest card number that begins there; -1 when none does. */
    private static int endOfCard(String text, int from) {
        int found = -1;
        int digits = 0;
        int separators = 0;
        int prefix = 0;
        // The Luhn sum of the digits so far, when the last one counts once and when it counts
        // twice.
        int once = 0;
        int twice = 0;
        for (int at = from; at < text.length() && digits <= DIGITS_MAX; at++) {
            int digit = digit(text, at);
            if (digit < 0) {
                if (!isSeparator(text.charAt(at)) || ++separators > SEPARATORS_MAX) {
                    break;
                }
                continue;
            }
            separators = 0;
            digits++;
            prefix = digits <= 4 ? prefix * 10 + digit : prefix;
            int doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
            int before = once;
            once = twice + digit;
            twice = before + doubled;
            boolean ends = at + 1 == text.length() || digit(text, at + 1) < 0;
            if (ends
                    && digits >= DIGITS_MIN
                    && digits <= DIGITS_MAX
                    && once % 10 == 0
                    && ofNetwork(prefix, digits)) {
                found = at + 1;
            }
        }
        return found;
    }

    /**
     * Whether a number of this length begins like one of a network: the ranges of ISO/IEC 7812 that
     * the networks have published.
     *
     * @param prefix the first four digits
     */
    private static boolean ofNetwork(int prefix, int digits) {
        int two = prefix / 100;
        return switch (prefix / 1000) {
            case 2 -> digits == 16 && (within(prefix, 2200, 2204) || within(prefix, 2221, 2720));
            case 3 -> startsWithThree(prefix, two, digits);
            case 4 -> digits == 13 || digits == 16 || digits == 19;
            case 5 -> two == 50 || within(two, 56, 58) || (digits == 16 && within(two, 51, 55));
            case 6 -> true;
            default -> false;
        };
    }

    private static boolean startsWithThree(int prefix, int two, int digits) {
        return switch (digits) {
            case 13 -> false;
            case 15 -> two == 34 || two == 37 || isDiners(prefix, two);
            case 14 -> isDiners(prefix, two);
            default -> isDiners(prefix, two) || within(prefix, 3528, 3589);
        };
    }

    private static boolean isDiners(int prefix, int two) {
        return within(prefix / 10, 300, 305) || two == 36 || two == 38 || two == 39;
    }

    private static boolean within(int value, int from, int to) {
        return value >= from && value <= to;
    }

    /** People and machines part the groups by blanks, hyphens, dots, slashes and whatever else. */
    private static boolean isSeparator(char c) {
        return !Character.isLetterOrDigit(c);
    }

    /** The value of a digit of any script, such as a full-width one; -1 for anything else. */
    private static int digit(String text, int at) {
        char c = text.charAt(at);
        return c < 0x80 ? (c >= '0' && c <= '9' ? c - '0' : -1) : Character.digit(c, 10);
    }
}
