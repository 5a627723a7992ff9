package io.paybeacon.sandbox.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.StripeClient;
import io.paybeacon.sandbox.WebhookReceiver;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.market.generate.Anomaly;
import io.paybeacon.sandbox.market.generate.Mix;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class MarketplaceTest {
    private static final MarketOptions FAST =
            MarketOptions.defaults()
                    .withOrdersPerSecond(60)
                    .withSpeed(500)
                    .withStuckShare(0.2)
                    .withAnomalyShare(0)
                    .withRefundShare(0.2)
                    .withOrdersMax(120);

    /** One payment an order, some of them stuck. */
    private static final Mix WITHOUT_RETRIES =
            new Mix(200, 0, 115, 0, 150, 0, 400, 0, 40, 200, 0, 0, 0);

    /** In a form that every gateway takes; of this test alone. */
    private static final String HEX_SECRET = "0123456789ABCDEF".repeat(4);

    private static final SandboxOptions OPTIONS =
            SandboxOptions.defaults().withWebhookDelay(Duration.ofMillis(1)).withSeed(11);

    @Test
    void orders_endAsPlannedAndTheStuckOnesAreKnown() throws IOException {
        try (Sandbox sandbox = Sandbox.start(OPTIONS);
                WebhookReceiver receiver = WebhookReceiver.answering(() -> 200)) {
            sandbox.registerWebhook(receiver.url(), "whsec_test_only");
            Marketplace market = sandbox.startMarketplace(FAST);
            await().atMost(Duration.ofSeconds(40)).until(market::finished);
            await().until(() -> sandbox.webhookCounts().waiting() == 0);
            GroundTruth truth = sandbox.groundTruth();
            // Some of the declined are tried again.
            assertThat(truth.placed()).isBetween(121L, 150L);
            assertThat(truth.payments())
                    .allMatch(p -> p.step() == PaymentTruth.Step.DONE)
                    .allMatch(p -> p.actual().equals(Optional.of(p.planned())))
                    .allMatch(p -> p.paymentId().isPresent());
            assertThat(truth.stuck().stream().map(p -> p.anomaly().orElseThrow()))
                    .contains(
                            Anomaly.CHALLENGE_ABANDONED,
                            Anomaly.WEBHOOK_LOST,
                            Anomaly.GATEWAY_PENDING);
            assertThat(stuckByWebhooks(receiver)).isEqualTo(ids(truth.stuck()));
            JsonObject dump = new StripeClient(sandbox).get("/_sandbox/ground-truth").body();
            assertThat(dump.getJsonArray("payments")).hasSize((int) truth.placed());
            assertThat(dump.getInteger("stuck")).isEqualTo(truth.stuck().size());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = GatewayKind.class,
            names = {"PAYPAL", "ADYEN", "CARD"})
    @DisplayName("Orders end as planned at every gateway, and only the planted ones are never told")
    void otherGateways_ordersEndAsPlanned(GatewayKind kind) throws IOException {
        try (Sandbox sandbox = Sandbox.start(OPTIONS.withGateways(Set.of(kind)));
                WebhookReceiver receiver = WebhookReceiver.answering(() -> 200)) {
            SandboxGateway gateway = sandbox.gateway(kind);
            gateway.registerWebhook(receiver.url(), HEX_SECRET);
            Marketplace market = sandbox.startMarketplace(kind, FAST);
            await().atMost(Duration.ofSeconds(40)).until(market::finished);
            await().until(() -> gateway.webhookCounts().waiting() == 0);

            GroundTruth truth = sandbox.groundTruth(kind);
            // Some of the declined are tried again.
            assertThat(truth.placed()).isBetween(121L, 150L);
            assertThat(truth.payments())
                    .allMatch(p -> p.step() == PaymentTruth.Step.DONE)
                    .allMatch(p -> p.actual().equals(Optional.of(p.planned())))
                    .allMatch(p -> p.paymentId().isPresent());
            assertThat(truth.payments())
                    .extracting(PaymentTruth::planned)
                    .contains(
                            PaymentState.CAPTURED,
                            PaymentState.DECLINED,
                            PaymentState.REFUNDED,
                            PaymentState.PARTIALLY_REFUNDED);
            // One capture of each silent order, and nothing else, was not told.
            assertThat(gateway.webhookCounts().lost())
                    .isPositive()
                    .isEqualTo(
                            truth.stuck().stream()
                                    .filter(p -> p.anomaly().orElseThrow() == Anomaly.WEBHOOK_LOST)
                                    .count());
            assertThat(gateway.ledger().payments()).hasSize((int) truth.placed());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PAYPAL, 'orders.create:reset,when=after,count=3'",
        "PAYPAL, 'oauth2.token:status=503,count=1'",
        "ADYEN, 'payments.create:reset,when=after,count=3'",
        "CARD, 'authorizations.create:status=500,when=after,count=3'",
    })
    @DisplayName("A lost answer is asked for again under the same key, without paying twice")
    void otherGateways_lostAnswer(GatewayKind kind, String fault) {
        try (Sandbox sandbox = Sandbox.start(OPTIONS.withGateways(Set.of(kind)))) {
            sandbox.gateway(kind).faults().install(fault);
            Marketplace market =
                    sandbox.startMarketplace(kind, FAST.withMix(WITHOUT_RETRIES).withOrdersMax(10));
            await().atMost(Duration.ofSeconds(20)).until(market::finished);
            assertThat(sandbox.gateway(kind).ledger().payments()).hasSize(10);
            assertThat(sandbox.groundTruth(kind).payments())
                    .allMatch(p -> p.actual().equals(Optional.of(p.planned())));
        }
    }

    /** What an outsider must conclude from the webhooks alone: created, but never ended. */
    private static Set<String> stuckByWebhooks(WebhookReceiver receiver) {
        Set<String> ended =
                receiver.deliveries().stream()
                        .filter(d ->
                                d.type().equals("payment_intent.succeeded")
                                        || d.type().equals("payment_intent.payment_failed")
                                        || d.type().equals("payment_intent.canceled"))
                        .map(d -> d.object().getString("id"))
                        .collect(Collectors.toSet());
        return receiver.deliveries().stream()
                .filter(d -> d.type().equals("payment_intent.created"))
                .map(d -> d.object().getString("id"))
                .filter(id -> !ended.contains(id))
                .collect(Collectors.toSet());
    }

    private static Set<String> ids(List<PaymentTruth> payments) {
        return payments.stream().map(p -> p.paymentId().orElseThrow()).collect(Collectors.toSet());
    }

    @Test
    void sameSeed_givesTheSameTruth() {
        assertThat(planOf(OPTIONS)).isEqualTo(planOf(OPTIONS));
        assertThat(planOf(OPTIONS)).isNotEqualTo(planOf(OPTIONS.withSeed(12)));
    }

    private static List<String> planOf(SandboxOptions options) {
        try (Sandbox sandbox = Sandbox.start(options)) {
            Marketplace market = sandbox.startMarketplace(FAST.withOrdersMax(40));
            await().atMost(Duration.ofSeconds(40)).until(market::finished);
            return sandbox.groundTruth().payments().stream()
                    .map(p -> p.orderId() + p.amountMinor() + p.planned() + p.anomaly())
                    .toList();
        }
    }

    @Test
    void gatewayDown_leavesOrdersUnresolvedAndSaysSo() {
        try (Sandbox sandbox = Sandbox.start(OPTIONS)) {
            sandbox.faults().install("payment_intents.create:status=503");
            Marketplace market =
                    sandbox.startMarketplace(FAST.withMix(WITHOUT_RETRIES).withOrdersMax(5));
            await().atMost(Duration.ofSeconds(20)).until(market::finished);
            assertThat(sandbox.groundTruth().payments())
                    .hasSize(5)
                    .allMatch(p -> p.step() == PaymentTruth.Step.UNRESOLVED)
                    .allMatch(p -> p.actual().isEmpty());
            assertThat(sandbox.groundTruth().countsByState()).containsEntry("none", 5L);
        }
    }

    @Test
    void lostResponse_isRecoveredByTheSameKeyWithoutPayingTwice() {
        try (Sandbox sandbox = Sandbox.start(OPTIONS)) {
            sandbox.faults().install("payment_intents.create:reset,when=after,count=3");
            Marketplace market =
                    sandbox.startMarketplace(FAST.withMix(WITHOUT_RETRIES).withOrdersMax(10));
            await().atMost(Duration.ofSeconds(20)).until(market::finished);
            assertThat(sandbox.ledger().payments()).hasSize(10);
            assertThat(sandbox.groundTruth().payments())
                    .allMatch(p -> p.actual().equals(Optional.of(p.planned())));
        }
    }

    @Test
    void secondStart_isRefused() {
        try (Sandbox sandbox = Sandbox.start(OPTIONS)) {
            sandbox.startMarketplace(FAST.withOrdersMax(1));
            assertThatThrownBy(() -> sandbox.startMarketplace(FAST))
                    .isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    @DisplayName("Everything that can go wrong goes wrong at the gateways that can be wrong so")
    void anomalies_endAsPlanned() {
        MarketOptions wrong =
                FAST.withMix(new Mix(0, 700, 0, 0, 0, 0, 300, 300, 100, 100, 100, 0, 0))
                        .withAcrossGateways(true)
                        .withOrdersMax(150);
        try (Sandbox sandbox = Sandbox.start(OPTIONS)) {
            List<Marketplace> markets =
                    sandbox.gateways().stream()
                            .map(g -> sandbox.startMarketplace(g.kind(), wrong))
                            .toList();
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> markets.stream().allMatch(Marketplace::finished));
            List<PaymentTruth> all =
                    sandbox.gateways().stream()
                            .flatMap(g -> sandbox.groundTruth(g.kind()).payments().stream())
                            .toList();
            assertThat(all)
                    .allMatch(p -> p.step() == PaymentTruth.Step.DONE)
                    .allMatch(p -> p.actual().equals(Optional.of(p.planned())), "as planned");
            assertThat(all.stream().flatMap(p -> p.anomaly().stream()).distinct())
                    .containsExactlyInAnyOrder(
                            Anomaly.DUPLICATE_AT_GATEWAY,
                            Anomaly.DUPLICATE_ACROSS_GATEWAYS,
                            Anomaly.UNIT_SCALE,
                            Anomaly.ONE_UNIT_OFF,
                            Anomaly.CAPTURE_UNDONE,
                            Anomaly.REFUND_FAILED,
                            Anomaly.AUTHORISATION_EXPIRED);
            assertThat(all)
                    .filteredOn(p -> p.anomaly().equals(Optional.of(Anomaly.UNIT_SCALE)))
                    .allMatch(p -> p.amountMinor() == 100 * p.orderedMinor());
            assertThat(sandbox.gateway(GatewayKind.CARD).ledger().payments())
                    .anyMatch(p -> p.capturedMinor() > 0 && p.refundedMinor() == 0);
        }
    }
}
