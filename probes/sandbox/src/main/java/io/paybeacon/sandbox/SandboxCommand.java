package io.paybeacon.sandbox;

import io.paybeacon.sandbox.fault.DurationText;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.market.GroundTruth;
import io.paybeacon.sandbox.market.MarketOptions;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line of the sandbox. */
@Command(
        name = "sandbox",
        subcommands = GenerateCommand.class,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Runs fake payment gateways on this machine: stripe, paypal, adyen and card (a card"
                    + " processor of no name), each on a port of its own, and, if asked, a"
                    + " simulated marketplace that pays through stripe. No money, no network"
                    + " beyond loopback.",
            ""
        },
        footerHeading = "%nFaults%n",
        footer = {
            "  [GATEWAY/]OPERATION:EFFECT[=VALUE][,OPTION=VALUE...]; without GATEWAY a fault goes",
            "  to every gateway that knows the operation. Operations and codes of a gateway: GET",
            "  /_sandbox/faults there. For example",
            "    --fault 'payment_intents.capture:status=500'",
            "    --fault 'card/authorizations.create:decline=51,network=visa,country=ZA'",
            "    --fault '*:latency=300ms,tail=10s,probability=0.3'",
            "    --fault 'payment_intents.create:reset,when=after,scope=probe,count=1'",
            "    --fault 'captures.refund:double_charge'",
            "    --fault 'stripe/*:status=503,every=1m,burst=10s'",
            "    --fault 'stripe/webhooks:lost,events=payment_intent.succeeded,start=30s,for=2m'",
            "    --fault 'connections:certificate=expired'   or refused, silent",
            "    --fault 'adyen/clock:skew=-5m'",
            "  Effects on requests: latency, status, reset, close, blackhole, drip, malformed,",
            "    amount_offset, double_charge, decline; on webhooks: lost, delayed, duplicated,",
            "    reordered, held, badly_signed; on connections: refused, silent, certificate; on",
            "    clock: skew.",
            "  Options: when, tail, scope, metadata.KEY, network, issuer, country, events,",
            "    probability, count, start, for, every with burst.",
            "  A refused or silent port cannot be asked to recover: give such a fault for=.",
            "  A schedule is a YAML file: a list of",
            "    - at: 30s",
            "      for: 2m",
            "      fault: card/authorizations.capture:blackhole,when=after",
            "    - at: 1m",
            "      for: 2m",
            "      incident: stripe/issuer_declines,share=0.8,network=mastercard",
            "",
            "Paths of every gateway (no key needed)",
            "  GET  /api/v2/summary.json      its status page, which tells of active faults",
            "  GET  /metrics                  requests, errors and durations for Prometheus",
            "  GET  /_sandbox/ledger          holds, captures, refunds per payment and currency",
            "  GET  /_sandbox/faults          what is installed, and the grammar; POST {\"fault\":",
            "                                 ...} adds one, DELETE [/ID] removes",
            "  POST /_sandbox/aftermath       lets something befall a payment: {\"payment\": ID,",
            "                                 \"what\": dispute_opened, refund_failed, ...}",
            "  GET  /_sandbox/webhooks        deliveries; POST {\"url\", \"secret\"} adds one",
            "  Of stripe alone",
            "  GET  /_sandbox/ground-truth    every order, its expected state, why it is stuck",
            "  POST /_sandbox/payment_intents/{id}/resolve?outcome=pass|fail   3-D Secure",
            "  POST /_sandbox/payment_intents/{id}/expire                      hold runs out",
            "  Of card alone: the same with /_sandbox/authorizations/{id}.",
            "",
            "Test cards",
            "  stripe: the documented pm_card_... names, and",
            "    pm_sandbox_BRAND_COUNTRY[_challenge|_processing][_declined_CODE].",
            "  card: 999999 N II B RR 000 C: network N (0 visa, 1 mastercard, 2 amex, 3 discover,",
            "    4 jcb), issuer II (00 to 07), B 0 approves, 1 declines with RR, 2 challenges, C",
            "    the check digit; amounts from 9900.01 to 9900.99 are declined as they end.",
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
            description =
                    "First of eight ports on 127.0.0.1: stripe, paypal, adyen, card, then the same"
                            + " with TLS; 0 takes free ones. Default: ${DEFAULT-VALUE}")
    int port;

    @Option(
            names = "--gateway",
            paramLabel = "NAME",
            description = "Run only that gateway; may be repeated. Default: all.")
    List<String> gateways = List.of();

    @Option(
            names = "--ca-file",
            paramLabel = "FILE",
            description = "Write the authority of the TLS certificates there, as PEM.")
    Optional<Path> caFile = Optional.empty();

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
            description = "The key that stripe accepts, sk_test_... Default: ${DEFAULT-VALUE}")
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
            description =
                    "Post events of stripe, or of the one gateway that runs, there; an http URL of"
                            + " this machine.")
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

    @Mixin TroubleOptions trouble = new TroubleOptions();

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
        Set<GatewayKind> kinds = kinds();
        if (market.isPresent() && !kinds.contains(GatewayKind.STRIPE)) {
            throw wrong("--orders-per-second needs stripe, and --gateway leaves it out");
        }
        TroubleOptions.Read planned = checked(() -> trouble.read(kinds));
        SandboxOptions options =
                checked(() ->
                        SandboxOptions.defaults()
                                .withPort(port)
                                .withSeed(seed)
                                .withApiKey(apiKey)
                                .withGateways(kinds)
                                .withRequestsPerSecondMax(requestsPerSecondMax)
                                .withWebhookDelay(DurationText.parse(webhookDelay)));
        try (Sandbox sandbox = checked(() -> Sandbox.start(options))) {
            caFile.ifPresent(file -> writeAuthority(file, sandbox));
            SandboxGateway told = sandbox.gateways().getFirst();
            webhookUrl.ifPresent(url ->
                    checked(() -> {
                        told.registerWebhook(url, secret.orElse(""));
                        return url;
                    }));
            checked(() -> {
                planned.start(sandbox);
                return sandbox;
            });
            SandboxGreeting.print(out, sandbox, market.isPresent());
            out.println(lasting.map(t -> "Ends after " + t + ".").orElse("Ends with Ctrl-C."));
            out.flush();
            market.map(m -> m.withIncidents(planned.incidents()))
                    .ifPresent(sandbox::startMarketplace);
            runUntilEnd(out, sandbox, end);
        }
        return 0;
    }

    private Set<GatewayKind> kinds() {
        if (gateways.isEmpty()) {
            return EnumSet.allOf(GatewayKind.class);
        }
        Set<GatewayKind> kinds = EnumSet.noneOf(GatewayKind.class);
        for (String name : gateways) {
            kinds.add(
                    GatewayKind.named(name)
                            .orElseThrow(() ->
                                    wrong(
                                            "--gateway: there is no gateway '"
                                                    + name
                                                    + "'; known: "
                                                    + GatewayKind.names())));
        }
        return kinds;
    }

    private void writeAuthority(Path file, Sandbox sandbox) {
        try {
            Files.writeString(file, sandbox.caPem());
        } catch (IOException e) {
            throw wrong("--ca-file: cannot write " + file);
        }
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
        Optional<String> secret =
                webhookSecretEnv.map(name -> checked(() -> SecretText.fromEnvironment(name)));
        secret = secret.or(() -> webhookSecretFile.map(f -> checked(() -> SecretText.fromFile(f))));
        if (webhookUrl.isPresent() != secret.isPresent()) {
            throw wrong(
                    "--webhook-url needs --webhook-secret-env or --webhook-secret-file, and they"
                            + " need --webhook-url");
        }
        return secret;
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
