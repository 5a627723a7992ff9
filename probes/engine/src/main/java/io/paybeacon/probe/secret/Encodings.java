package io.paybeacon.probe.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks behind the encodings in which a text may carry another one: percent-encoding, JSON escapes,
 * base64. A piece is replaced only when what it carries must not be shown.
 */
final class Encodings {

    /** A run with escapes in it; its alternatives begin with different characters. */
    private static final Pattern ESCAPED =
            Pattern.compile(
                    "(?:[A-Za-z0-9._~!*'()@+/=:&\\[\\]-]|%[0-9A-Fa-f]{2}|\\\\u[0-9A-Fa-f]{4}"
                            + "|\\\\[\"\\\\/bfnrt])++");

    /** Shorter ones cannot carry a secret worth the name. */
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{16,}+={0,2}");

    private Encodings() {}

    /** The text with its escaped pieces redacted. */
    static String redactEscaped(String text, UnaryOperator<String> redact) {
        if (text.indexOf('%') < 0 && text.indexOf('\\') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        return ESCAPED.matcher(text)
                .replaceAll(match -> {
                    String piece = match.group();
                    String decoded = unescaped(piece);
                    String shown = redact.apply(decoded);
                    return Matcher.quoteReplacement(shown.equals(decoded) ? piece : shown);
                });
    }

    /** The text with a mask in the place of base64 that carries something to hide. */
    static String maskBase64(String text, String mask, UnaryOperator<String> redact) {
        return BASE64.matcher(text).replaceAll(match -> base64(match, mask, redact));
    }

    private static String base64(MatchResult match, String mask, UnaryOperator<String> redact) {
        String piece = match.group();
        String digits = piece.replace("=", "").replace('-', '+').replace('_', '/');
        // One digit alone at the end carries no byte.
        int whole = digits.length() % 4 == 1 ? digits.length() - 1 : digits.length();
        byte[] bytes = Base64.getDecoder().decode(digits.substring(0, whole));
        String carried = new String(bytes, StandardCharsets.ISO_8859_1);
        boolean hides = !redact.apply(carried).equals(carried);
        return Matcher.quoteReplacement(hides ? mask : piece);
    }

    private static String unescaped(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '%' && at + 2 < text.length()) {
                bytes.write(HexFormat.fromHexDigits(text, at + 1, at + 3));
                at += 3;
            } else if (c == '\\' && at + 5 < text.length() && text.charAt(at + 1) == 'u') {
                int code = HexFormat.fromHexDigits(text, at + 2, at + 6);
                bytes.writeBytes(Character.toString(code).getBytes(StandardCharsets.UTF_8));
                at += 6;
            } else if (c == '\\' && at + 1 < text.length()) {
                char escaped = text.charAt(at + 1);
                bytes.write("bfnrt".indexOf(escaped) < 0 ? escaped : ' ');
                at += 2;
            } else {
                bytes.write(c == '+' ? ' ' : c);
                at++;
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
