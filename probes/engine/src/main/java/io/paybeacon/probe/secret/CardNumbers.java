package io.paybeacon.probe.secret;

/**
 * Finds card numbers in text: 13 to 19 digits that begin with 2 to 6 (ISO/IEC 7812) and pass the
 * Luhn check, with or without a separator between any two of them. The digits before and after a
 * number do not hide it: every stretch that begins and ends at a separator or an end is looked at.
 */
final class CardNumbers {

    private static final int DIGITS_MIN = 13;
    private static final int DIGITS_MAX = 19;
    private static final String SEPARATORS = " -._\u00a0";

    private CardNumbers() {}

    /** The text with a mask in the place of each card number. */
    static String mask(String text, String mask) {
        StringBuilder masked = new StringBuilder();
        int copied = 0;
        int at = 0;
        while (at < text.length()) {
            int end = beginsNumber(text, at) ? endOfCard(text, at) : -1;
            if (end < 0) {
                at++;
                continue;
            }
            masked.append(text, copied, at).append(mask);
            copied = end;
            at = end;
        }
        return copied == 0 ? text : masked.append(text, copied, text.length()).toString();
    }

    private static boolean beginsNumber(String text, int at) {
        char c = text.charAt(at);
        return c >= '2' && c <= '6' && (at == 0 || !isDigit(text.charAt(at - 1)));
    }

    /** The end of the longest card number that begins there; -1 when none does. */
    private static int endOfCard(String text, int from) {
        int found = -1;
        int digits = 0;
        // The Luhn sum of the digits so far, when the last one counts once and when it counts
        // twice.
        int once = 0;
        int twice = 0;
        for (int at = from; at < text.length() && digits <= DIGITS_MAX; at++) {
            char c = text.charAt(at);
            if (isDigit(c)) {
                digits++;
                int digit = c - '0';
                int doubled = digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
                int before = once;
                once = twice + digit;
                twice = before + doubled;
                boolean ends = at + 1 == text.length() || !isDigit(text.charAt(at + 1));
                if (ends && digits >= DIGITS_MIN && digits <= DIGITS_MAX && once % 10 == 0) {
                    found = at + 1;
                }
            } else if (SEPARATORS.indexOf(c) < 0 || SEPARATORS.indexOf(text.charAt(at - 1)) >= 0) {
                break;
            }
        }
        return found;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
