package io.paybeacon.gateways.adyen;

import static io.paybeacon.gateways.adyen.Items.item;
import static io.paybeacon.gateways.adyen.Items.map;
import static io.paybeacon.gateways.adyen.Items.message;
import static io.paybeacon.gateways.adyen.Items.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.Origin;
import io.paybeacon.gateways.adyen.AdyenWebhooks.CaptureMode;
import io.paybeacon.gateways.message.ScenarioFile;
import io.paybeacon.gateways.message.ScenarioFile.Scenario;
import io.paybeacon.gateways.message.Told;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of each code. */
class AdyenMappingTest {
    private static final String PAYMENT = "\"pspReference\": \"PAY1\"";
    private static final String MODIFICATION =
            "\"pspReference\": \"MOD1\", \"originalReference\": \"PAY1\"";

    static List<Scenario> scenarios() throws IOException {
        return ScenarioFile.of(AdyenMappingTest.class);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void item_tells(Scenario scenario) {
        String code = scenario.kind().getFirst();
        boolean success = Boolean.parseBoolean(scenario.kind().getLast());

        assertThat(told(item(code, success, scenario.json())))
                .containsExactlyElementsOf(scenario.told());
    }

    @Test
    @DisplayName("Where capture is automatic an authorisation is the money, and counts once")
    void automatic_capture() {
        byte[] authorisation = message(item("AUTHORISATION", true, PAYMENT));
        byte[] capture = message(item("CAPTURE", true, MODIFICATION));

        assertThat(Told.lines(map(CaptureMode.AUTOMATIC, authorisation)))
                .contains("PAY1: PAY1 captured", "PAY1: PAY1 collects 10.99 EUR");
        assertThat(Told.lines(map(CaptureMode.AUTOMATIC, capture)))
                .contains("PAY1: PAY1 captured", "PAY1: PAY1 collects 10.99 EUR");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @DisplayName("A card that is only stored moves no money, and never waits for a capture")
    void zero_amount(boolean success) {
        String item =
                "{\"pspReference\": \"PAY1\", \"eventCode\": \"AUTHORISATION\", \"success\": %s,"
                                .formatted(success)
                        + " \"eventDate\": \"2026-11-22T12:30:00Z\","
                        + " \"amount\": {\"currency\": \"EUR\", \"value\": 0}}";
        assertThat(told(item)).containsExactly("skipped: nothing_new");
    }

    @ParameterizedTest
    @CsvSource({
        "CLP, 109900, 1099 CLP",
        "ISK, 50000, 500 ISK",
        "IDR, 15000, 15000.00 IDR",
        "CVE, 110, 110.00 CVE",
        "JPY, 500, 500 JPY",
        "KWD, 1234, 1.234 KWD"
    })
    @DisplayName("Currencies that Adyen counts otherwise than ISO 4217")
    void currencies(String currency, long value, String amount) {
        assertThat(told(withAmount(currency, Long.toString(value))))
                .contains("PAY1: requests " + amount);
    }

    @ParameterizedTest
    @CsvSource({
        "CLP, 109950",
        "EUR, -1",
        "EUR, 10.99",
        "EUR, '\"1099\"'",
        "XXY, 1",
        "EUR, 99999999999999999"
    })
    void amounts_that_are_none_are_malformed(String currency, String value) {
        assertThat(told(withAmount(currency, value)))
                .singleElement()
                .asString()
                .startsWith("malformed: bad_value: NotificationRequestItem.amount.value: ");
    }

    private static String withAmount(String currency, String value) {
        return "{\"pspReference\": \"PAY1\", \"eventCode\": \"AUTHORISATION\", \"success\":"
                + " \"true\", \"eventDate\": \"2026-11-22T12:30:00Z\","
                + " \"amount\": {\"currency\": \"%s\", \"value\": %s}}".formatted(currency, value);
    }

    @ParameterizedTest
    @CsvSource({
        "Refused, do_not_honor, 2",
        "REFUSED, do_not_honor, 2",
        "Issuer Unavailable, issuer_unavailable, 9",
        "Acquirer Error, processor_error, 4",
        "3D Not Authenticated, authentication_failed, 11",
        "FRAUD, suspected_fraud, 20",
        "4111 1111 1111 1111, unknown, unrecognised"
    })
    @DisplayName("Refusals by their text; what is none of Adyen's is not kept")
    void refusals(String text, String cause, String code) {
        assertThat(told(item("AUTHORISATION", false, PAYMENT + ", \"reason\": \"" + text + "\"")))
                .contains("PAY1: PAY1 declined, " + cause + ": " + code);
    }

    @Test
    void the_number_of_a_refusal_counts_before_its_text() {
        assertThat(
                        told(
                                item(
                                        "AUTHORISATION",
                                        false,
                                        PAYMENT
                                                + ", \"reason\": \"Refused\", \"additionalData\":"
                                                + " {\"refusalReasonCode\": \"9\"}")))
                .contains("PAY1: PAY1 declined, issuer_unavailable: 9");
    }

    @Test
    @DisplayName("Several items in one message: each for itself, and one that is odd by itself")
    void several_items() {
        List<Event> events =
                map(
                        message(
                                item("AUTHORISATION", true, PAYMENT),
                                item("CAPTURE", true, MODIFICATION),
                                "{\"eventCode\": \"CAPTURE\"}",
                                item(
                                        "REFUND",
                                        false,
                                        "\"pspReference\": \"MOD2\","
                                                + " \"originalReference\": \"PAY2\"")));

        assertThat(Told.lines(events))
                .contains(
                        "PAY1: PAY1 authorised",
                        "PAY1: PAY1 captured",
                        "malformed: missing_field: NotificationRequestItem.eventDate: missing",
                        "PAY2: MOD2 refunds 10.99 EUR, failed");
        assertThat(events)
                .extracting(event -> event.origin().eventId())
                .contains("AUTHORISATION:PAY1:true", "CAPTURE:MOD1:true", "REFUND:MOD2:false");
        assertThat(events.getFirst().origin())
                .isEqualTo(
                        new Origin(
                                "adyen-eu",
                                "AUTHORISATION:PAY1:true",
                                Instant.parse("2026-11-22T11:30:00Z")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"additionalData\": {\"metadata.paybeacon_run\": \"r1\"}",
                "\"additionalData\": {\"metadata\": {\"paybeacon_run\": \"r1\", \"other\": \"x\"}}"
            })
    @DisplayName("A payment of a probe's own is no payment of the shop, whatever is told of it")
    void probes_by_metadata(String fields) {
        for (String code : List.of("AUTHORISATION", "CAPTURE", "REPORT_AVAILABLE", "NEW_CODE")) {
            assertThat(told(item(code, true, PAYMENT + ", " + fields)))
                    .containsExactly("probe r1 saw " + code);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "paybeacon-r0123456789abcdef01234567, true",
        "paybeacon-r0123456789abcdef01234567-refund, true",
        "paybeacon-r0123456789abcdef0123456, false",
        "paybeacon-r0123456789abcdef012345678, false",
        "paybeacon-1234, false",
        "x-paybeacon-r0123456789abcdef01234567, false"
    })
    void probes_by_merchant_reference(String reference, boolean probe) {
        List<String> lines =
                told(
                        item(
                                "CANCELLATION",
                                true,
                                MODIFICATION + ", \"merchantReference\": \"" + reference + "\""));
        if (probe) {
            assertThat(lines).containsExactly("probe r0123456789abcdef01234567 saw CANCELLATION");
        } else {
            assertThat(lines).contains("PAY1: PAY1 cancelled");
        }
    }

    @Test
    void a_run_that_is_no_id_is_malformed() {
        assertThat(
                        told(
                                item(
                                        "AUTHORISATION",
                                        true,
                                        PAYMENT
                                                + ", \"additionalData\":"
                                                + " {\"metadata.paybeacon_run\": \"a b\"}")))
                .singleElement()
                .asString()
                .contains("metadata.paybeacon_run: not the id of a run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|missing_field",
                "{\"notificationItems\": []}|missing_field",
                "{\"notificationItems\": {}}|missing_field",
                "[]|syntax",
                "not json|syntax",
                "{\"notificationItems\": [], \"notificationItems\": []}|syntax"
            })
    void messages_without_items_are_malformed(String body, String reason) {
        assertThat(Told.lines(map(Items.bytes(body))))
                .singleElement()
                .asString()
                .startsWith("malformed: " + reason);
    }

    @Test
    @DisplayName("More items than are read make the whole message malformed, not the rest silent")
    void too_many_items() {
        String[] items = new String[100];
        for (int i = 0; i < items.length; i++) {
            items[i] = item("CAPTURE", true, MODIFICATION);
        }
        assertThat(Told.lines(map(message(items))))
                .singleElement()
                .asString()
                .startsWith("malformed: " + MalformedReason.OVER_LIMIT.label());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"maybe\"", "1", "null", "{}"})
    void a_success_that_is_neither_is_malformed(String success) {
        String item =
                "{\"pspReference\": \"PAY1\", \"eventCode\": \"CANCELLATION\", \"success\": %s,"
                                .formatted(success)
                        + " \"originalReference\": \"PAY0\", \"eventDate\":"
                        + " \"2026-11-22T12:30:00Z\"}";
        assertThat(told(item)).singleElement().asString().contains(".success: ");
    }

    @Test
    void every_code_of_the_document_has_its_reason() {
        AdyenEventCodes.skipped()
                .forEach((code, reason) ->
                        assertThat(map(message(item(code, true, PAYMENT))))
                                .singleElement()
                                .satisfies(event ->
                                        assertThat(((Skipped) event).reason()).isEqualTo(reason)));
        assertThat(AdyenEventCodes.skipReason("NEW")).isEqualTo(SkipReason.UNKNOWN_TYPE);
    }
}
