package io.paybeacon.core.decline;

import io.paybeacon.core.event.DeclineCause;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * The texts of one language, each cause with one for the customer and one for support. Immutable.
 *
 * <p>A language is complete or it is none: there is no half of one. What a platform wants worded
 * otherwise it finds by {@link Guidance#key}.
 */
public final class GuidanceTexts {
    /** English, which stands in for every language that is not there. */
    public static final GuidanceTexts ENGLISH =
            new GuidanceTexts(Locale.ENGLISH, EnglishGuidance.TEXTS);

    /** German. */
    public static final GuidanceTexts GERMAN =
            new GuidanceTexts(Locale.GERMAN, GermanGuidance.TEXTS);

    private final Locale locale;
    private final Map<DeclineCause, Text> texts;

    /**
     * What is said of one cause.
     *
     * @param customer for the customer
     * @param support for support
     */
    public record Text(String customer, String support) {
        public Text {
            if (customer.isBlank() || support.isBlank()) {
                throw new IllegalArgumentException("a text is empty");
            }
        }
    }

    /**
     * The texts of a language.
     *
     * @throws IllegalArgumentException if a cause has none
     */
    public GuidanceTexts(Locale locale, Map<DeclineCause, Text> texts) {
        for (DeclineCause cause : DeclineCause.values()) {
            if (!texts.containsKey(cause)) {
                throw new IllegalArgumentException(
                        "no text in " + locale.getLanguage() + " for " + cause.label());
            }
        }
        this.locale = locale;
        this.texts = Map.copyOf(new EnumMap<>(texts));
    }

    /** The texts in the language of a locale, else in English. */
    public static GuidanceTexts in(Locale locale) {
        return locale.getLanguage().equals(GERMAN.locale.getLanguage()) ? GERMAN : ENGLISH;
    }

    /** The language. */
    public Locale locale() {
        return locale;
    }

    /** What is said of a cause. */
    public Guidance of(DeclineCause cause) {
        Text text = texts.get(cause);
        if (text == null) {
            throw new IllegalStateException("no text for " + cause.label());
        }
        return new Guidance(cause, locale, Guidance.key(cause), text.customer(), text.support());
    }
}
