package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.market.MarketOptions;
import io.paybeacon.sandbox.market.Marketplace;
import io.paybeacon.sandbox.market.PaymentTruth;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Runs sandbox, marketplace and agent side by side, and sums up what the agent saw. */
final class Demo {
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration SETTLE_MAX = Duration.ofSeconds(5);

    /** How much faster than life the marketplace's customers and vendors are. */
    private static final double SPEED = 15;

    private final DemoOptions options;
    private final Path directory;
    private final PrintWriter out;
    private final Progress progress;
    private final CountDownLatch interrupted;
    private Optional<AgentView> last = Optional.empty();

    /**
     * @param directory an empty one, for what the agent needs and keeps
     * @param interrupted ends it early
     */
    Demo(
            DemoOptions options,
            Path directory,
            PrintWriter out,
            boolean terminal,
            CountDownLatch interrupted) {
        this.options = options;
        this.directory = directory;
        this.out = out;
        this.progress = new Progress(out, terminal);
        this.interrupted = interrupted;
    }

    /**
     * Runs it to its end.
     *
     * @throws DemoException if the agent or the machine fails
     */
    DemoReport run() throws InterruptedException {
        SandboxOptions sandboxOptions =
                SandboxOptions.defaults().withSeed(options.seed()).withTlsAddresses(true);
        try (Sandbox sandbox = Sandbox.start(sandboxOptions)) {
            AgentFiles files =
                    new AgentFiles(options, directory, RandomGenerator.of("SecureRandom"));
            files.write(sandbox);
            URI base = URI.create("http://127.0.0.1:" + options.port());
            AgentView view;
            Optional<LookedUp> lookedUp;
            boolean ordersTold;
            try (AgentProcess agent =
                            AgentProcess.start(
                                    options.launcher(),
                                    files.config(),
                                    files.log(),
                                    base,
                                    files.token());
                    OrderFeed orders =
                            new OrderFeed(
                                    base, files.token(), options.seed(), InstantSource.system())) {
                sandbox.onOrder(orders::tell);
                for (SandboxGateway gateway : sandbox.gateways()) {
                    String name = gateway.kind().wireName();
                    gateway.registerWebhook(
                            base + "/in/" + name, files.webhookSecret(gateway.kind()));
                }
                options.trouble().start(sandbox);
                greet(base, files.tokenFile(), sandbox);
                view = watch(agent, sandbox);
                orders.await();
                ordersTold = orders.allTold();
                lookedUp = LookedUp.of(agent::get, payments(sandbox));
                view = end(agent, view);
            }
            // Only now: a probe that was under way has ended and cleaned up.
            List<Orphan> orphans = AgentProcess.orphans(options.launcher(), files.config());
            return DemoReport.of(
                    view,
                    truths(sandbox),
                    orphans,
                    lookedUp,
                    ordersTold,
                    interrupted.getCount() == 0);
        }
    }

    private void greet(URI base, Path tokenFile, Sandbox sandbox) {
        out.println();
        out.println("Four fake gateways, a marketplace with customers, and the agent are running.");
        out.println("  agent     " + base + "/   metrics at " + base + "/metrics");
        out.println("            curl -H \"Authorization: Bearer $(cat " + tokenFile + ")\" ...");
        for (SandboxGateway gateway : sandbox.gateways()) {
            out.printf(
                    "  %-9s %s   books at /_sandbox/ledger%n",
                    gateway.kind().wireName(), gateway.baseUrl());
        }
        out.printf(
                "  probes    %d shipped plans, each every %d s%n",
                DemoPlan.ALL.size(), options.probeEvery().toSeconds());
        for (SandboxGateway gateway : sandbox.gateways()) {
            for (var installed : gateway.faults().list()) {
                out.printf(
                        "  fault     %s/%s%n",
                        gateway.kind().wireName(), installed.fault().describe());
            }
        }
        out.println(
                options.lasting()
                        .map(lasting ->
                                "  ends after " + lasting.toSeconds() + " s, or with Ctrl-C")
                        .orElse("  ends with Ctrl-C"));
        out.println();
        out.flush();
    }

    /** Lets the world turn; the last seconds bring no new orders. What the agent knows then. */
    private AgentView watch(AgentProcess agent, Sandbox sandbox) throws InterruptedException {
        List<Marketplace> markets = startMarkets(sandbox);
        long started = System.nanoTime();
        long lasting = options.lasting().map(Duration::toNanos).orElse(Long.MAX_VALUE);
        long ordersUntil =
                lasting == Long.MAX_VALUE ? lasting : lasting - DemoOptions.QUIET_END.toNanos();
        long since = 0;
        while (since < lasting) {
            if (since >= ordersUntil) {
                markets.forEach(Marketplace::stop);
            }
            if (!agent.alive() && interrupted.getCount() > 0) {
                throw new DemoException("the agent ended unexpectedly:\n" + agent.tail());
            }
            if (progress.due(since)) {
                Optional<AgentView> view = AgentView.of(agent::get);
                progress.tell(since, view.map(AgentView::samples), orders(sandbox));
                last = view.or(() -> last);
            }
            if (interrupted.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                break;
            }
            since = System.nanoTime() - started;
        }
        markets.forEach(Marketplace::stop);
        progress.end();
        settle(sandbox);
        // Ctrl-C on a terminal reaches the agent too, which may have gone by now.
        return AgentView.of(agent::get)
                .or(() -> last)
                .orElseThrow(
                        () -> new DemoException("the agent does not answer:\n" + agent.tail()));
    }

    /** Lets the agent finish the probes under way, and listens to it until it is gone. */
    private AgentView end(AgentProcess agent, AgentView before) throws InterruptedException {
        out.println(
                "Ending: the agent finishes and cleans up the probes under way, within a minute.");
        out.flush();
        AgentView view = before;
        agent.stop();
        while (agent.alive() && agent.mayGoOn()) {
            view = AgentView.of(agent::get).orElse(view);
            TimeUnit.MILLISECONDS.sleep(3 * LOOK_EVERY.toMillis());
        }
        return view;
    }

    private List<Marketplace> startMarkets(Sandbox sandbox) {
        MarketOptions market =
                MarketOptions.defaults()
                        .withOrdersPerSecond(options.ordersPerSecond() / sandbox.gateways().size())
                        .withStuckShare(options.stuckShare())
                        .withAnomalyShare(options.anomalyShare())
                        .withAcrossGateways(true)
                        .withIncidents(options.trouble().incidents())
                        .withSpeed(SPEED);
        List<Marketplace> markets = new ArrayList<>();
        for (SandboxGateway gateway : sandbox.gateways()) {
            markets.add(sandbox.startMarketplace(gateway.kind(), market));
        }
        return markets;
    }

    private static Map<GatewayKind, List<PaymentTruth>> payments(Sandbox sandbox) {
        Map<GatewayKind, List<PaymentTruth>> payments = new EnumMap<>(GatewayKind.class);
        for (SandboxGateway gateway : sandbox.gateways()) {
            payments.put(gateway.kind(), sandbox.groundTruth(gateway.kind()).payments());
        }
        return payments;
    }

    private static long orders(Sandbox sandbox) {
        return sandbox.gateways().stream()
                .mapToLong(gateway -> sandbox.groundTruth(gateway.kind()).placed())
                .sum();
    }

    /** Waits until the webhooks under way have arrived, so that the summary is of one moment. */
    private static void settle(Sandbox sandbox) throws InterruptedException {
        long deadline = System.nanoTime() + SETTLE_MAX.toNanos();
        while (webhooksWait(sandbox) && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private static boolean webhooksWait(Sandbox sandbox) {
        return sandbox.gateways().stream()
                .anyMatch(gateway -> gateway.webhookCounts().waiting() > 0);
    }

    private static List<GatewayTruth> truths(Sandbox sandbox) {
        return sandbox.gateways().stream()
                .map(gateway ->
                        new GatewayTruth(
                                gateway.kind(),
                                sandbox.groundTruth(gateway.kind()),
                                gateway.ledger(),
                                gateway.webhookCounts()))
                .toList();
    }
}
