package io.paybeacon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.market.GroundTruth;
import io.paybeacon.sandbox.market.MarketOptions;
import io.paybeacon.sandbox.market.Marketplace;
import io.paybeacon.sandbox.market.PaymentTruth;
import io.paybeacon.sandbox.market.generate.DeclineReason;
import io.paybeacon.sandbox.market.generate.Incident;
import io.paybeacon.sandbox.market.generate.IncidentKind;
import io.paybeacon.sandbox.market.generate.Mix;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlannedIncidentTest {
    private static final FaultRouting ROUTING = new FaultRouting(EnumSet.allOf(GatewayKind.class));

    /** Orders that are paid at once, and nothing else. */
    private static final MarketOptions PLAIN =
            MarketOptions.defaults()
                    .withOrdersPerSecond(60)
                    .withSpeed(500)
                    .withMix(new Mix(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0))
                    .withOrdersMax(40);

    @Test
    void text_isReadWithAllItsOptions() {
        PlannedIncident read =
                PlannedIncident.parse(
                        "stripe/issuer_declines,share=0.8,network=mastercard,issuer=za_bank_1"
                                + ",start=30s,for=2m");
        assertThat(read.gateway()).isEqualTo(GatewayKind.STRIPE);
        assertThat(read.incident())
                .isEqualTo(
                        new Incident(
                                IncidentKind.ISSUER_DECLINES,
                                "stripe",
                                30_000,
                                150_000,
                                800,
                                Optional.of("mastercard"),
                                Optional.of("za_bank_1"),
                                Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(IncidentKind.class)
    void everyKind_isCarriedOutByTheGatewayOrByTheMarket(IncidentKind kind) {
        for (GatewayKind gateway : GatewayKind.values()) {
            PlannedIncident incident =
                    PlannedIncident.parse(
                            gateway.wireName() + "/" + kind.label() + ",share=0.5,for=10s");
            assertThat(incident.fault().isPresent()).isEqualTo(kind.ofGateway());
            incident.fault()
                    .ifPresent(fault -> assertThat(ROUTING.read(fault)).containsOnlyKeys(gateway));
            assertThat(kind.signal()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "stripe/outage | has no end",
                "outage,for=1m | names no gateway; known: stripe, paypal, adyen, card",
                "stripe/meteor,for=1m | names no kind; known: outage, slow",
                "stripe/outage,for=1m,share=2 | write a number from 0.001 to 1",
                "stripe/outage,for=1m,color=red | unknown option 'color'",
                "stripe/outage,for=1m,for=2m | one twice",
                "stripe/outage,for=1m,country=ZA | leave network, issuer and country out",
                "stripe/outage,for=1parsec | 1parsec",
            })
    void mistakes_areToldWithTheShape(String text, String said) {
        assertThatThrownBy(() -> PlannedIncident.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(said);
    }

    @Test
    void schedule_hasIncidentsBesideFaults() {
        FaultSchedule schedule =
                FaultScheduleReader.read(
                        "s.yaml",
                        """
                        - at: 10s
                          for: 20s
                          incident: adyen/webhook_silence
                        - at: 5s
                          fault: card/authorizations.create:status=500
                        """,
                        ROUTING);
        assertThat(schedule.entries()).hasSize(1);
        assertThat(schedule.incidents()).hasSize(1);
        assertThat(schedule.incidents().getFirst().incident())
                .isEqualTo(Incident.of(IncidentKind.WEBHOOK_SILENCE, "adyen", 10_000, 30_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "- at: 1s\n  incident: adyen/outage\n",
                "- at: 1s\n  for: 2s\n  incident: adyen/none\n",
                "- at: 1s\n  for: 2s\n  incident: adyen/outage\n  fault: 'adyen/*:status=500'\n",
            })
    void schedule_withMistakes_namesTheLine(String text) {
        assertThatThrownBy(() -> FaultScheduleReader.read("s.yaml", text, ROUTING))
                .hasMessageStartingWith("s.yaml:");
    }

    @Test
    @DisplayName("Silence, then a flush: what is held comes when the incident is over")
    void webhookSilence_isFollowedByAFlush() throws IOException {
        SandboxOptions options =
                SandboxOptions.defaults()
                        .withWebhookDelay(Duration.ofMillis(1))
                        .withGateways(Set.of(GatewayKind.CARD));
        try (Sandbox sandbox = Sandbox.start(options);
                WebhookReceiver receiver = WebhookReceiver.answering(() -> 200)) {
            SandboxGateway card = sandbox.gateway(GatewayKind.CARD);
            card.registerWebhook(receiver.url(), "ABCD".repeat(16));
            sandbox.startIncidents(List.of(PlannedIncident.parse("card/webhook_silence,for=4s")));
            Marketplace market = sandbox.startMarketplace(GatewayKind.CARD, PLAIN);
            await().atMost(Duration.ofSeconds(30)).until(market::finished);
            assertThat(card.webhookCounts().events()).isGreaterThanOrEqualTo(80);
            assertThat(receiver.deliveries()).isEmpty();
            await().atMost(Duration.ofSeconds(30)).until(() -> receiver.deliveries().size() >= 80);
            assertThat(card.webhookCounts().lost()).isZero();
        }
    }

    @Test
    void marketsIncidents_changeWhatIsPlanned_andTheTruthTellsOfThem() throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults().withSeed(4))) {
            List<PlannedIncident> incidents =
                    List.of(
                            PlannedIncident.parse("stripe/issuer_declines,for=1h"),
                            PlannedIncident.parse("card/card_testing,for=1h"));
            sandbox.startIncidents(incidents);
            MarketOptions options =
                    PLAIN.withIncidents(incidents.stream().map(PlannedIncident::incident).toList());
            Marketplace stripe = sandbox.startMarketplace(GatewayKind.STRIPE, options);
            Marketplace card = sandbox.startMarketplace(GatewayKind.CARD, options);
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> stripe.finished() && card.finished());
            assertThat(sandbox.groundTruth().payments())
                    .hasSize(40)
                    .allMatch(p -> p.cause().equals(Optional.of(DeclineReason.DO_NOT_HONOR)))
                    .allMatch(p -> p.actual().equals(Optional.of(p.planned())));
            GroundTruth tested = sandbox.groundTruth(GatewayKind.CARD);
            assertThat(tested.payments())
                    .filteredOn(p -> p.cause().isPresent())
                    .hasSizeGreaterThan(20)
                    .allMatch(p -> p.step() == PaymentTruth.Step.DONE);
            JsonObject dump = new StripeClient(sandbox).get("/_sandbox/ground-truth").body();
            assertThat(dump.getJsonArray("incidents")).hasSize(1);
            assertThat(dump.getJsonArray("incidents").getJsonObject(0).getString("signal"))
                    .isEqualTo("slice_success_rate");
        }
    }
}
