package io.paybeacon.sandbox.adyen;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Opaque texts that go to the shopper's browser and come back. */
final class ShopperToken {
    private static final String PREFIX = "sandbox/";

    private ShopperToken() {}

    static String of(String content) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((PREFIX + content).getBytes(StandardCharsets.UTF_8));
    }

    /** What is in a token; empty when it is none of ours. */
    static Optional<String> content(String token) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
            return text.startsWith(PREFIX)
                    ? Optional.of(text.substring(PREFIX.length()))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
