package io.paybeacon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.market.MarketOptions;
import io.paybeacon.sandbox.market.Marketplace;
import io.paybeacon.sandbox.market.generate.Mix;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What befalls payments, and the webhooks that tell of it, gateway by gateway. */
class AftermathTest {
    private static final Aftermath OPENED =
            new Aftermath.DisputeOpened("product_not_received", 9 * 86_400_000L);
    private static final Aftermath OF_FRAUD =
            new Aftermath.DisputeOpened("fraudulent", 9 * 86_400_000L);
    private static final Aftermath LOST = new Aftermath.DisputeClosed(false);
    private static final Aftermath WON = new Aftermath.DisputeClosed(true);
    private static final Aftermath WARNED = new Aftermath.FraudWarned();
    private static final Aftermath PAID = new Aftermath.PaidOut(1_000, "USD", false);
    private static final Aftermath PAYOUT_FAILED = new Aftermath.PaidOut(1_000, "USD", true);
    private static final Aftermath SHARED = new Aftermath.Transferred("vendor_1", 100);
    private static final Aftermath UNDONE = new Aftermath.CaptureUndone();
    private static final Aftermath NO_REFUND = new Aftermath.RefundFailed();

    private static Arguments tells(GatewayKind kind, List<Aftermath> what, String... types) {
        return Arguments.of(kind, what, List.of(types));
    }

    static Stream<Arguments> stories() {
        return Stream.of(ofStripe(), ofAdyen(), ofPayPal(), ofCard()).flatMap(part -> part);
    }

    private static Stream<Arguments> ofStripe() {
        return Stream.of(
                tells(
                        GatewayKind.STRIPE,
                        List.of(OPENED, WON),
                        "charge.dispute.created",
                        "charge.dispute.funds_withdrawn",
                        "charge.dispute.updated",
                        "charge.dispute.funds_reinstated",
                        "charge.dispute.closed"),
                tells(GatewayKind.STRIPE, List.of(WARNED), "radar.early_fraud_warning.created"),
                tells(
                        GatewayKind.STRIPE,
                        List.of(NO_REFUND),
                        "refund.updated",
                        "refund.failed",
                        "charge.refund.updated"),
                tells(GatewayKind.STRIPE, List.of(SHARED), "transfer.created"),
                tells(
                        GatewayKind.STRIPE,
                        List.of(PAID, PAYOUT_FAILED),
                        "payout.created",
                        "payout.paid",
                        "payout.reconciliation_completed",
                        "payout.created",
                        "payout.failed"));
    }

    private static Stream<Arguments> ofAdyen() {
        return Stream.of(
                tells(
                        GatewayKind.ADYEN,
                        List.of(OPENED, LOST),
                        "REQUEST_FOR_INFORMATION",
                        "NOTIFICATION_OF_CHARGEBACK",
                        "CHARGEBACK",
                        "INFORMATION_SUPPLIED",
                        "CHARGEBACK_REVERSED",
                        "SECOND_CHARGEBACK"),
                tells(
                        GatewayKind.ADYEN,
                        List.of(WARNED, OF_FRAUD, WON),
                        "NOTIFICATION_OF_FRAUD",
                        "NOTIFICATION_OF_CHARGEBACK",
                        "CHARGEBACK",
                        "INFORMATION_SUPPLIED",
                        "CHARGEBACK_REVERSED"),
                tells(GatewayKind.ADYEN, List.of(NO_REFUND), "REFUND_FAILED"),
                tells(GatewayKind.ADYEN, List.of(UNDONE), "CAPTURE_FAILED"),
                tells(GatewayKind.ADYEN, List.of(SHARED), "PAYOUT_THIRDPARTY"),
                tells(
                        GatewayKind.ADYEN,
                        List.of(PAYOUT_FAILED),
                        "REPORT_AVAILABLE",
                        "PAIDOUT_REVERSED"));
    }

    private static Stream<Arguments> ofPayPal() {
        return Stream.of(
                tells(
                        GatewayKind.PAYPAL,
                        List.of(WARNED, OPENED, LOST),
                        "RISK.DISPUTE.CREATED",
                        "CUSTOMER.DISPUTE.CREATED",
                        "CUSTOMER.DISPUTE.UPDATED",
                        "CUSTOMER.DISPUTE.RESOLVED"),
                tells(GatewayKind.PAYPAL, List.of(UNDONE), "PAYMENT.CAPTURE.REVERSED"),
                tells(GatewayKind.PAYPAL, List.of(NO_REFUND), "PAYMENT.REFUND.FAILED"),
                tells(GatewayKind.PAYPAL, List.of(SHARED), "PAYMENT.PAYOUTS-ITEM.SUCCEEDED"),
                tells(
                        GatewayKind.PAYPAL,
                        List.of(PAID, PAYOUT_FAILED),
                        "PAYMENT.PAYOUTSBATCH.SUCCESS",
                        "PAYMENT.PAYOUTSBATCH.DENIED"));
    }

    private static Stream<Arguments> ofCard() {
        return Stream.of(
                tells(
                        GatewayKind.CARD,
                        List.of(WARNED, OPENED, WON),
                        "fraud.warned",
                        "dispute.reported",
                        "dispute.reported"),
                tells(GatewayKind.CARD, List.of(UNDONE), "capture.reversed"),
                tells(GatewayKind.CARD, List.of(NO_REFUND), "refund.failed"),
                tells(GatewayKind.CARD, List.of(SHARED), "transfer.created"),
                tells(
                        GatewayKind.CARD,
                        List.of(PAID, PAYOUT_FAILED),
                        "payout.reported",
                        "payout.reported",
                        "payout.reported",
                        "payout.reported"));
    }

    @ParameterizedTest
    @MethodSource("stories")
    @DisplayName("Each is told in the gateway's words, and the books follow")
    void aftermath_isTold(GatewayKind kind, List<Aftermath> what, List<String> types)
            throws IOException {
        boolean refunded = what.contains(NO_REFUND);
        SandboxOptions options =
                SandboxOptions.defaults()
                        .withWebhookDelay(Duration.ZERO)
                        .withGateways(Set.of(kind));
        try (Sandbox sandbox = Sandbox.start(options)) {
            String payment = payment(sandbox, kind, refunded);
            try (WebhookReceiver receiver = WebhookReceiver.answering(() -> 200)) {
                SandboxGateway gateway = sandbox.gateway(kind);
                gateway.registerWebhook(receiver.url(), "0123456789ABCDEF".repeat(4));
                LedgerEntry before = entry(gateway, payment);
                for (Aftermath one : what) {
                    assertThat(gateway.fake().befall(payment, one)).isEmpty();
                }
                await().atMost(Duration.ofSeconds(10))
                        .until(() -> receiver.deliveries().size() >= types.size());
                assertThat(receiver.deliveries().stream().map(d -> type(kind, d)))
                        .containsExactlyInAnyOrderElementsOf(types);
                LedgerEntry after = entry(gateway, payment);
                assertThat(after.refundedMinor()).isEqualTo(refunded ? 0 : before.refundedMinor());
                assertThat(after.capturedMinor())
                        .isEqualTo(what.contains(UNDONE) ? 0 : before.capturedMinor());
            }
        }
    }

    /** A payment whose money was taken, and given back if a refund is to fail. */
    private static String payment(Sandbox sandbox, GatewayKind kind, boolean refunded) {
        Mix plain = new Mix(0, 0, 0, 0, 0, 0, 1_000, 0, 0, refunded ? 1_000 : 0, 0, 0, 0);
        Marketplace market =
                sandbox.startMarketplace(
                        kind,
                        MarketOptions.defaults()
                                .withOrdersPerSecond(100)
                                .withSpeed(10_000)
                                .withMix(plain)
                                .withOrdersMax(1));
        await().atMost(Duration.ofSeconds(10)).until(market::finished);
        return sandbox.groundTruth(kind).payments().getFirst().paymentId().orElseThrow();
    }

    private static LedgerEntry entry(SandboxGateway gateway, String payment) {
        return gateway.ledger().payments().stream()
                .filter(e -> e.paymentId().equals(payment))
                .findFirst()
                .orElseThrow();
    }

    private static String type(GatewayKind kind, WebhookReceiver.Delivery delivery) {
        JsonObject body = delivery.event();
        return switch (kind) {
            case STRIPE, CARD -> body.getString("type");
            case PAYPAL -> body.getString("event_type");
            case ADYEN -> {
                JsonObject item =
                        body.getJsonArray("notificationItems")
                                .getJsonObject(0)
                                .getJsonObject("NotificationRequestItem");
                assertThat(item.getValue("success")).isEqualTo("true");
                yield item.getString("eventCode");
            }
        };
    }

    @Test
    void impossible_isRefusedWithAReason() {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            for (SandboxGateway gateway : sandbox.gateways()) {
                for (Aftermath one : List.of(OPENED, LOST, UNDONE, NO_REFUND, WARNED)) {
                    assertThat(gateway.fake().befall("nobody", one)).isPresent();
                }
            }
        }
    }

    @Test
    void json_isReadBack() {
        for (Aftermath one : List.of(OPENED, LOST, UNDONE, NO_REFUND, WARNED, PAID, SHARED)) {
            assertThat(Aftermath.of(one.toJson())).isEqualTo(one);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | must be a text",
                "{`what`: `rain`} | must be one of fraud_warned",
                "{`what`: `dispute_opened`, `reason`: `mood`} | must be one of",
                "{`what`: `dispute_closed`, `won`: 1} | must be true or false",
                "{`what`: `transferred`, `vendor`: `v`, `amount`: 0} | above 0",
            })
    void badJson_isRefused(String json, String said) {
        assertThatThrownBy(() -> Aftermath.of(new JsonObject(json.replace('`', '"'))))
                .hasMessageContaining(said);
    }

    @Test
    void controlRoute_letsItBefall() throws IOException {
        try (Sandbox sandbox = Sandbox.start(SandboxOptions.defaults())) {
            String payment = payment(sandbox, GatewayKind.STRIPE, false);
            StripeClient client = new StripeClient(sandbox);
            JsonObject body = OPENED.toJson().put("payment", payment);
            assertThat(client.postJson("/_sandbox/aftermath", body.encode()).status())
                    .isEqualTo(200);
            assertThat(client.postJson("/_sandbox/aftermath", "{}").status()).isEqualTo(400);
        }
    }
}
