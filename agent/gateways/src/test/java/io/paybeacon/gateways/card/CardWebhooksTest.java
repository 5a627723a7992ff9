package io.paybeacon.gateways.card;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.Origin;
import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.Verified.Accepted;
import io.paybeacon.gateways.Verified.Reason;
import io.paybeacon.gateways.Verified.Refused;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.message.MappingsDocument;
import io.paybeacon.gateways.message.ScenarioFile;
import io.paybeacon.gateways.message.ScenarioFile.Scenario;
import io.paybeacon.gateways.message.Told;
import io.paybeacon.gateways.message.WebhookFuzz;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CardWebhooksTest {
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T12:00:00Z");
    private static final long T = 1_795_348_800L;

    /** Python: hmac.new(b'card_made_up', b'1795348800.{}', hashlib.sha256).hexdigest(). */
    private static final String VECTOR =
            "a7f6c551ec3e523bd7b2da69a877df7b5fda57cfce8b582cc199cb65cfccba2b";

    private static final String AUTHORIZATION =
            """
            {"id": "auth_1", "object": "authorization", "status": "approved",
             "responseCode": "%s", "amount": {"value": 1099, "currency": "EUR"},
             "reference": "order-7", "networkReference": "planted text",
             "card": {"network": "visa", "country": "DE", "lastFour": "1111"}, "metadata": {}}
            """;

    static List<Scenario> scenarios() throws IOException {
        return ScenarioFile.of(CardWebhooksTest.class);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void event_tells(Scenario scenario) {
        assertThat(told(scenario.kind().getFirst(), scenario.json()))
                .containsExactlyElementsOf(scenario.told());
    }

    @Test
    void a_check_of_a_card_moves_no_money() {
        assertThat(told("authorization.approved", AUTHORIZATION.replace("1099", "0")))
                .containsExactly("skipped: nothing_new");
    }

    @ParameterizedTest
    @CsvSource({
        "05, do_not_honor",
        "54, expired_card",
        "14, invalid_number",
        "1A, authentication_required",
        "55, authentication_failed",
        "N7, invalid_cvc",
        "59, suspected_fraud",
        "43, lost_or_stolen",
        "R1, revoked",
        "46, account_closed",
        "91, issuer_unavailable",
        "96, processor_error",
        "68, issuer_unavailable",
        "N0, issuer_unavailable",
        "13, invalid_amount",
        "94, duplicate",
        "63, compliance",
        "75, pin_blocked",
        "ZZ, unknown"
    })
    void declines(String code, String cause) {
        assertThat(told("authorization.declined", AUTHORIZATION.formatted(code)))
                .contains("auth_1: auth_1 declined, %s: %s".formatted(cause, code));
    }

    @Test
    void a_code_that_is_written_unlike_one_is_not_kept() {
        assertThat(told("authorization.declined", AUTHORIZATION.formatted("4111111111111111")))
                .contains("auth_1: auth_1 declined, unknown: unrecognised");
    }

    @Test
    @DisplayName("A payment of a probe's own is no payment of the shop, whatever is told of it")
    void probes() {
        for (String type : List.of("authorization.approved", "refund.completed", "something.new")) {
            assertThat(told(type, "{\"metadata\": {\"paybeacon_run\": \"r1\", \"x\": \"y\"}}"))
                    .containsExactly("probe r1 saw " + type);
        }
        assertThat(told("capture.completed", "{\"metadata\": {\"paybeacon_run\": 7}}"))
                .containsExactly(
                        "malformed: bad_value: data.metadata.paybeacon_run: not the id of a run");
    }

    @ParameterizedTest
    @CsvSource({
        "'\"2026-11-22T11:30:00.5Z\"', 2026-11-22T11:30:00.500Z",
        "1795346200, 2026-11-22T11:16:40Z"
    })
    void the_time_is_a_text_or_a_number(String created, Instant at) {
        assertThat(map(event("something.new", created, "{}")))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.origin()).isEqualTo(new Origin("card-eu", "evt_1", at)));
    }

    @Test
    @DisplayName("Signed as Stripe signs, under another header")
    void signatures() {
        assertThat(VECTOR).hasSize(64);
        String right = "t=" + T + ",v1=" + VECTOR;
        assertThat(verify(Map.of("X-Signature", right), "{}", T)).isEqualTo(new Accepted());
        assertThat(verify(Map.of("x-signature", right), "{}", T)).isEqualTo(new Accepted());
        assertThat(verify(Map.of("X-Signature", right), "{ }", T))
                .isEqualTo(new Refused(Reason.WRONG));
        assertThat(verify(Map.of("X-Signature", right), "{}", T + 301))
                .isEqualTo(new Refused(Reason.STALE));
        assertThat(verify(Map.of("Stripe-Signature", right), "{}", T))
                .isEqualTo(new Refused(Reason.MISSING));
        assertThat(verify(Map.of("X-Signature", VECTOR), "{}", T))
                .isEqualTo(new Refused(Reason.MALFORMED));
    }

    @Test
    void the_document_says_what_the_code_does() throws IOException {
        MappingsDocument document = new MappingsDocument("card");
        assertThat(document.rows("## Types that are mapped").keySet())
                .isEqualTo(CardEventType.byName().keySet());
        document.namesAll(CardWebhooks.WANTED);
    }

    @Test
    void whatever_comes_is_mapped() throws IOException {
        List<byte[]> payloads = new ArrayList<>();
        for (Scenario scenario : scenarios()) {
            payloads.add(
                    event(scenario.kind().getFirst(), "\"2026-11-22T11:30:00Z\"", scenario.json()));
        }
        List<String> words = List.of("EUR", "visa", "DE", "00", "", "auth_1", "true");
        WebhookFuzz.damage(new CardWebhooks("card-eu"), payloads, words, 15_000, 20_261_124);
    }

    private static Verified verify(Map<String, String> headers, String body, long now) {
        return new CardWebhooks("card-eu")
                .verify(
                        WebhookHeaders.of(headers),
                        body.getBytes(StandardCharsets.UTF_8),
                        List.of(new WebhookSecret("card_made_up")),
                        Instant.ofEpochSecond(now));
    }

    private static List<String> told(String type, String data) {
        return Told.lines(map(event(type, "\"2026-11-22T11:30:00Z\"", data)));
    }

    private static List<Event> map(byte[] body) {
        return new CardWebhooks("card-eu").map(body, RECEIVED_AT);
    }

    private static byte[] event(String type, String created, String data) {
        return "{\"id\": \"evt_1\", \"type\": \"%s\", \"created\": %s, \"data\": %s}"
                .formatted(type, created, data)
                .getBytes(StandardCharsets.UTF_8);
    }
}
