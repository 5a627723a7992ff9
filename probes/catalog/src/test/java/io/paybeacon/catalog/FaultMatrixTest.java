package io.paybeacon.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.TerminalFailureException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every step with a side effect of every shipped plan, cut at its worst moments: no money is left
 * after the next start, and nothing is charged twice. The number of runs is the property {@code
 * paybeacon.matrix}; the seed is told when a run fails.
 */
class FaultMatrixTest {
    private static final int RUNS = Integer.getInteger("paybeacon.matrix", 200);
    private static final long SEED = Long.getLong("paybeacon.matrix.seed", 20_260_301);

    @TempDir Path root;

    /** The operation that each side effect of a plan is, in the order of its steps. */
    private record Effects(GatewayKind kind, String plan, List<String> operations) {
        static Effects of(GatewayKind kind, String plan, String... operations) {
            return new Effects(kind, kind.wireName() + "/" + plan, List.of(operations));
        }
    }

    private static final List<Effects> EFFECTS =
            List.of(
                    Effects.of(
                            GatewayKind.STRIPE,
                            "card-capture-refund",
                            "payment_intents.create",
                            "payment_intents.confirm",
                            "payment_intents.capture",
                            "refunds.create"),
                    Effects.of(
                            GatewayKind.STRIPE,
                            "card-decline",
                            "payment_intents.create",
                            "payment_intents.confirm",
                            "payment_intents.cancel"),
                    Effects.of(
                            GatewayKind.STRIPE,
                            "three-d-secure",
                            "payment_intents.create",
                            "payment_intents.confirm",
                            "payment_intents.cancel"),
                    Effects.of(
                            GatewayKind.CARD,
                            "card-capture-refund",
                            "authorizations.create",
                            "authorizations.capture",
                            "captures.refund"),
                    Effects.of(GatewayKind.CARD, "card-decline", "authorizations.create"),
                    Effects.of(
                            GatewayKind.CARD,
                            "card-challenge",
                            "authorizations.create",
                            "authorizations.void"),
                    Effects.of(
                            GatewayKind.ADYEN,
                            "card-capture-refund",
                            "payments.create",
                            "captures.create",
                            "refunds.create"),
                    Effects.of(
                            GatewayKind.ADYEN, "card-cancel", "payments.create", "cancels.create"),
                    Effects.of(GatewayKind.ADYEN, "card-refused", "payments.create"),
                    Effects.of(
                            GatewayKind.ADYEN,
                            "three-d-secure",
                            "payments.create",
                            "technical_cancels.create"),
                    Effects.of(
                            GatewayKind.PAYPAL,
                            "card-authorise-capture-refund",
                            "orders.authorize",
                            "authorizations.capture",
                            "captures.refund"),
                    Effects.of(
                            GatewayKind.PAYPAL,
                            "card-authorise-void",
                            "orders.authorize",
                            "authorizations.void"),
                    Effects.of(GatewayKind.PAYPAL, "card-decline", "orders.authorize"),
                    Effects.of(GatewayKind.PAYPAL, "three-d-secure", "orders.create"));

    /** What happens to a request. */
    private enum Cut {
        SILENCE_BEFORE("blackhole", false),
        SILENCE_AFTER("blackhole,when=after", false),
        RESET_BEFORE("reset", false),
        RESET_AFTER("reset,when=after", false),
        ERROR_BEFORE("status=500", false),
        ERROR_AFTER("status=503,when=after", false),
        MALFORMED("malformed", false),
        KILL_BEFORE("blackhole", true),
        KILL_AFTER("blackhole,when=after", true);

        private final String effect;
        private final boolean kills;

        Cut(String effect, boolean kills) {
            this.effect = effect;
            this.kills = kills;
        }
    }

    private record Case(Effects effects, String operation, Cut cut) {
        @Override
        public String toString() {
            return effects.plan() + ": " + operation + " " + cut;
        }
    }

    static Map<String, String> secrets(GatewayKind kind) {
        return switch (kind) {
            case STRIPE -> Map.of("key", "sk_test_sandbox_not_a_real_key");
            case PAYPAL ->
                    Map.of(
                            "clientId",
                            "sandbox-client-id",
                            "clientSecret",
                            "sandbox-client-secret-not-real");
            case ADYEN -> Map.of("key", "AQE-sandbox-not-a-real-key");
            case CARD -> Map.of("key", "card_test_sandbox_not_a_real_key");
        };
    }

    @Test
    @DisplayName("Every side effect of every shipped plan is in the matrix")
    void matrix_isWhole() {
        Map<String, List<String>> listed =
                EFFECTS.stream().collect(Collectors.toMap(Effects::plan, Effects::operations));
        for (String name : Catalog.names()) {
            Plan plan = PlanWorld.plan(name, false);
            long effects =
                    plan.steps().stream()
                            .filter(step -> step instanceof Step.Http http && http.effect() != null)
                            .count();
            assertThat(listed.getOrDefault(name, List.of())).as(name).hasSize((int) effects);
        }
    }

    @Test
    @DisplayName("Cut anywhere, nothing is left after the next start and nothing charged twice")
    void matrix_runs() throws Exception {
        List<Case> cases = cases();
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (GatewayKind kind : GatewayKind.values()) {
                List<Case> own =
                        cases.stream().filter(one -> one.effects().kind() == kind).toList();
                all.add(threads.submit(() -> run(kind, own)));
            }
            int runs = 0;
            for (Future<Integer> one : all) {
                runs += one.get();
            }
            assertThat(runs).isEqualTo(RUNS);
        }
    }

    /** Every case before any comes again, in an order of the seed. */
    private static List<Case> cases() {
        List<Case> all = new ArrayList<>();
        for (Effects effects : EFFECTS) {
            for (String operation : effects.operations()) {
                for (Cut cut : Cut.values()) {
                    all.add(new Case(effects, operation, cut));
                }
            }
        }
        Random random = new Random(SEED);
        List<Case> drawn = new ArrayList<>();
        while (drawn.size() < RUNS) {
            Collections.shuffle(all, random);
            drawn.addAll(all.subList(0, Math.min(all.size(), RUNS - drawn.size())));
        }
        return drawn;
    }

    private int run(GatewayKind kind, List<Case> cases) throws Exception {
        Path directory = Files.createDirectories(root.resolve(kind.wireName()));
        PlanWorld world = new PlanWorld(directory, kind, secrets(kind));
        Vertx vertx = Vertx.vertx();
        RunWebhooks webhooks = new RunWebhooks(vertx, 0, kind, world::prober);
        int port = freePort();
        String secret = "0123456789ABCDEF".repeat(4);
        world.gateway.registerWebhook(webhooks.url(), secret);
        world.gateway.registerWebhook("http://127.0.0.1:" + port + "/", secret);
        try {
            for (int i = 0; i < cases.size(); i++) {
                Case one = cases.get(i);
                world.gateway
                        .faults()
                        .install(one.operation() + ":" + one.cut().effect + ",count=1");
                String log = one.cut().kills ? kill(world, one, directory, port) : cut(world, one);
                world.gateway.faults().clear();
                check(world, "seed %d, %s run %d, %s%n%s".formatted(SEED, kind, i, one, log));
            }
        } finally {
            world.close();
            webhooks.close();
            vertx.close().await(10, TimeUnit.SECONDS);
        }
        return cases.size();
    }

    private static String cut(PlanWorld world, Case one) throws Exception {
        Plan plan = PlanWorld.plan(one.effects().plan(), true);
        RunResult result = world.run(plan);
        String log = String.join("\n", result.debugLog());
        assertThat(result.failure()).as(one + "\n" + log).isNotNull();
        if (result.cleanup().state() == CleanupResult.State.ORPHANED) {
            world.gateway.faults().clear();
            return log + "\n" + restart(world, plan);
        }
        return log;
    }

    private static String restart(PlanWorld world, Plan plan) throws Exception {
        world.prober().close().await(60, TimeUnit.SECONDS);
        world.openProber();
        return world.prober()
                .recover(List.of(world.target(plan)))
                .await(60, TimeUnit.SECONDS)
                .toString();
    }

    private static String kill(PlanWorld world, Case one, Path directory, int port)
            throws Exception {
        world.prober().close().await(60, TimeUnit.SECONDS);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                MatrixVictim.class.getName(),
                                directory.toString(),
                                one.effects().kind().name(),
                                world.gateway.baseUrl(),
                                one.effects().plan(),
                                Integer.toString(port))
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("victim").toFile())
                        .start();
        try {
            Awaitility.await()
                    .alias(one.toString())
                    .atMost(Duration.ofSeconds(60))
                    .pollInterval(Duration.ofMillis(10))
                    .failFast(() -> !process.isAlive())
                    .until(() ->
                            world.gateway.faults().list().stream()
                                    .anyMatch(fault -> fault.struck() > 0));
        } catch (TerminalFailureException e) {
            throw new AssertionError(
                    one + ": it ended by itself: " + Files.readString(directory.resolve("victim")),
                    e);
        } finally {
            process.destroyForcibly().waitFor();
        }
        world.gateway.faults().clear();
        world.openProber();
        return world.prober()
                .recover(List.of(world.target(PlanWorld.plan(one.effects().plan(), true))))
                .await(60, TimeUnit.SECONDS)
                .toString();
    }

    private static void check(PlanWorld world, String what) throws Exception {
        assertThat(world.prober().orphans().await(10, TimeUnit.SECONDS)).as(what).isEmpty();
        assertThat(world.leftBehindMinor()).as(what).isZero();
        Map<String, List<LedgerEntry>> byRun =
                world.gateway.ledger().payments().stream()
                        .collect(
                                Collectors.groupingBy(payment ->
                                        payment.metadata().getOrDefault("paybeacon_run", "")));
        assertThat(byRun.values()).as(what).allMatch(payments -> payments.size() == 1);
        assertThat(world.gateway.ledger().payments())
                .as(what)
                .allMatch(payment -> payment.authorisedMinor() <= payment.askedMinor())
                .allMatch(payment -> payment.capturedMinor() <= payment.askedMinor());
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
