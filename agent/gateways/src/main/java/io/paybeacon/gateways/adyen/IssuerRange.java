package io.paybeacon.gateways.adyen;

import io.paybeacon.gateways.message.Envelope;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The range of numbers that a card is of, by a digest: a part of a number goes no further. */
final class IssuerRange {
    private static final Pattern RANGE = Pattern.compile("[0-9]{6,8}");
    private static final int DIGEST_CHARS = 8;
    private static final int PREFIX_CHARS = "sha256:".length();

    private IssuerRange() {}

    /** A word for the first six to eight digits; null where there are none. */
    static @Nullable String of(@Nullable String range) {
        if (range == null || !RANGE.matcher(range).matches()) {
            return null;
        }
        String digest = Envelope.idOfBody(range.substring(0, 6).getBytes(StandardCharsets.UTF_8));
        return "range-" + digest.substring(PREFIX_CHARS, PREFIX_CHARS + DIGEST_CHARS);
    }
}
