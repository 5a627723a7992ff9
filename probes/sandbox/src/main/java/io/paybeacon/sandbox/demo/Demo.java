package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.market.MarketOptions;
import io.paybeacon.sandbox.market.Marketplace;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Runs sandbox, marketplace and agent side by side, and sums up what the agent saw. */
final class Demo {
    private static final Duration PROGRESS_EVERY = Duration.ofSeconds(10);
    private static final Duration SETTLE_MAX = Duration.ofSeconds(15);

    /** How much faster than life the marketplace's customers and vendors are. */
    private static final double SPEED = 10;

    private final DemoOptions options;
    private final PrintWriter out;
    private final CountDownLatch interrupted;
    private final long startedNanos = System.nanoTime();

    Demo(DemoOptions options, PrintWriter out, CountDownLatch interrupted) {
        this.options = options;
        this.out = out;
        this.interrupted = interrupted;
    }

    /** The exit code: 0 all probes passed, 1 some failed, 3 the machine's fault, 4 none ran. */
    int run() throws InterruptedException {
        SandboxOptions sandboxOptions = SandboxOptions.defaults().withSeed(options.seed());
        try (Sandbox sandbox = Sandbox.start(sandboxOptions)) {
            String secret = secret();
            Path config = writeConfig(sandbox, secret);
            Path log = options.directory().resolve("agent.log");
            URI base = URI.create("http://127.0.0.1:" + options.port());
            DemoReport report;
            try (AgentProcess agent = AgentProcess.start(options.launcher(), config, log, base)) {
                sandbox.registerWebhook(base + "/in/stripe", secret);
                options.faults().forEach(sandbox.faults()::install);
                greet(base, sandbox);
                Marketplace market = sandbox.startMarketplace(marketOptions());
                watch(agent, market, sandbox);
                report = DemoReport.of(agent, sandbox);
            }
            // Only now: a probe that was under way has ended and cleaned up.
            report = report.withMoneyLeft(sandbox.ledger());
            report.print(out, base, options);
            return report.exitCode();
        }
    }

    private String secret() {
        byte[] bytes = new byte[24];
        RandomGenerator.of("SecureRandom").nextBytes(bytes);
        return "whsec_" + HexFormat.of().formatHex(bytes);
    }

    private Path writeConfig(Sandbox sandbox, String secret) {
        try {
            writePrivate(options.directory().resolve("api-key"), sandbox.apiKey());
            writePrivate(options.directory().resolve("webhook-secret"), secret);
            return Files.writeString(
                    options.directory().resolve("agent.yaml"),
                    options.agentConfig(sandbox.baseUrl()));
        } catch (IOException e) {
            throw new DemoException(
                    "cannot write to " + options.directory() + ": " + e.getMessage());
        }
    }

    private static void writePrivate(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text);
    }

    private MarketOptions marketOptions() {
        return MarketOptions.defaults()
                .withOrdersPerSecond(options.ordersPerSecond())
                .withStuckShare(options.stuckShare())
                .withSpeed(SPEED);
    }

    private void greet(URI base, Sandbox sandbox) {
        out.println();
        out.println("A fake Stripe, a marketplace with customers, and the agent are running.");
        out.println("  agent    " + base + "/   metrics at " + base + "/metrics");
        out.println("  sandbox  " + sandbox.baseUrl() + "   books at /_sandbox/ledger");
        for (var installed : sandbox.faults().list()) {
            out.println("  fault    " + installed.fault().describe());
        }
        out.println(
                options.lasting()
                        .map(lasting -> "  ends after " + lasting.toSeconds() + " s")
                        .orElse("  ends with Ctrl-C"));
        out.println();
        out.flush();
    }

    /** Lets the world turn; the last seconds bring no new orders. */
    private void watch(AgentProcess agent, Marketplace market, Sandbox sandbox)
            throws InterruptedException {
        long end =
                options.lasting()
                        .map(lasting -> startedNanos + lasting.toNanos())
                        .orElse(Long.MAX_VALUE);
        long quiet = end == Long.MAX_VALUE ? end : end - DemoOptions.QUIET_END.toNanos();
        long progress = startedNanos + PROGRESS_EVERY.toNanos();
        boolean stopping = false;
        while (!stopping || System.nanoTime() < end) {
            if (System.nanoTime() >= quiet) {
                market.stop();
                stopping = true;
            }
            if (!agent.alive()) {
                throw new DemoException("the agent ended unexpectedly:\n" + agent.tail());
            }
            if (System.nanoTime() >= progress) {
                progress += PROGRESS_EVERY.toNanos();
                printProgress(agent, sandbox);
            }
            if (interrupted.await(200, TimeUnit.MILLISECONDS)) {
                market.stop();
                break;
            }
        }
        settle(sandbox);
    }

    /** Waits until the webhooks under way have arrived, so that the summary is of one moment. */
    private static void settle(Sandbox sandbox) throws InterruptedException {
        long deadline = System.nanoTime() + SETTLE_MAX.toNanos();
        while (sandbox.webhookCounts().waiting() > 0 && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    private void printProgress(AgentProcess agent, Sandbox sandbox) throws InterruptedException {
        Samples samples = Samples.parse(agent.get("/metrics").orElse(""));
        out.printf(
                Locale.ROOT,
                "%4d s   probes %.0f run, %.0f failed   orders %d   payments seen %.0f"
                        + "   stuck now %.0f%n",
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startedNanos),
                samples.sum(DemoReport.RUNS),
                samples.sum(DemoReport.RUNS, s -> !s.label("outcome").equals("passed")),
                sandbox.groundTruth().placed(),
                samples.sum(DemoReport.PAYMENTS),
                samples.sum(
                        DemoReport.OPEN_FINDINGS, s -> s.label("kind").equals("stuck_payment")));
        out.flush();
    }

    /** The failure of the last run, in words; empty when it passed or there was none. */
    static String lastFailure(JsonObject probe) {
        JsonObject run = probe.getJsonObject("lastRun");
        JsonObject failure = run == null ? null : run.getJsonObject("failure");
        return failure == null
                ? ""
                : "step %s, reason %s: %s"
                        .formatted(
                                failure.getString("step"),
                                failure.getString("reason"),
                                failure.getString("detail"));
    }
}
