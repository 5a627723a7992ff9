package io.paybeacon.core.decline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.decline.DeclineRule.Remedy;
import io.paybeacon.core.event.DeclineCause;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every cause has everything, in every language. */
class GuidanceTest {
    private static final List<DeclineCause> NOT_TO_BE_TOLD =
            List.of(
                    DeclineCause.SUSPECTED_FRAUD,
                    DeclineCause.LOST_OR_STOLEN,
                    DeclineCause.COMPLIANCE);

    static List<GuidanceTexts> languages() {
        return List.of(GuidanceTexts.ENGLISH, GuidanceTexts.GERMAN);
    }

    @ParameterizedTest
    @EnumSource(DeclineCause.class)
    void every_cause_has_a_rule_with_a_source(DeclineCause cause) {
        DeclineRule rule = DeclineRule.of(cause);

        assertThat(rule.cause()).isEqualTo(cause);
        assertThat(rule.support()).isNotEmpty().doesNotHaveDuplicates();
        assertThat(rule.source()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("languages")
    @DisplayName("What the customer can put right has a text of its own, the rest a neutral one")
    void texts(GuidanceTexts texts) {
        Map<String, List<DeclineCause>> byText = new HashMap<>();
        for (DeclineCause cause : DeclineCause.values()) {
            Guidance guidance = texts.of(cause);
            assertThat(guidance.key()).isEqualTo("decline." + cause.label());
            assertThat(guidance.locale()).isEqualTo(texts.locale());
            assertThat(guidance.support()).isNotBlank();
            byText.computeIfAbsent(guidance.customer(), _ -> new ArrayList<>()).add(cause);
        }

        assertThat(byText.values())
                .filteredOn(causes -> causes.size() > 1)
                .containsExactly(NOT_TO_BE_TOLD);
        for (DeclineCause cause : DeclineCause.values()) {
            boolean neutral = DeclineRule.of(cause).remedy() == Remedy.NEUTRAL;
            assertThat(neutral).as(cause.label()).isEqualTo(NOT_TO_BE_TOLD.contains(cause));
        }
    }

    @ParameterizedTest
    @MethodSource("languages")
    @DisplayName("Raw reasons are not shown: no fraud, theft, sanction, code or label in a text")
    void nothing_raw(GuidanceTexts texts) {
        for (DeclineCause cause : DeclineCause.values()) {
            assertThat(texts.of(cause).customer())
                    .doesNotContainIgnoringCase(cause.label())
                    .doesNotContainPattern(
                            "(?i)fraud|betrug|stolen|gestohlen|lost|sanction|risk|risik"
                                    + "|_|[0-9]{3}");
        }
    }

    @Test
    void german_is_not_english() {
        for (DeclineCause cause : DeclineCause.values()) {
            assertThat(GuidanceTexts.GERMAN.of(cause).customer())
                    .isNotEqualTo(GuidanceTexts.ENGLISH.of(cause).customer());
        }
    }

    @Test
    void a_language_that_is_not_there_is_english() {
        assertThat(GuidanceTexts.in(Locale.GERMANY)).isSameAs(GuidanceTexts.GERMAN);
        assertThat(GuidanceTexts.in(Locale.FRANCE)).isSameAs(GuidanceTexts.ENGLISH);
        assertThat(GuidanceTexts.in(Locale.ROOT)).isSameAs(GuidanceTexts.ENGLISH);
    }

    @Test
    void half_a_language_is_none() {
        assertThatThrownBy(
                        () -> new GuidanceTexts(Locale.ITALIAN, new EnumMap<>(DeclineCause.class)))
                .hasMessage("no text in it for insufficient_funds");
    }
}
