package io.paybeacon.probe.secret;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Masks secrets and card numbers in text: the known secrets in any case of letters, what looks like
 * a gateway's key, an Authorization value, a token, a password or a card's check code by the name
 * before it, and every card number (see {@link CardNumbers} for the rule). Percent-encoding, JSON
 * and XML escapes, each up to {@link #VIEWS_MAX} deep, and base64 do not hide them. Immutable and
 * thread-safe.
 */
public final class Redactor {

    private static final String MASK = "***";

    /** How often escapes are taken back: a URL within a URL within JSON. */
    private static final int VIEWS_MAX = 3;

    /** A secret shorter than this would be found by chance in what base64 decodes to. */
    private static final int ENCODED_SECRET_CHARS_MIN = 6;

    /** A line of a secret of several lines that is shorter says nothing of it. */
    private static final int LINE_CHARS_MIN = 16;

    /** Shorter ones cannot carry a secret worth the name. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{12,}+={0,2}");

    /** A file by its full path. */
    private static final Pattern PATH = Pattern.compile("(?<!\\S)/[^\\s:]+");

    /** Each hides what its last group matches. */
    private static final List<Pattern> HIDING =
            List.of(
                    Pattern.compile(
                            "(?i)(?:\\b|_|encrypted)(?:cvc|cvv|cid|cvn|csc|security_?code)2?\\]?"
                                    + "\"?\\s*[=:]\\s*\"?(?:test_)?([0-9]{3,4})"),
                    Pattern.compile("(?i)\\b(?:bearer|basic)\\s+([A-Za-z0-9._~+/=-]{6,})"),
                    Pattern.compile("\\b((?:pi|seti|cs)_[A-Za-z0-9]+_secret_[A-Za-z0-9]+)"),
                    Pattern.compile("\\b(whsec_[A-Za-z0-9+/=]{6,})"),
                    // A user's name and password in a URL.
                    Pattern.compile("(?i)\\b[a-z][a-z0-9+.-]{1,20}://([^\\s/@\"'<>]{1,512})@"),
                    // The names of RFC 6749, and what else is commonly a secret by its name.
                    Pattern.compile(
                            "(?i)(?:(?:access|refresh|id|auth|session|bearer)[_-]?token|"
                                    + "(?:client|webhook|shared|hmac)[_-]?secret|passw(?:or)?d|"
                                    + "(?:api|private|secret|hmac)[_-]?key|\\bsecret)"
                                    + "\\]?\"?\\s*[=:]\\s*\"?(?!null\\b|\\*\\*\\*)"
                                    + "([^\\s\"&,;}]{4,})"));

    /** A redactor that knows no secret, only what secrets and card numbers look like. */
    public static final Redactor OF_PATTERNS = new Redactor(Set.of());

    private final Set<String> secrets;

    /** What the secrets look like when they are written, in lower case, the longest first. */
    private final List<String> needles;

    /** What is looked for in what base64 decodes to, in lower case. */
    private final List<String> carried;

    private Redactor(Set<String> secrets) {
        this.secrets = secrets;
        this.carried =
                secrets.stream()
                        .flatMap(Redactor::pieces)
                        .filter(piece -> piece.length() >= ENCODED_SECRET_CHARS_MIN)
                        .map(Redactor::lowerCase)
                        .distinct()
                        .toList();
        this.needles =
                secrets.stream()
                        .filter(secret -> !secret.isEmpty())
                        .flatMap(Redactor::forms)
                        .map(Redactor::lowerCase)
                        .distinct()
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    /** A redactor that knows the given secrets. */
    public static Redactor of(Collection<Secret> secrets) {
        return OF_PATTERNS.withAll(secrets);
    }

    /** A redactor that knows one more secret. */
    public Redactor with(String secret) {
        if (secrets.contains(secret)) {
            return this;
        }
        Set<String> more = new LinkedHashSet<>(secrets);
        more.add(secret);
        return new Redactor(more);
    }

    /** A redactor that knows these secrets too. */
    public Redactor withAll(Collection<Secret> added) {
        Set<String> more = new LinkedHashSet<>(secrets);
        return added.stream().map(Secret::reveal).filter(more::add).count() == 0
                ? this
                : new Redactor(more);
    }

    /** The text with everything masked that must not be shown. */
    public String redact(String text) {
        return find(text, CardNumbers.Rule.SHOWN).mask(text, MASK);
    }

    /**
     * The text for people who put it right, such as a mistake in a configuration: as {@link
     * #redact}, but digits in paths of files, which temporary folders are full of, are left.
     */
    public String redactSparingPaths(String text) {
        StringBuilder shown = new StringBuilder();
        int from = 0;
        Matcher path = PATH.matcher(text);
        while (path.find()) {
            shown.append(redact(text.substring(from, path.start())));
            Spans found = new Spans();
            written(path.group(), found);
            shown.append(found.mask(path.group(), MASK));
            from = path.end();
        }
        return shown.append(redact(text.substring(from))).toString();
    }

    /** Whether the text holds something that must not be stored. */
    public boolean isSensitive(String text) {
        return !find(text, CardNumbers.Rule.STORED).isEmpty();
    }

    /** Characters of the longest form of a known secret; a piece of it is no longer than that. */
    public int longestFormChars() {
        return needles.isEmpty() ? 0 : needles.getFirst().length();
    }

    private Spans find(String text, CardNumbers.Rule rule) {
        Spans found = new Spans();
        look(text, rule, VIEWS_MAX, found);
        return found;
    }

    private void look(String text, CardNumbers.Rule rule, int views, Spans found) {
        written(text, found);
        patterns(text, rule, found);
        carried(text, rule, found);
        if (views > 0 && View.mayHideIn(text)) {
            View view = View.of(text);
            if (!view.text().equals(text)) {
                Spans deeper = new Spans();
                look(view.text(), rule, views - 1, deeper);
                found.addAll(deeper, view::place);
            }
        }
    }

    private void written(String text, Spans found) {
        String lower = lowerCase(text);
        for (String needle : needles) {
            int at = lower.indexOf(needle);
            while (at >= 0) {
                found.add(at, at + needle.length());
                at = lower.indexOf(needle, at + needle.length());
            }
        }
    }

    private static void patterns(String text, CardNumbers.Rule rule, Spans found) {
        for (Pattern pattern : HIDING) {
            Matcher matcher = pattern.matcher(text);
            while (matcher.find()) {
                found.add(matcher.start(1), matcher.end(1));
            }
        }
        LiveKeys.find(text, found);
        CardNumbers.find(text, rule, found);
    }

    private void carried(String text, CardNumbers.Rule rule, Spans found) {
        Matcher piece = BASE64.matcher(text);
        while (piece.find()) {
            if (carriesSecret(piece.group(), rule)) {
                found.add(piece.start(), piece.end());
            }
        }
    }

    /** What stands before it, such as a path, may end anywhere in a group of four. */
    private boolean carriesSecret(String piece, CardNumbers.Rule rule) {
        String digits = piece.replace("=", "").replace('-', '+').replace('_', '/');
        for (int from = 0; from < 4; from++) {
            int length = digits.length() - from;
            // One digit alone at the end carries no byte.
            int whole = length % 4 == 1 ? length - 1 : length;
            byte[] bytes = Base64.getDecoder().decode(digits.substring(from, from + whole));
            Spans found = new Spans();
            String decoded = new String(bytes, StandardCharsets.ISO_8859_1);
            String lower = lowerCase(decoded);
            if (carried.stream().anyMatch(lower::contains)) {
                return true;
            }
            patterns(decoded, rule, found);
            if (!found.isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Without the locale, and with as many characters as before. */
    private static String lowerCase(String text) {
        char[] chars = text.toCharArray();
        for (int i = 0; i < chars.length; i++) {
            if (chars[i] >= 'A' && chars[i] <= 'Z') {
                chars[i] = (char) (chars[i] + 'a' - 'A');
            }
        }
        return new String(chars);
    }

    /** The secret, and each line of it when there are several. */
    private static Stream<String> pieces(String secret) {
        return secret.indexOf('\n') < 0
                ? Stream.of(secret)
                : Stream.concat(
                        Stream.of(secret),
                        secret.lines()
                                .map(String::strip)
                                .filter(line -> line.length() >= LINE_CHARS_MIN)
                                .filter(line -> !line.startsWith("-----")));
    }

    private static Stream<String> forms(String secret) {
        List<String> forms = new ArrayList<>();
        pieces(secret)
                .forEach(piece -> {
                    forms.add(piece);
                    for (String clear : List.of(piece, piece + ":")) {
                        byte[] bytes = clear.getBytes(StandardCharsets.UTF_8);
                        if (bytes.length >= ENCODED_SECRET_CHARS_MIN) {
                            forms.add(Base64.getEncoder().withoutPadding().encodeToString(bytes));
                            forms.add(
                                    Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
                        }
                    }
                });
        return forms.stream();
    }
}
