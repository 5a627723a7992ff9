package io.paybeacon.probe.secret;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Knows keys by their prefix. Stripe: docs.stripe.com/keys, secret keys are {@code sk_test_} and
 * {@code sk_live_}, restricted keys {@code rk_test_} and {@code rk_live_}.
 */
public final class LiveKeys {

    private static final List<String> LIVE_PREFIXES = List.of("sk_live_", "rk_live_");
    private static final Pattern KEY = Pattern.compile("\\b[sr]k_(?:live|test)_[A-Za-z0-9]{4,}");

    private LiveKeys() {}

    /** Whether the text is a key with which real money moves. */
    public static boolean isLive(String key) {
        return LIVE_PREFIXES.stream().anyMatch(key::startsWith);
    }

    /** Whether a gateway's key, live or test, is written out somewhere in the text. */
    public static boolean containsKey(String text) {
        return KEY.matcher(text).find();
    }

    /** Adds each key that is written out in a text. */
    static void find(String text, Spans found) {
        Matcher key = KEY.matcher(text);
        while (key.find()) {
            found.add(key.start(), key.end());
        }
    }
}
