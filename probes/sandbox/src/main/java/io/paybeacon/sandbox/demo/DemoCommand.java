package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.TroubleOptions;
import io.paybeacon.sandbox.fault.DurationText;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.market.MarketOptions;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paybeacon demo}. */
@Command(
        name = "paybeacon demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Starts fake payment gateways (stripe, paypal, adyen, and card, a card processor of no"
                    + " name), a marketplace whose customers pay at all four, and the agent as a"
                    + " process of its own; all on this machine. The agent runs every shipped plan"
                    + " and follows the payments by their webhooks. At the end the demonstration"
                    + " sums up what the agent saw, and marks it against what is true: the books of"
                    + " the gateways, and what the marketplace made go wrong on purpose: payments"
                    + " that get stuck, are charged twice, or of a wrong amount.",
            ""
        },
        footerHeading = "%nFaults%n",
        footer = {
            "  [GATEWAY/]OPERATION:EFFECT[=VALUE][,OPTION=VALUE...]; without GATEWAY a fault goes",
            "  to every gateway that knows the operation. scope=probe spares the marketplace.",
            "    --fault 'stripe/payment_intents.capture:status=500'",
            "    --fault 'paypal/orders.authorize:latency=20s,scope=probe'",
            "    --fault 'adyen/payments.create:decline=2,probability=0.5'",
            "    --fault 'card/authorizations.create:amount_offset=-100'",
            "    --fault 'paypal/connections:certificate=expired'",
            "    --fault 'stripe/webhooks:lost,scope=probe'",
            "  paybeacon sandbox --help lists effects and options.",
            "",
            "Exit codes",
            "  0  nothing is wrong: every probe passed, every stuck payment and every mistake that",
            "     was planted was found, nothing else was, and no money was left behind",
            "  1  something is wrong; the last lines say what",
            "  2  mistakes in the options",
            "  3  the agent or the machine is at fault",
            "  4  no probe ran",
            "",
            "Examples",
            "  paybeacon demo --for 60s",
            "  paybeacon demo --for 60s --fault 'paypal/authorizations.capture:status=500'",
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration STOP_MAX = Duration.ofMinutes(2);
    private static final int PORT_DEFAULT = 9465;

    @Spec @Nullable CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "End after that time, 20s at least; else when interrupted.")
    Optional<String> lasting = Optional.empty();

    @Mixin TroubleOptions trouble = new TroubleOptions();

    @Option(
            names = "--orders-per-second",
            defaultValue = "6",
            paramLabel = "RATE",
            description = "Orders of the marketplace, at all gateways. Default: ${DEFAULT-VALUE}")
    double ordersPerSecond;

    @Option(
            names = "--stuck-share",
            defaultValue = "0.1",
            paramLabel = "SHARE",
            description = "Orders that get stuck on purpose. Default: ${DEFAULT-VALUE}")
    double stuckShare;

    @Option(
            names = "--anomaly-share",
            defaultValue = "0.08",
            paramLabel = "SHARE",
            description =
                    "Orders that are charged twice or wrongly, whose capture is undone, or whose"
                            + " refund fails. Default: ${DEFAULT-VALUE}")
    double anomalyShare;

    @Option(
            names = "--probe-every",
            defaultValue = "5s",
            paramLabel = "DURATION",
            description = "How often each probe runs. Default: ${DEFAULT-VALUE}")
    String probeEvery = "5s";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The agent's port on 127.0.0.1. Default: 9465, or a free one.")
    Optional<Integer> port = Optional.empty();

    @Option(
            names = "--seed",
            defaultValue = "48",
            paramLabel = "N",
            description = "Seed of orders and ids. Default: ${DEFAULT-VALUE}")
    long seed;

    @Option(
            names = "--keep",
            paramLabel = "DIR",
            description =
                    "Keep the agent's configuration, log and data in that new directory; else they"
                            + " are deleted at the end.")
    Optional<Path> keep = Optional.empty();

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new DemoCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = commandSpec().commandLine().getOut();
        DemoOptions options = options();
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            interrupted.countDown();
                            await(done);
                        }));
        try (Workplace workplace = Workplace.open(options.keep())) {
            Demo demo = new Demo(options, workplace.directory(), out, onTerminal(), interrupted);
            DemoReport report = demo.run();
            new ReportPrinter(out).print(report);
            options.keep()
                    .ifPresent(kept -> out.println("The agent's log and data are in " + kept));
            return report.exitCode();
        } catch (DemoException e) {
            out.println("paybeacon demo: " + e.getMessage());
            return 3;
        } finally {
            out.flush();
            done.countDown();
        }
    }

    private static boolean onTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    private DemoOptions options() {
        Duration every = checked(() -> DurationText.parse(probeEvery));
        if (every.toSeconds() < 1) {
            throw wrong("--probe-every must be 1s at least");
        }
        Duration least = every.plus(DemoOptions.QUIET_END);
        Duration min =
                least.compareTo(DemoOptions.LASTING_MIN) > 0 ? least : DemoOptions.LASTING_MIN;
        Optional<Duration> end = lasting.map(text -> checked(() -> DurationText.parse(text)));
        if (end.isPresent() && end.get().compareTo(min) < 0) {
            throw wrong(
                    "--for must be %ds at least, so that every probe runs and every stuck payment"
                                    .formatted(min.toSeconds())
                            + " can be found");
        }
        TroubleOptions.Read planned = checked(() -> trouble.read(EnumSet.allOf(GatewayKind.class)));
        checked(() ->
                MarketOptions.defaults()
                        .withOrdersPerSecond(ordersPerSecond)
                        .withStuckShare(stuckShare)
                        .withAnomalyShare(anomalyShare));
        String launcher = System.getenv("PAYBEACON_LAUNCHER");
        if (launcher == null) {
            throw wrong("the demonstration is started by ./paybeacon, which also starts the agent");
        }
        return new DemoOptions(
                launcher,
                end,
                ordersPerSecond,
                stuckShare,
                anomalyShare,
                planned,
                every,
                port.isPresent() ? port.get() : freePort(),
                seed,
                keep);
    }

    private static int freePort() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket usual = new ServerSocket(PORT_DEFAULT, 1, loopback)) {
            return usual.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
                return free.getLocalPort();
            } catch (IOException e) {
                throw new DemoException("there is no free port on 127.0.0.1: " + e.getMessage());
            }
        }
    }

    private static void await(CountDownLatch done) {
        try {
            boolean inTime = done.await(STOP_MAX.toSeconds(), TimeUnit.SECONDS);
            if (!inTime) {
                System.err.println("paybeacon demo: did not end in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private <T> T checked(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
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
