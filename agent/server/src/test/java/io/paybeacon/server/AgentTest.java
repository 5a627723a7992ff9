package io.paybeacon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.sandbox.market.GroundTruth;
import io.paybeacon.sandbox.market.MarketOptions;
import io.paybeacon.sandbox.market.Marketplace;
import io.paybeacon.sandbox.market.PaymentTruth;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both thin lines, whole: real HTTP on loopback, the real engine, the sandbox as the gateway. */
class AgentTest {
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final String CARD =
            """
            probes:
              card:
                plan: stripe/card-capture-refund
                gateway: stripe
                every: 1s
            """;
    private static final String QUICKLY_STUCK =
            """
            payments:
              stuckAfter: {created: 2s, actionRequired: 2s, processing: 2s, authorised: 2s}
              settle: 1s
            """;

    @TempDir Path directory;
    private SandboxWorld world;

    @BeforeEach
    void open() {
        world = new SandboxWorld(directory, 7);
    }

    @AfterEach
    void close() {
        world.close();
    }

    private Agent start(String more) throws Exception {
        Agent agent =
                Agent.start(
                        SandboxWorld.read(world.writeConfig(0, more)),
                        InstantSource.system(),
                        "test");
        world.sandbox()
                .registerWebhook(
                        "http://127.0.0.1:" + agent.port() + "/in/stripe", SandboxWorld.SECRET);
        return agent;
    }

    @Test
    @DisplayName("A probe runs from create to webhook, is measured, and leaves no money behind")
    void probe() throws Exception {
        try (Agent agent = start(CARD)) {
            RunResult result = agent.runProbe(target(agent));

            assertThat(result.failure()).isNull();
            assertThat(result.steps())
                    .extracting(step -> step.step())
                    .containsExactly("create", "confirm", "capture", "refund", "webhook");
            await().atMost(WAIT)
                    .until(() ->
                            metrics(agent)
                                    .contains(
                                            "paybeacon_probe_runs_total{gateway=\"stripe\""
                                                    + ",outcome=\"passed\""
                                                    + ",probe=\"card\"} 1"));
        }
        assertThat(world.sandbox().ledger().payments())
                .hasSize(1)
                .allSatisfy(payment -> {
                    assertThat(payment.heldMinor()).isZero();
                    assertThat(payment.refundedMinor()).isEqualTo(payment.capturedMinor());
                });
    }

    @Test
    @DisplayName("A probe's own webhooks are no payments")
    void probeIsNoPayment() throws Exception {
        try (Agent agent = start(CARD)) {
            agent.runProbe(target(agent));
            await().atMost(WAIT).until(() -> world.sandbox().webhookCounts().waiting() == 0);

            assertThat(sum(metrics(agent), "paybeacon_payments_started_total")).isZero();
        }
    }

    @Test
    @DisplayName("A failing capture names step and reason, and the hold is released")
    void probeFails() throws Exception {
        world.sandbox().faults().install("payment_intents.capture:status=500");
        try (Agent agent = start(CARD)) {
            RunResult result = agent.runProbe(target(agent));

            assertThat(result.failedStep()).isEqualTo("capture");
            assertThat(result.failure()).isNotNull();
            assertThat(result.failure().reason().label()).isEqualTo("http_5xx");
            assertThat(result.cleanup().state()).isEqualTo(CleanupResult.State.CLEANED);
            await().atMost(WAIT)
                    .until(() ->
                            metrics(agent)
                                    .contains(
                                            "paybeacon_probe_step_failures_total{"
                                                    + "gateway=\"stripe\",probe=\"card\","
                                                    + "reason=\"http_5xx\","
                                                    + "step=\"capture\"} 1"));
        }
        assertThat(world.sandbox().ledger().holds()).isEmpty();
    }

    @Test
    @DisplayName("What the marketplace pays is what the agent shows, stuck payments included")
    void payments() throws Exception {
        try (Agent agent = start(QUICKLY_STUCK)) {
            Marketplace market =
                    world.sandbox()
                            .startMarketplace(
                                    MarketOptions.defaults()
                                            .withOrdersPerSecond(40)
                                            .withSpeed(200)
                                            .withStuckShare(0.1)
                                            .withOrdersMax(120));
            await().atMost(WAIT)
                    .until(() ->
                            market.finished() && world.sandbox().webhookCounts().waiting() == 0);
            GroundTruth truth = world.sandbox().groundTruth();
            assertThat(truth.placed()).isGreaterThanOrEqualTo(120);
            Set<String> planted =
                    truth.stuck().stream()
                            .map(PaymentTruth::paymentId)
                            .flatMap(Optional::stream)
                            .map(id -> "stripe:" + id)
                            .collect(Collectors.toSet());
            assertThat(planted).isNotEmpty();

            await().atMost(WAIT)
                    .untilAsserted(() ->
                            assertThat(stuck(agent)).containsExactlyInAnyOrderElementsOf(planted));
            for (PaymentTruth payment : truth.payments()) {
                if (payment.anomaly().isEmpty()) {
                    assertThat(status(agent, payment.paymentId().orElseThrow()))
                            .as(payment.toString())
                            .isIn(expected(payment));
                }
            }
            assertThat(sum(metrics(agent), "paybeacon_payments_started_total"))
                    .isEqualTo(truth.payments().size());
        }
    }

    @Test
    @DisplayName("A restart keeps payments, findings and counters, and told again they stay")
    void restart() throws Exception {
        String intent;
        String before;
        try (Agent agent = start(QUICKLY_STUCK)) {
            intent = pay("order-1");
            await().atMost(WAIT).until(() -> status(agent, intent).equals("captured"));
            await().atMost(WAIT).until(() -> world.sandbox().webhookCounts().waiting() == 0);
            before = payments(metrics(agent));
        }
        try (Agent agent = start("")) {
            assertThat(status(agent, intent)).isEqualTo("captured");
            assertThat(payments(metrics(agent))).isEqualTo(before);
        }
    }

    @Test
    @DisplayName("A second agent on the same data is refused with a sentence")
    void twoAgents() throws Exception {
        try (Agent agent = start("")) {
            assertThat(agent.port()).isPositive();
            assertThatThrownBy(() -> start(""))
                    .isInstanceOf(AgentException.class)
                    .hasMessageContaining("data");
        }
    }

    private io.paybeacon.probe.run.ProbeTarget target(Agent agent) {
        return agent.config().probes().getFirst();
    }

    private String pay(String order) throws Exception {
        return new JsonObject(
                        world.charge(
                                "/v1/payment_intents",
                                "amount=1250&currency=zar&payment_method=pm_card_visa&confirm=true"
                                        + "&metadata[order_id]="
                                        + order))
                .getString("id");
    }

    private static Set<String> expected(PaymentTruth payment) {
        return switch (payment.actual().orElseThrow()) {
            case CAPTURED, PARTIALLY_REFUNDED, REFUNDED, CAPTURE_UNDONE ->
                    Set.of("captured", "partially_captured");
            case DECLINED -> Set.of("failed");
            case CANCELLED -> Set.of("cancelled", "expired");
            case AUTHORISED -> Set.of("authorised");
            case ACTION_REQUIRED -> Set.of("action_required");
            case PROCESSING -> Set.of("processing");
            case CREATED -> Set.of("created");
        };
    }

    private String metrics(Agent agent) throws Exception {
        return world.get(agent.port(), "/metrics").body();
    }

    private String status(Agent agent, String intent) throws Exception {
        var answer = world.get(agent.port(), "/api/v1/payments/stripe:" + intent);
        return answer.statusCode() == 200
                ? new JsonObject(answer.body()).getString("status")
                : "unknown to the agent";
    }

    private Set<String> stuck(Agent agent) throws Exception {
        JsonArray findings =
                new JsonObject(
                                world.get(
                                                agent.port(),
                                                "/api/v1/findings?kind=stuck_payment&state=open"
                                                        + "&limit=500")
                                        .body())
                        .getJsonArray("findings");
        return findings.stream()
                .map(finding -> ((JsonObject) finding).getString("subject"))
                .collect(Collectors.toSet());
    }

    /** The lines of what is counted of payments. */
    private static String payments(String metrics) {
        return metrics.lines()
                .filter(line -> line.startsWith("paybeacon_payment"))
                .sorted()
                .collect(Collectors.joining("\n"));
    }

    private static double sum(String metrics, String name) {
        return metrics.lines()
                .filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }
}
