package io.paybeacon.server.findings;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * Where a page ended: the place of its last finding in the order of the list, so that the next page
 * begins behind it whatever was added or changed meanwhile.
 *
 * @param openedAt in whole milliseconds
 */
public record PagePosition(Instant openedAt, String agent, String id) {
    private static final int CHARS_MAX = 4_096;

    /** One word that a URL may carry. */
    public String text() {
        String plain = openedAt.toEpochMilli() + " " + agent + " " + id;
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(plain.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@link #text} made; empty when it is anything else. */
    public static Optional<PagePosition> of(String text) {
        if (text.length() > CHARS_MAX) {
            return Optional.empty();
        }
        try {
            String plain = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8);
            String[] parts = plain.split(" ", 3);
            if (parts.length != 3 || !parts[0].matches("[0-9]{1,15}")) {
                return Optional.empty();
            }
            Instant openedAt = Instant.ofEpochMilli(Long.parseLong(parts[0]));
            return Optional.of(new PagePosition(openedAt, parts[1], parts[2]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
