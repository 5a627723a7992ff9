package io.paybeacon.probe.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Masks secrets and card numbers in text: the known secrets plain, form-encoded and in base64, what
 * looks like a gateway's key, an Authorization value, a client secret or a card's check code, and
 * every card-like run of 13 to 19 digits, separators allowed, that passes the Luhn check. Immutable
 * and thread-safe.
 */
public final class Redactor {

    private static final String MASK = "***";

    /** Issuers' numbers begin with 2 to 6 and have 13 to 19 digits (ISO/IEC 7812). */
    private static final Pattern CARD =
            Pattern.compile("(?<![0-9])[2-6](?:[ -]?[0-9]){12,18}(?![0-9])");

    private static final Pattern CARD_CODE =
            Pattern.compile("(?i)\\b((?:cvc|cvv|cid)2?\\]?\"?\\s*[=:]\\s*\"?)[0-9]{3,4}");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}");
    private static final Pattern CLIENT_SECRET =
            Pattern.compile("\\b(?:pi|seti|cs)_[A-Za-z0-9]+_secret_[A-Za-z0-9]+");

    private final List<String> needles;

    private Redactor(List<String> needles) {
        this.needles = needles;
    }

    /** A redactor that knows the given secrets. */
    public static Redactor of(Collection<Secret> secrets) {
        return new Redactor(
                secrets.stream()
                        .map(Secret::reveal)
                        .flatMap(Redactor::forms)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList());
    }

    /** The text with everything masked that must not be shown. */
    public String redact(String text) {
        String masked = text;
        for (String needle : needles) {
            masked = masked.replace(needle, MASK);
        }
        masked = AUTHORIZATION.matcher(masked).replaceAll("$1 " + MASK);
        masked = CLIENT_SECRET.matcher(LiveKeys.mask(masked)).replaceAll(MASK);
        masked = CARD_CODE.matcher(masked).replaceAll("$1" + MASK);
        return CARD.matcher(masked).replaceAll(Redactor::maskIfCard);
    }

    /** Whether the text holds something that must not be stored. */
    public boolean isSensitive(String text) {
        return !redact(text).equals(text);
    }

    private static Stream<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                secret,
                URLEncoder.encode(secret, StandardCharsets.UTF_8),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder()
                        .encodeToString((secret + ":").getBytes(StandardCharsets.UTF_8)));
    }

    private static String maskIfCard(MatchResult match) {
        return passesLuhn(match.group()) ? MASK : match.group();
    }

    private static boolean passesLuhn(String text) {
        int sum = 0;
        boolean twice = false;
        for (int i = text.length() - 1; i >= 0; i--) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                continue;
            }
            int digit = (c - '0') * (twice ? 2 : 1);
            sum += digit > 9 ? digit - 9 : digit;
            twice = !twice;
        }
        return sum % 10 == 0;
    }
}
