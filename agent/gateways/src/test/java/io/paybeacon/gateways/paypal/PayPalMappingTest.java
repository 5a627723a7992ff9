package io.paybeacon.gateways.paypal;

import static io.paybeacon.gateways.paypal.Resources.event;
import static io.paybeacon.gateways.paypal.Resources.map;
import static io.paybeacon.gateways.paypal.Resources.ofOrder;
import static io.paybeacon.gateways.paypal.Resources.resource;
import static io.paybeacon.gateways.paypal.Resources.told;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Origin;
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

/** What becomes of each type. */
class PayPalMappingTest {
    static List<Scenario> scenarios() throws IOException {
        return ScenarioFile.of(PayPalMappingTest.class);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void event_tells(Scenario scenario) {
        assertThat(told(scenario.kind().getFirst(), scenario.json()))
                .containsExactlyElementsOf(scenario.told());
    }

    @Test
    void the_origin_is_that_of_the_envelope() {
        assertThat(map(event("CHECKOUT.ORDER.VOIDED", "{\"id\": \"ORDER1\"}")))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.origin())
                                .isEqualTo(
                                        new Origin(
                                                "paypal-eu",
                                                "WH-1AB-2CD",
                                                Instant.parse("2026-11-22T11:59:58.123Z"))));
    }

    @ParameterizedTest
    @CsvSource({
        "USD, 10.99, 10.99 USD",
        "USD, 10.9, 10.90 USD",
        "USD, 10, 10.00 USD",
        "JPY, 500, 500 JPY",
        "JPY, 500.00, 500 JPY",
        "HUF, 500, 500.00 HUF",
        "TWD, 30, 30.00 TWD",
        "KWD, 1.234, 1.234 KWD",
        "USD, 0.07, 0.07 USD",
        "USD, 9007199254740.93, 9007199254740.93 USD"
    })
    @DisplayName("Decimal texts are converted exactly, digits that floating point loses included")
    void amounts(String currency, String value, String amount) {
        assertThat(told("PAYMENT.CAPTURE.REVERSED", withAmount(currency, "\"" + value + "\"")))
                .contains("ORDER1: CAP1 undoes " + amount);
    }

    @ParameterizedTest
    @CsvSource({
        "USD, '\"10.999\"'", "JPY, '\"500.50\"'", "USD, '\"-1.00\"'", "USD, '\"1e3\"'",
        "USD, '\"1,000.00\"'", "USD, '\" 1\"'", "USD, '\"\"'", "USD, '\"99999999999999999\"'",
        "USD, '\"999999999999999\"'", "XXY, '\"1.00\"'", "usd, '\"1.00\"'", "USD, 10"
    })
    void amounts_that_are_none_are_malformed(String currency, String value) {
        assertThat(told("PAYMENT.CAPTURE.REVERSED", withAmount(currency, value)))
                .singleElement()
                .asString()
                .startsWith("malformed: ")
                .contains("resource.amount.");
    }

    private static String withAmount(String currency, String value) {
        return "{\"id\": \"CAP1\", \"amount\": {\"currency_code\": \"%s\", \"value\": %s}, %s}"
                .formatted(currency, value, ofOrder(""));
    }

    @ParameterizedTest
    @CsvSource({
        "0500, do_not_honor",
        "5400, expired_card",
        "9500, suspected_fraud",
        "5920, issuer_unavailable",
        "1310, invalid_amount",
        "8220, processor_error",
        "1320, invalid_request",
        "PPXX, unknown"
    })
    void declines(String code, String cause) {
        assertThat(
                        told(
                                "PAYMENT.CAPTURE.DECLINED",
                                resource(
                                        "CAP1",
                                        "\"processor_response\": {\"response_code\": \"%s\"}, %s"
                                                .formatted(code, ofOrder("")))))
                .contains("ORDER1: CAP1 declined, %s: %s".formatted(cause, code));
    }

    @Test
    void a_code_that_is_written_unlike_one_is_not_kept() {
        assertThat(
                        told(
                                "PAYMENT.CAPTURE.DECLINED",
                                resource(
                                        "CAP1",
                                        "\"processor_response\": {\"response_code\":"
                                                + " \"4111111111111111\"}, "
                                                + ofOrder(""))))
                .contains("ORDER1: CAP1 declined, unknown: unrecognised");
    }

    @Test
    @DisplayName("A payment of a probe's own is no payment of the shop, whatever is told of it")
    void probes() {
        String custom = "\"custom_id\": \"paybeacon_run:r1\"";
        for (String type :
                List.of(
                        "PAYMENT.AUTHORIZATION.CREATED",
                        "PAYMENT.CAPTURE.REFUNDED",
                        "CUSTOMER.DISPUTE.CREATED",
                        "MOON.LANDED")) {
            assertThat(told(type, resource("X1", custom))).containsExactly("probe r1 saw " + type);
        }
        assertThat(
                        told(
                                "CHECKOUT.ORDER.APPROVED",
                                "{\"id\": \"ORDER1\", \"purchase_units\": [{%s}]}"
                                        .formatted(custom)))
                .containsExactly("probe r1 saw CHECKOUT.ORDER.APPROVED");
    }

    @Test
    void a_custom_id_of_the_shop_is_its_reference() {
        assertThat(
                        told(
                                "PAYMENT.CAPTURE.COMPLETED",
                                resource("CAP1", "\"custom_id\": \"order-9\", " + ofOrder(""))))
                .contains("ORDER1: merchant_reference order-9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"paybeacon_run:", "paybeacon_run:a b"})
    void a_run_that_is_no_id_is_malformed(String customId) {
        assertThat(
                        told(
                                "PAYMENT.CAPTURE.COMPLETED",
                                resource("CAP1", "\"custom_id\": \"" + customId + "\"")))
                .containsExactly("malformed: bad_value: resource.custom_id: not the id of a run");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|missing_field: id",
                "{\"id\": \"WH-1\"}|missing_field: event_type",
                "{\"id\": \"WH-1\", \"event_type\": \"A.B\"}|missing_field: create_time",
                "{\"id\": \"WH 1\", \"event_type\": \"A.B\"}|bad_value: id",
                "{\"id\": \"WH-1\", \"event_type\": \"PAYMENT.CAPTURE.COMPLETED\","
                        + " \"create_time\": \"2026-11-22T12:00:00Z\"}|missing_field: resource",
                "not json|syntax"
            })
    void envelopes_that_are_none_are_malformed(String body, String told) {
        assertThat(Told.lines(map(Resources.bytes(body))))
                .singleElement()
                .asString()
                .startsWith("malformed: " + told);
    }
}
