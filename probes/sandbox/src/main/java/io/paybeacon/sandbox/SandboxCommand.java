package io.paybeacon.sandbox;

import io.paybeacon.sandbox.fault.DurationText;
import io.paybeacon.sandbox.fault.FaultParser;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.market.GroundTruth;
import io.paybeacon.sandbox.market.MarketOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the sandbox. */
@Command(
        name = "sandbox",
        sortOptions = false,
        description = {
            "Runs a fake Stripe on this machine and, if asked, a simulated marketplace that pays"
                    + " through it. No money, no network beyond loopback.",
            ""
        },
        footerHeading = "%nFaults%n",
        footer = {
            "  OPERATION:EFFECT[=VALUE][,OPTION=VALUE...], for example",
            "    --fault 'payment_intents.capture:status=500'",
            "    --fault 'payment_intents.capture:latency=3s,probability=0.3'",
            "    --fault 'payment_intents.create:reset,when=after,scope=probe,count=1'",
            "    --fault 'webhooks:lost,events=payment_intent.succeeded,start=30s,for=2m'",
            "  Change them while it runs: POST, GET, DELETE /_sandbox/faults.",
            "",
            "Control paths (no key needed)",
            "  GET  /_sandbox/ledger          holds, captures, refunds per payment and currency",
            "  GET  /_sandbox/ground-truth    every order, its expected state, why it is stuck",
            "  GET  /_sandbox/webhooks        deliveries; POST {\"url\", \"secret\"} adds one",
            "  POST /_sandbox/payment_intents/{id}/resolve?outcome=pass|fail   3-D Secure",
            "  POST /_sandbox/payment_intents/{id}/expire                      hold runs out",
            "",
            "Test cards: the documented pm_card_... names, and",
            "  pm_sandbox_BRAND_COUNTRY[_challenge|_processing][_declined_CODE].",
        })
public final class SandboxCommand implements Callable<Integer> {
    @Spec @Nullable CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Shows this text.")
    boolean help;

    @Option(
            names = "--port",
            defaultValue = "12111",
            paramLabel = "PORT",
            description = "Port on 127.0.0.1; 0 takes a free one. Default: ${DEFAULT-VALUE}")
    int port;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of ids, faults and orders. Default: ${DEFAULT-VALUE}")
    long seed;

    @Option(
            names = "--api-key",
            defaultValue = SandboxOptions.API_KEY_DEFAULT,
            paramLabel = "KEY",
            description = "The accepted key, sk_test_... Default: ${DEFAULT-VALUE}")
    String apiKey = SandboxOptions.API_KEY_DEFAULT;

    @Option(
            names = "--requests-per-second",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Answer 429 beyond it. Default: ${DEFAULT-VALUE}")
    long requestsPerSecondMax;

    @Option(
            names = "--webhook-url",
            paramLabel = "URL",
            description = "Post events there; an http URL of this machine.")
    Optional<String> webhookUrl = Optional.empty();

    @Option(
            names = "--webhook-secret-env",
            paramLabel = "NAME",
            description = "Environment variable that holds the signing secret.")
    Optional<String> webhookSecretEnv = Optional.empty();

    @Option(
            names = "--webhook-secret-file",
            paramLabel = "FILE",
            description = "File that holds the signing secret.")
    Optional<Path> webhookSecretFile = Optional.empty();

    @Option(
            names = "--webhook-delay",
            defaultValue = "50ms",
            paramLabel = "DURATION",
            description = "Wait before a webhook, up to twice of it. Default: ${DEFAULT-VALUE}")
    String webhookDelay = "50ms";

    @Option(
            names = "--orders-per-second",
            defaultValue = "0",
            paramLabel = "RATE",
            description = "Run the marketplace at that rate; 0 leaves it out. Default: 0")
    double ordersPerSecond;

    @Option(
            names = "--stuck-share",
            defaultValue = "0.01",
            paramLabel = "SHARE",
            description = "Orders that get stuck on purpose. Default: ${DEFAULT-VALUE}")
    double stuckShare;

    @Option(
            names = "--speed",
            defaultValue = "1",
            paramLabel = "FACTOR",
            description = "Shortens the waits inside an order. Default: ${DEFAULT-VALUE}")
    double speed;

    @Option(names = "--fault", paramLabel = "FAULT", description = "A fault; may be repeated.")
    List<String> faults = List.of();

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "End after that time, e.g. 60s; else when interrupted.")
    Optional<String> lasting = Optional.empty();

    /** Runs the command; exit code 0, or 2 when an option is wrong. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new SandboxCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = commandSpec().commandLine().getOut();
        Optional<Duration> end = lasting.map(text -> checked(() -> DurationText.parse(text)));
        Optional<String> secret = webhookSecret();
        Optional<MarketOptions> market = market();
        faults.forEach(text -> checked(() -> FaultParser.parse(text)));
        SandboxOptions options =
                checked(() ->
                        SandboxOptions.defaults()
                                .withPort(port)
                                .withSeed(seed)
                                .withApiKey(apiKey)
                                .withRequestsPerSecondMax(requestsPerSecondMax)
                                .withWebhookDelay(DurationText.parse(webhookDelay)));
        try (Sandbox sandbox = checked(() -> Sandbox.start(options))) {
            webhookUrl.ifPresent(url ->
                    checked(() -> {
                        sandbox.registerWebhook(url, secret.orElse(""));
                        return url;
                    }));
            faults.forEach(sandbox.faults()::install);
            greet(out, sandbox);
            market.ifPresent(sandbox::startMarketplace);
            runUntilEnd(out, sandbox, end);
        }
        return 0;
    }

    private void greet(PrintWriter out, Sandbox sandbox) {
        out.println("The sandbox answers at " + sandbox.baseUrl());
        out.println("Try:  curl -u \"$KEY:\" " + sandbox.baseUrl() + "/v1/payment_intents \\");
        out.println(
                "        -d amount=1000 -d currency=zar -d payment_method=pm_card_visa -d"
                        + " confirm=true");
        out.println(
                apiKey.equals(SandboxOptions.API_KEY_DEFAULT)
                        ? "with KEY=" + SandboxOptions.API_KEY_DEFAULT
                        : "with the key given by --api-key");
        out.println("Books: " + sandbox.baseUrl() + "/_sandbox/ledger");
        if (ordersPerSecond > 0) {
            out.println("Truth: " + sandbox.baseUrl() + "/_sandbox/ground-truth");
        }
        for (var installed : sandbox.faults().list()) {
            out.println("Fault " + installed.id() + ": " + installed.fault().describe());
        }
        out.println(lasting.map(t -> "Ends after " + t + ".").orElse("Ends with Ctrl-C."));
        out.flush();
    }

    private static void report(PrintWriter out, Sandbox sandbox) {
        GroundTruth truth = sandbox.groundTruth();
        if (truth.placed() > 0) {
            out.println(
                    truth.placed()
                            + " orders placed, "
                            + truth.stuck().size()
                            + " stuck on purpose, by state "
                            + truth.countsByState());
        }
        out.flush();
    }

    /** Runs until the time is up or the process is interrupted; closing happens in both cases. */
    private void runUntilEnd(PrintWriter out, Sandbox sandbox, Optional<Duration> end)
            throws InterruptedException {
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            interrupted.countDown();
                            awaitClosed(closed);
                        }));
        try (sandbox) {
            if (end.isPresent()) {
                interrupted.await(end.get().toMillis(), TimeUnit.MILLISECONDS);
            } else {
                interrupted.await();
            }
            report(out, sandbox);
        } finally {
            closed.countDown();
        }
    }

    private static void awaitClosed(CountDownLatch closed) {
        try {
            closed.await(4 * Limits.CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<MarketOptions> market() {
        if (ordersPerSecond == 0) {
            return Optional.empty();
        }
        return Optional.of(
                checked(() ->
                        MarketOptions.defaults()
                                .withOrdersPerSecond(ordersPerSecond)
                                .withStuckShare(stuckShare)
                                .withSpeed(speed)));
    }

    private Optional<String> webhookSecret() {
        if (webhookSecretEnv.isPresent() && webhookSecretFile.isPresent()) {
            throw wrong("give --webhook-secret-env or --webhook-secret-file, not both");
        }
        Optional<String> secret = webhookSecretEnv.map(this::fromEnvironment);
        secret = secret.or(() -> webhookSecretFile.map(this::fromFile));
        if (webhookUrl.isPresent() != secret.isPresent()) {
            throw wrong(
                    "--webhook-url needs --webhook-secret-env or --webhook-secret-file, and they"
                            + " need --webhook-url");
        }
        return secret;
    }

    private String fromEnvironment(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw wrong("--webhook-secret-env: the environment has no variable " + name);
        }
        return value.strip();
    }

    private String fromFile(Path file) {
        try {
            String value = Files.readString(file).strip();
            if (value.isEmpty()) {
                throw wrong("--webhook-secret-file: " + file + " is empty");
            }
            return value;
        } catch (IOException e) {
            throw wrong("--webhook-secret-file: cannot read " + file);
        }
    }

    private interface Step<T> {
        T run();
    }

    private <T> T checked(Step<T> step) {
        try {
            return step.run();
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw wrong(String.valueOf(e.getMessage()));
        }
    }

    private ParameterException wrong(String message) {
        return new ParameterException(commandSpec().commandLine(), message);
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("the command is run through picocli");
        }
        return spec;
    }
}
