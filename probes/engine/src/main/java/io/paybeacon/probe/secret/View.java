package io.paybeacon.probe.secret;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * A text as it reads once the escapes in it are taken back: percent-encoding, JSON and XML escapes.
 * Knows where each of its characters began in the text.
 */
final class View {

    private static final Map<String, String> ENTITIES =
            Map.of("amp", "&", "lt", "<", "gt", ">", "quot", "\"", "apos", "'");

    /** Characters of the longest entity between its ampersand and its semicolon. */
    private static final int ENTITY_CHARS_MAX = 8;

    private final String source;
    private final StringBuilder text;
    private int[] places;
    private int at;

    private View(String source) {
        this.source = source;
        this.text = new StringBuilder(source.length());
        this.places = new int[source.length() + 1];
    }

    /** Whether a text may have escapes. */
    static boolean mayHideIn(String text) {
        return text.indexOf('%') >= 0
                || text.indexOf('\\') >= 0
                || text.indexOf('+') >= 0
                || text.indexOf('&') >= 0;
    }

    /** What a text reads as. */
    static View of(String source) {
        View view = new View(source);
        while (view.at < source.length()) {
            view.next();
        }
        view.place(view.text.length(), source.length());
        return view;
    }

    String text() {
        return text.toString();
    }

    /** Where a character of the view begins in the text; its length is that of the text. */
    int place(int index) {
        return places[index];
    }

    private void next() {
        char c = source.charAt(at);
        switch (c) {
            case '%' -> percent();
            case '\\' -> backslash();
            case '&' -> entity();
            case '+' -> put(" ", 1);
            default -> put(String.valueOf(c), 1);
        }
    }

    private void put(String decoded, int chars) {
        for (int i = 0; i < decoded.length(); i++) {
            place(text.length() + i, at);
        }
        text.append(decoded);
        at += chars;
    }

    private void place(int index, int where) {
        if (index >= places.length) {
            places = Arrays.copyOf(places, 2 * index + 1);
        }
        places[index] = where;
    }

    /** Neighbours are read together: a character may take several bytes. */
    private void percent() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int end = at;
        while (end < source.length() && source.charAt(end) == '%' && hex(end + 1, 2) >= 0) {
            bytes.write(hex(end + 1, 2));
            end += 3;
        }
        if (end == at) {
            put("%", 1);
            return;
        }
        String decoded = bytes.toString(StandardCharsets.UTF_8);
        if (decoded.length() != bytes.size()) {
            put(decoded, end - at);
            return;
        }
        for (int i = 0; i < decoded.length(); i++) {
            put(decoded.substring(i, i + 1), 3);
        }
    }

    private void backslash() {
        if (at + 1 >= source.length()) {
            put("\\", 1);
            return;
        }
        char escaped = source.charAt(at + 1);
        int code = escaped == 'u' ? hex(at + 2, 4) : escaped == 'x' ? hex(at + 2, 2) : -1;
        if (code >= 0) {
            put(String.valueOf((char) code), escaped == 'u' ? 6 : 4);
        } else {
            put(
                    switch (escaped) {
                        case 'n' -> "\n";
                        case 'r' -> "\r";
                        case 't', 'b', 'f' -> " ";
                        default -> String.valueOf(escaped);
                    },
                    2);
        }
    }

    private void entity() {
        int end = source.indexOf(';', at);
        if (end < 0 || end - at - 1 > ENTITY_CHARS_MAX) {
            put("&", 1);
            return;
        }
        String name = source.substring(at + 1, end);
        int code = -1;
        if (name.matches("#[0-9]{1,5}")) {
            code = Integer.parseInt(name.substring(1));
        } else if (name.matches("#[xX][0-9A-Fa-f]{1,4}")) {
            code = Integer.parseInt(name.substring(2), 16);
        }
        String decoded = code >= 0 ? String.valueOf((char) code) : ENTITIES.get(name);
        if (decoded == null) {
            put("&", 1);
        } else {
            put(decoded, end + 1 - at);
        }
    }

    /** The value of some hexadecimal digits; -1 when they are not there. */
    private int hex(int from, int count) {
        if (from + count > source.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + count; i++) {
            char c = source.charAt(i);
            int digit = c < 0x80 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                return -1;
            }
            value = value * 16 + digit;
        }
        return value;
    }
}
