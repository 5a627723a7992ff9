package io.paybeacon.probe.secret;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Masks secrets and card numbers in text: the known secrets, what looks like a gateway's key, an
 * Authorization value, a token, a client secret or a card's check code, and every card number.
 * Percent-encoding, JSON escapes and base64 do not hide them. Immutable and thread-safe.
 */
public final class Redactor {

    private static final String MASK = "***";

    /** A secret shorter than this would be found by chance in what base64 decodes to. */
    private static final int ENCODED_SECRET_CHARS_MIN = 6;

    private static final Pattern CARD_CODE =
            Pattern.compile(
                    "(?i)((?:\\b|_|encrypted)(?:cvc|cvv|cid|cvn|csc|security_?code)2?\\]?\"?"
                            + "\\s*[=:]\\s*\"?(?:test_)?)[0-9]{3,4}");
    private static final Pattern AUTHORIZATION =
            Pattern.compile("(?i)\\b(bearer|basic)\\s+[A-Za-z0-9._~+/=-]{6,}");
    private static final Pattern CLIENT_SECRET =
            Pattern.compile("\\b(?:pi|seti|cs)_[A-Za-z0-9]+_secret_[A-Za-z0-9]+");

    /** The names of RFC 6749, and what else is commonly a secret by its name. */
    private static final Pattern NAMED_SECRET =
            Pattern.compile(
                    "(?i)((?:access|refresh|id)_token|client_secret|password|api_?key)"
                            + "(\"?\\s*[=:]\\s*\"?)(?!null\\b|\\*\\*\\*)[^\\s\"&,;}]{4,}");

    private final List<String> secrets;
    private final List<String> needles;

    private Redactor(List<String> secrets) {
        this.secrets = List.copyOf(secrets);
        this.needles =
                secrets.stream()
                        .filter(secret -> !secret.isEmpty())
                        .flatMap(Redactor::forms)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    /** A redactor that knows the given secrets. */
    public static Redactor of(Collection<Secret> secrets) {
        return new Redactor(secrets.stream().map(Secret::reveal).toList());
    }

    /** A redactor that knows one more secret. */
    public Redactor with(String secret) {
        if (secrets.contains(secret)) {
            return this;
        }
        List<String> more = new ArrayList<>(secrets);
        more.add(secret);
        return new Redactor(more);
    }

    /** The text with everything masked that must not be shown. */
    public String redact(String text) {
        return Encodings.redactEscaped(shallow(text), this::shallow);
    }

    /** Whether the text holds something that must not be stored. */
    public boolean isSensitive(String text) {
        return !redact(text).equals(text);
    }

    private String shallow(String text) {
        return Encodings.maskBase64(plain(text), MASK, this::carried);
    }

    private String plain(String text) {
        String masked = text;
        for (String needle : needles) {
            masked = masked.replace(needle, MASK);
        }
        return patterns(masked);
    }

    private static String patterns(String text) {
        String masked = AUTHORIZATION.matcher(text).replaceAll("$1 " + MASK);
        masked = CLIENT_SECRET.matcher(LiveKeys.mask(masked)).replaceAll(MASK);
        masked = NAMED_SECRET.matcher(masked).replaceAll("$1$2" + MASK);
        masked = CARD_CODE.matcher(masked).replaceAll("$1" + MASK);
        return CardNumbers.mask(masked, MASK);
    }

    private String carried(String decoded) {
        String masked = decoded;
        for (String secret : secrets) {
            if (secret.length() >= ENCODED_SECRET_CHARS_MIN) {
                masked = masked.replace(secret, MASK);
            }
        }
        return patterns(masked);
    }

    private static Stream<String> forms(String secret) {
        byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        return Stream.of(
                secret,
                form,
                form.replace("+", "%20"),
                secret.replace("\\", "\\\\").replace("\"", "\\\""),
                Base64.getEncoder().encodeToString(bytes),
                Base64.getEncoder()
                        .encodeToString((secret + ":").getBytes(StandardCharsets.UTF_8)));
    }
}
