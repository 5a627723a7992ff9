package io.paybeacon.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What can go wrong with a gateway, and the step and reason that a probe must name. Every reason
 * that there is has a row here, or a test elsewhere.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClassifiedFaultsTest {
    /** Reasons that need a peer which is no payment gateway, or an agent that is ill. */
    private static final Map<ProbeReason, String> ELSEWHERE =
            Map.of(
                    ProbeReason.CONNECT_TIMEOUT, "HttpProbeTest",
                    ProbeReason.PROXY, "ProxyTest",
                    ProbeReason.WRITE, "HttpFaultTest",
                    ProbeReason.GRPC_STATUS, "GrpcHealthProbeTest",
                    ProbeReason.NOT_SERVING, "GrpcHealthProbeTest",
                    ProbeReason.AGENT_FAULT, "AgentFaultTest");

    private final Map<GatewayKind, PlanWorld> worlds = new EnumMap<>(GatewayKind.class);
    private final Map<GatewayKind, RunWebhooks> webhooks = new EnumMap<>(GatewayKind.class);
    private Vertx vertx;
    private OtherPeers peers;

    @BeforeAll
    void start(@TempDir Path root) throws Exception {
        vertx = Vertx.vertx();
        peers = new OtherPeers();
        for (GatewayKind kind : GatewayKind.values()) {
            Path directory = Files.createDirectory(root.resolve(kind.name()));
            PlanWorld world = new PlanWorld(directory, kind, FaultMatrixTest.secrets(kind));
            worlds.put(kind, world);
            RunWebhooks received = new RunWebhooks(vertx, 0, kind, world::prober);
            webhooks.put(kind, received);
            world.gateway.registerWebhook(received.url(), "0123456789ABCDEF".repeat(4));
        }
    }

    @AfterAll
    void stop() throws Exception {
        for (PlanWorld world : worlds.values()) {
            world.close();
        }
        for (RunWebhooks received : webhooks.values()) {
            received.close();
        }
        peers.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    static Stream<FaultRow> rows() throws Exception {
        try (var table = ClassifiedFaultsTest.class.getResourceAsStream("classified-faults.txt")) {
            String text = new String(table.readAllBytes(), UTF_8);
            return text
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(FaultRow::parse)
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    @DisplayName("A fault is named with step and reason, and leaves no money behind")
    void run_fault(FaultRow row) throws Exception {
        PlanWorld world = worlds.get(row.kind());
        long paymentsBefore = world.gateway.ledger().payments().size();
        if (!row.fault().isEmpty()) {
            world.gateway.faults().install(row.fault());
        }
        try {
            Plan plan = PlanWorld.read(Catalog.fileName(row.plan()), peers.resolve(row.yaml()));
            ProbeTarget target =
                    row.tls() ? world.tlsTarget(plan, Map.of()) : world.target(plan, Map.of());
            RunResult result = world.prober().runOnce(target).await(60, TimeUnit.SECONDS);

            String log = String.join("\n", result.debugLog());
            assertThat(result.failure()).as(log).isNotNull();
            assertThat(result.failedStep() + " " + result.failure().reason())
                    .as(log)
                    .isEqualTo(row.step() + " " + row.reason());
            assertThat(result.failure().detail()).as("the explanation").isNotBlank();
            assertThat(result.cleanup().state()).as(log).isNotEqualTo(CleanupResult.State.ORPHANED);
            assertThat(world.leftBehindMinor()).as(log).isZero();
            assertThat(world.gateway.ledger().payments().size() - paymentsBefore)
                    .as(log)
                    .isLessThanOrEqualTo(row.reason() == ProbeReason.REPLAY_MISMATCH ? 2 : 1);
        } finally {
            world.gateway.faults().clear();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "stripe/card-capture-refund, refunds.create",
        "paypal/card-authorise-capture-refund, captures.refund",
        "card/card-capture-refund, captures.refund"
    })
    @DisplayName("A gateway that keeps giving back too little is not believed until all is back")
    void run_refundsTooLittle(String name, String operation) throws Exception {
        Plan plan = PlanWorld.plan(name, false);
        GatewayKind kind = GatewayKind.valueOf(name.split("/", 2)[0].toUpperCase(Locale.ROOT));
        PlanWorld world = worlds.get(kind);
        world.gateway.faults().install(operation + ":amount_offset=-100");
        RunResult result = world.run(plan);
        world.gateway.faults().clear();

        String log = String.join("\n", result.debugLog());
        assertThat(result.failure()).as(log).isNotNull();
        assertThat(result.failure().reason()).as(log).isEqualTo(ProbeReason.AMOUNT_MISMATCH);
        assertThat(result.cleanup().state()).as(log).isEqualTo(CleanupResult.State.ORPHANED);
        assertThat(world.leftBehindMinor()).as(log).isPositive();

        world.prober().recover(List.of(world.target(plan))).await(60, TimeUnit.SECONDS);
        assertThat(world.prober().orphans().await(5, TimeUnit.SECONDS)).isEmpty();
        assertThat(world.leftBehindMinor()).isZero();
    }

    @Test
    @DisplayName("At least forty faults, and no reason is forgotten")
    void rows_coverEveryReason() throws Exception {
        Set<ProbeReason> named =
                rows().map(FaultRow::reason)
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(ProbeReason.class)));
        assertThat(rows()).hasSizeGreaterThanOrEqualTo(40);
        assertThat(named).doesNotContainAnyElementsOf(ELSEWHERE.keySet());
        named.addAll(ELSEWHERE.keySet());
        assertThat(named).containsAll(EnumSet.allOf(ProbeReason.class));
    }
}
