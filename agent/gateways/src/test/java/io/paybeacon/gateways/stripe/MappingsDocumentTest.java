package io.paybeacon.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.IntakeEvent.SkipReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** MAPPINGS.md says what the code does. */
class MappingsDocumentTest {
    private static final Path DOCUMENT =
            Path.of("src/main/java/io/paybeacon/gateways/stripe/MAPPINGS.md");
    private static final Pattern ROW = Pattern.compile("\\| `([a-z0-9_.]+)` \\| `?(\\w+)`? \\|.*");

    @Test
    void the_mapped_types_are_those_of_the_code() throws IOException {
        Map<String, String> coded = new TreeMap<>();
        StripeEventTypes.mapped()
                .forEach((type, kind) -> coded.put(type, kind.name().toLowerCase(Locale.ROOT)));

        assertThat(rows("## Types that are mapped")).containsExactlyInAnyOrderEntriesOf(coded);
    }

    @Test
    void the_skipped_families_are_those_of_the_code() throws IOException {
        Map<String, String> coded = new TreeMap<>();
        StripeEventTypes.skippedFamilies()
                .forEach((family, reason) -> coded.put(family, reason.label()));

        assertThat(rows("## Families that are skipped")).containsExactlyInAnyOrderEntriesOf(coded);
        assertThat(coded.values())
                .doesNotContain(SkipReason.UNKNOWN_TYPE.label())
                .allMatch(label -> SkipReason.NAMES.find(label) != null);
    }

    @Test
    void every_field_that_is_read_is_in_the_document() throws IOException {
        String text = Files.readString(DOCUMENT);

        assertThat(StripeWebhooks.WANTED)
                .allSatisfy(name ->
                        assertThat(text).containsPattern("`[^`\n]*\\b" + name + "\\b[^`\n]*`"));
    }

    private static Map<String, String> rows(String section) throws IOException {
        List<String> lines = Files.readAllLines(DOCUMENT);
        Map<String, String> rows = new TreeMap<>();
        for (int i = lines.indexOf(section) + 1; !lines.get(i).startsWith("## "); i++) {
            Matcher matcher = ROW.matcher(lines.get(i));
            if (matcher.matches()) {
                assertThat(rows.put(matcher.group(1), matcher.group(2)))
                        .as("listed twice: %s", matcher.group(1))
                        .isNull();
            }
        }
        return rows;
    }
}
