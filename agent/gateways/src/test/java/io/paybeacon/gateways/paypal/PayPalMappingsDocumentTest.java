package io.paybeacon.gateways.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.gateways.message.MappingsDocument;
import io.paybeacon.gateways.message.ScenarioFile;
import io.paybeacon.gateways.message.ScenarioFile.Scenario;
import io.paybeacon.gateways.message.WebhookFuzz;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** MAPPINGS.md says what the code does, and the code does it whatever comes. */
class PayPalMappingsDocumentTest {
    private final MappingsDocument document = new MappingsDocument("paypal");

    @Test
    void the_mapped_types_are_those_of_the_code() throws IOException {
        Map<String, String> coded = new TreeMap<>();
        PayPalEventTypes.mapped()
                .forEach((type, kind) -> coded.put(type, kind.name().toLowerCase(Locale.ROOT)));

        assertThat(document.rows("## Types that are mapped"))
                .containsExactlyInAnyOrderEntriesOf(coded);
    }

    @Test
    void the_skipped_families_are_those_of_the_code() throws IOException {
        Map<String, String> coded = new TreeMap<>();
        PayPalEventTypes.skippedFamilies()
                .forEach((family, reason) -> coded.put(family, reason.label()));

        assertThat(document.rows("## Families that are skipped"))
                .containsExactlyInAnyOrderEntriesOf(coded);
    }

    @Test
    void every_field_that_is_read_is_in_the_document() throws IOException {
        document.namesAll(PayPalWebhooks.WANTED);
    }

    @Test
    void whatever_comes_is_mapped() throws IOException {
        List<byte[]> payloads = new ArrayList<>();
        for (Scenario scenario : ScenarioFile.of(PayPalMappingTest.class)) {
            payloads.add(Resources.event(scenario.kind().getFirst(), scenario.json()));
        }
        List<String> words =
                List.of("CREATED", "DENIED", "VOIDED", "JPY", "1.5", "", "up", "2026-11-22", "X-1");
        WebhookFuzz.damage(Resources.adapter(), payloads, words, 15_000, 20_261_123);
    }
}
