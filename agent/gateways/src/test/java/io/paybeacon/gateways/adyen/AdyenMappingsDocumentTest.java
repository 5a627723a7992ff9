package io.paybeacon.gateways.adyen;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.gateways.WebhookAdapter;
import io.paybeacon.gateways.adyen.AdyenWebhooks.CaptureMode;
import io.paybeacon.gateways.message.MappingsDocument;
import io.paybeacon.gateways.message.WebhookFuzz;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** MAPPINGS.md says what the code does, and the code does it whatever comes. */
class AdyenMappingsDocumentTest {
    private final MappingsDocument document = new MappingsDocument("adyen");

    @Test
    void the_mapped_codes_are_those_of_the_code() throws IOException {
        Map<String, String> coded = new TreeMap<>();
        AdyenEventCodes.mapped()
                .forEach((code, kind) -> coded.put(code, kind.name().toLowerCase(Locale.ROOT)));

        assertThat(document.rows("## Codes that are mapped"))
                .containsExactlyInAnyOrderEntriesOf(coded);
    }

    @Test
    void the_skipped_codes_are_those_of_the_code() throws IOException {
        Map<String, String> coded = new TreeMap<>();
        AdyenEventCodes.skipped().forEach((code, reason) -> coded.put(code, reason.label()));

        assertThat(document.rows("## Codes that are skipped"))
                .containsExactlyInAnyOrderEntriesOf(coded);
    }

    @Test
    @DisplayName("Each of the 48 codes of Adyen's specification is either mapped or skipped")
    void specification() {
        assertThat(AdyenEventCodes.mapped().keySet())
                .doesNotContainAnyElementsOf(AdyenEventCodes.skipped().keySet());
        assertThat(AdyenEventCodes.mapped().size() + AdyenEventCodes.skipped().size())
                .isEqualTo(48);
    }

    @Test
    void every_field_that_is_read_is_in_the_document() throws IOException {
        document.namesAll(AdyenWebhooks.WANTED);
    }

    @Test
    void whatever_comes_is_mapped() {
        List<byte[]> payloads = new ArrayList<>();
        for (String code : AdyenEventCodes.mapped().keySet()) {
            payloads.add(
                    Items.message(
                            Items.item(
                                    code,
                                    true,
                                    "\"pspReference\": \"M1\", \"originalReference\": \"P1\","
                                            + " \"merchantReference\": \"o\", \"shopper\":"
                                            + " \"planted text\", \"additionalData\":"
                                            + " {\"modification.action\": \"refund\","
                                            + " \"cardIssuingCountry\": \"DE\"}")));
        }
        WebhookAdapter adapter = new AdyenWebhooks("adyen-eu", CaptureMode.MANUAL);
        List<String> words = List.of("true", "false", "EUR", "AUTHORISATION", "visa", "", "P-1");
        WebhookFuzz.damage(adapter, payloads, words, 15_000, 20_261_122);
    }
}
