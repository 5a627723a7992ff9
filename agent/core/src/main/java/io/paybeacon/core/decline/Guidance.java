package io.paybeacon.core.decline;

import io.paybeacon.core.event.DeclineCause;
import java.util.Locale;

/**
 * What is said of a refusal.
 *
 * @param locale the language of the texts
 * @param key by which a platform finds a text of its own, such as {@code decline.expired_card}
 * @param customer for the customer; never the raw reason, and neutral where the reason is not to be
 *     told
 * @param support for payments support: what it means; not for the customer
 */
public record Guidance(
        DeclineCause cause, Locale locale, String key, String customer, String support) {
    /** The key of a cause. */
    public static String key(DeclineCause cause) {
        return "decline." + cause.label();
    }
}
