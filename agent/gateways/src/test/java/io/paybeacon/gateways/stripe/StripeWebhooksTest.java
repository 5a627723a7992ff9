package io.paybeacon.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.message.Told;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class StripeWebhooksTest {
    private static final String REFUND =
            "{\"id\": \"re_1\", \"object\": \"refund\", \"amount\": 1, \"currency\": \"usd\","
                    + " \"status\": \"pending\", \"payment_intent\": \"pi_1\"%s}";

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of(
                        "payment_intent.succeeded",
                        """
                        pi_A1: ch_A1 captured
                        pi_A1: requests 10.99 EUR
                        pi_A1: ch_A1 holds 10.99 EUR
                        pi_A1: ch_A1 collects 10.99 EUR
                        pi_A1: merchant_reference order-2026-17
                        pi_A1: customer cus_A1
                        pi_A1: merchant_account acct_A1connected
                        ch_A1 belongs to pi_A1\
                        """),
                Arguments.of(
                        "payment_intent.payment_failed",
                        """
                        pi_B1: ch_B1 failed
                        pi_B1: ch_B1 declined, insufficient_funds: insufficient_funds
                        pi_B1: requests 500 JPY
                        pi_B1: method card
                        pi_B1: network visa
                        pi_B1: issuer_country JP
                        ch_B1 belongs to pi_B1\
                        """),
                Arguments.of(
                        "charge.refunded",
                        """
                        pi_C1: ch_C1 captured
                        pi_C1: ch_C1 holds 100.00 USD
                        pi_C1: ch_C1 collects 60.00 USD
                        pi_C1: re_C2 refunds 10.00 USD, succeeded
                        pi_C1: merchant_reference A-77
                        pi_C1: method card
                        pi_C1: network mastercard
                        pi_C1: issuer_country GB
                        ch_C1 belongs to pi_C1
                        re_C2 belongs to pi_C1\
                        """),
                Arguments.of(
                        "refund.failed",
                        """
                        pi_D1: re_D1 refunds 1.234 KWD, failed
                        re_D1 belongs to pi_D1
                        ch_D1 belongs to pi_D1\
                        """),
                Arguments.of(
                        "charge.dispute.created",
                        """
                        pi_A1: dispute du_E1 needs_response
                        dispute du_E1 of ch_A1 needs_response, 10.99 EUR, fraudulent, , until \
                        2026-11-30T00:53:20Z
                        ch_A1 belongs to pi_A1
                        du_E1 belongs to pi_A1\
                        """));
    }

    @ParameterizedTest
    @MethodSource("files")
    @DisplayName("A payload in full tells its facts, and none of its texts")
    void a_payload_in_full(String file, String told) {
        List<Event> events = Payloads.map(Payloads.file(file));

        assertThat(Told.lines(events)).containsExactlyElementsOf(told.lines().toList());
        assertThat(events.toString())
                .doesNotContainIgnoringCase("planted")
                .doesNotContain("4242", "9995", "secret");
    }

    @Test
    void every_event_of_a_message_has_its_origin() {
        Origin origin =
                new Origin("stripe-eu", "evt_C1refunded", Instant.ofEpochSecond(1_795_341_700L));

        assertThat(Payloads.map(Payloads.file("charge.refunded")))
                .hasSize(3)
                .extracting(Event::origin)
                .containsOnly(origin);
    }

    @ParameterizedTest
    @CsvSource({
        "topup.succeeded, unsupported",
        "reserve.hold.created, unsupported",
        "balance.available, nothing_new",
        "review.opened, nothing_new",
        "application_fee.refund.updated, nothing_new",
        "reporting.report_run.failed, not_relevant",
        "account.updated, not_relevant",
        "mandate.updated, not_relevant",
        "checkout.session.completed, nothing_new",
        "invoice.paid, nothing_new",
        "customer.subscription.trial_will_end, not_relevant",
        "issuing_dispute.funds_rescinded, not_relevant",
        "charge.teleported, unknown_type",
        "payment_intent.split, unknown_type",
        "payouts.paid, unknown_type",
        "nonsense, unknown_type",
        "., unknown_type",
    })
    void a_type_that_is_not_mapped_is_skipped(String type, String reason) {
        assertThat(Payloads.told(type, "{}")).containsExactly("skipped: " + reason);
    }

    @Test
    @DisplayName("Events of the second generation are skipped, though they carry no object")
    void second_generation() {
        byte[] body =
                Payloads.bytes(
                        "{\"id\":\"evt_second_generation\","
                                + "\"object\":\"v2.core.event\",\"type\":\"v2.core.x.closed\","
                                + "\"created\":\"2024-09-17T06:20:52.246Z\"}");

        assertThat(Told.lines(Payloads.map(body))).containsExactly("skipped: unknown_type");
        assertThat(Payloads.map(body).getFirst().origin().occurredAt())
                .isEqualTo("2024-09-17T06:20:52.246Z");
    }

    @ParameterizedTest
    @CsvSource({"payment_intent.succeeded", "charge.captured", "refund.created", "setup_intent.x"})
    @DisplayName("A message about an object of a probe is seen by the probe and nobody else")
    void probes(String type) {
        String run = "4bf92f35-77b3.4d:a6_a3";
        String object =
                "{\"id\": \"x_1\", \"metadata\": {\"order_id\": \"o\", \"paybeacon_run\": \"%s\"}}"
                        .formatted(run);

        assertThat(Payloads.map(Payloads.event(type, object)))
                .containsExactly(
                        new WebhookSeen(
                                new Origin(
                                        "stripe-eu",
                                        "evt_1",
                                        Instant.ofEpochSecond(Payloads.CREATED_SECONDS)),
                                run,
                                type));
    }

    @ParameterizedTest
    @CsvSource({"''", "7", "null", "{}", "\"a b\"", "\"\""})
    void a_run_that_is_none_is_malformed(String run) {
        String metadata = "{\"paybeacon_run\": %s}".formatted(run.isEmpty() ? "[]" : run);

        assertThat(Payloads.told("refund.created", REFUND.formatted(", \"metadata\":" + metadata)))
                .containsExactly(
                        "malformed: bad_value: data.object.metadata.paybeacon_run: not the id of"
                                + " a run");
    }

    static Stream<Arguments> malformed() {
        String longId = "re_" + "x".repeat(Limits.ID_CHARS_MAX);
        return Stream.of(
                Arguments.of("[]", "missing_field: data.object: missing"),
                Arguments.of("null", "missing_field: data.object: missing"),
                Arguments.of("{}", "missing_field: data.object.id: missing"),
                Arguments.of("{\"id\": null}", "missing_field: data.object.id: missing"),
                Arguments.of("{\"id\": 7}", "bad_value: data.object.id: not an id"),
                Arguments.of("{\"id\": \"\"}", "bad_value: data.object.id: not an id"),
                Arguments.of("{\"id\": \"4242\"}", "bad_value: data.object.id: not an id"),
                Arguments.of("{\"id\": \"re 1\"}", "bad_value: data.object.id: not an id"),
                Arguments.of("{\"id\": \"re:1\"}", "bad_value: data.object.id: not an id"),
                Arguments.of(
                        "{\"id\": \"" + longId + "\"}", "bad_value: data.object.id: not an id"),
                Arguments.of(
                        "{\"id\": \"x\", \"object\": \"payout\"}",
                        "bad_value: data.object.object: not a kind of object that this type of"
                                + " event is about"),
                Arguments.of(
                        "{\"id\": \"re_1\", \"charge\": {\"id\": 5}}",
                        "bad_value: data.object.charge: not an id"),
                Arguments.of(
                        "{\"id\": \"re_1\", \"charge\": \"ch_1\"}",
                        "missing_field: data.object.amount: missing"),
                Arguments.of(
                        "{\"id\": \"re_1\", \"charge\": \"ch_1\", \"amount\": 1}",
                        "missing_field: data.object.currency: missing"),
                Arguments.of(
                        money("1.5", "usd"), "bad_value: data.object.amount: not a whole number"),
                Arguments.of(
                        money("\"1\"", "usd"), "bad_value: data.object.amount: not a whole number"),
                Arguments.of(
                        money("99999999999999999999", "usd"),
                        "bad_value: data.object.amount: not a whole number"),
                Arguments.of(
                        money("9223372036854775807", "usd"),
                        "bad_value: data.object.amount: an amount below zero or beyond the limit"),
                Arguments.of(
                        money("-1", "usd"),
                        "bad_value: data.object.amount: an amount below zero or beyond the limit"),
                Arguments.of(
                        money("1", "usdc"),
                        "bad_value: data.object.amount: the currency is none of ISO 4217"),
                Arguments.of(
                        money("150", "isk"),
                        "bad_value: data.object.amount: a fraction of a currency that has none"));
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void an_object_unlike_those_of_stripe_is_malformed(String object, String malformed) {
        assertThat(Payloads.told("refund.created", object))
                .containsExactly("malformed: " + malformed);
    }

    @ParameterizedTest
    @CsvSource({
        "isk, 15000, 150 ISK",
        "ugx, 500, 5 UGX",
        "mga, 500, 500.00 MGA",
        "jpy, 500, 500 JPY",
        "bhd, 1230, 1.230 BHD",
        "Eur, 0, 0.00 EUR",
    })
    void amounts_are_in_minor_units_of_iso_4217(String currency, long amount, String money) {
        assertThat(
                        Told.lines(
                                Payloads.map(
                                        Payloads.event(
                                                "refund.created",
                                                money(Long.toString(amount), currency)))))
                .contains("payment of ch_1: re_1 refunds " + money + ", pending");
    }

    @Test
    @DisplayName("What only describes a payment is left out when it is odd, and that is counted")
    void odd_descriptions() {
        String charge =
                """
                {"id": "ch_1", "amount": 5, "currency": "usd", "status": "pending",
                 "payment_intent": "pi_1", "metadata": {"order_id": "a\\u0000b", "order": "c"},
                 "payment_method_details": {"type": "card",
                   "card": {"network": "VISA 4242", "country": 49}}}\
                """;

        assertThat(Payloads.told("charge.pending", charge))
                .containsExactly(
                        "pi_1: ch_1 processing",
                        "pi_1: merchant_reference c",
                        "pi_1: method card",
                        "ch_1 belongs to pi_1",
                        "malformed: bad_value: data.object.metadata.order_id: not as documented;"
                                + " left out, the rest holds");
    }

    @ParameterizedTest
    @CsvSource({
        "id, missing_field: id: missing",
        "type, missing_field: type: missing",
        "created, missing_field: created: missing",
        "data, missing_field: data.object: missing",
    })
    void a_missing_field_of_the_envelope_is_named(String field, String malformed) {
        String body = new String(Payloads.event("refund.created", "{}"), StandardCharsets.UTF_8);
        byte[] without = Payloads.bytes(body.replace("\"" + field + "\":", "\"other\":"));

        assertThat(Told.lines(Payloads.map(without))).containsExactly("malformed: " + malformed);
    }

    @Test
    void what_could_be_read_identifies_a_malformed_message() {
        byte[] body = Payloads.event("refund.created", REFUND.formatted(""));
        byte[] cut = Arrays.copyOf(body, body.length - 20);

        assertThat(Payloads.map(cut))
                .singleElement()
                .isInstanceOfSatisfying(
                        Malformed.class,
                        malformed -> {
                            assertThat(malformed.origin().eventId()).isEqualTo("evt_1");
                            assertThat(malformed.type()).isEqualTo("refund.created");
                            assertThat(malformed.reason()).isEqualTo(MalformedReason.SYNTAX);
                            assertThat(malformed.detail()).contains("line 1, column");
                        });
    }

    @Test
    @DisplayName("A message without id, type and time is known by its bytes, whenever it comes")
    void nothing_to_go_by() {
        byte[] body = Payloads.bytes("no JSON");
        Malformed malformed = (Malformed) Payloads.map(body).getFirst();

        assertThat(malformed.origin())
                .isEqualTo(
                        new Origin(
                                "stripe-eu",
                                "sha256:29ecbeb830e3244605e5a88493e40884"
                                        + "24a71780e5cf59bb3475f278f294335b",
                                Payloads.RECEIVED_AT));
        assertThat(malformed.type()).isEqualTo("unknown");
    }

    @Test
    void the_order_is_read_from_the_configured_fields_alone() {
        StripeWebhooks adapter = new StripeWebhooks("x", List.of("basket", "id"));
        String object =
                "{\"id\": \"pi_1\", \"amount\": 1, \"currency\": \"usd\", \"status\":"
                        + " \"canceled\", \"metadata\": {\"order_id\": \"a\", \"id\": \"b\"}}";
        byte[] body = Payloads.event("payment_intent.canceled", object);

        assertThat(Told.lines(adapter.map(body, Payloads.RECEIVED_AT)))
                .contains("pi_1: merchant_reference b")
                .doesNotContain("pi_1: merchant_reference a");
    }

    @Test
    void every_mapped_type_is_mapped() {
        for (var type : StripeEventTypes.mapped().entrySet()) {
            String object =
                    switch (type.getValue()) {
                        case PAYMENT_INTENT ->
                                "{\"id\": \"pi_1\", \"amount\": 1, \"currency\": \"usd\","
                                        + " \"status\": \"processing\"}";
                        case CHARGE ->
                                "{\"id\": \"ch_1\", \"amount\": 1, \"currency\": \"usd\","
                                        + " \"status\": \"pending\"}";
                        case REFUND -> REFUND.formatted("");
                        case DISPUTE ->
                                "{\"id\": \"du_1\", \"charge\": \"ch_1\", \"amount\": 1,"
                                        + " \"currency\": \"usd\", \"status\": \"lost\"}";
                        case FRAUD_WARNING -> "{\"id\": \"issfr_1\", \"charge\": \"ch_1\"}";
                        case PAYOUT ->
                                "{\"id\": \"po_1\", \"amount\": 1, \"currency\": \"usd\","
                                        + " \"status\": \"paid\"}";
                        case TRANSFER, APPLICATION_FEE ->
                                "{\"id\": \"x_1\", \"amount\": 1, \"currency\": \"usd\"}";
                        case REPORT_RUN -> "{\"id\": \"x_1\", \"result\": {\"id\": \"f_1\"}}";
                    };
            assertThat(Payloads.map(Payloads.event(type.getKey(), object)))
                    .as(type.getKey())
                    .isNotEmpty()
                    .noneMatch(event -> event instanceof Skipped || event instanceof Malformed);
        }
    }

    private static String money(String amount, String currency) {
        return "{\"id\": \"re_1\", \"charge\": \"ch_1\", \"amount\": %s, \"currency\": \"%s\","
                        .formatted(amount, currency)
                + " \"status\": \"pending\"}";
    }
}
