package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.FaultRouting;
import io.paybeacon.sandbox.fault.DurationText;
import io.paybeacon.sandbox.gateway.GatewayKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paybeacon demo}. */
@Command(
        name = "paybeacon demo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Starts a fake Stripe, a simulated marketplace and the agent, all on this machine, and"
                    + " sums up what the agent saw.",
            "",
            "Exit codes: 0 every probe passed, 1 a probe failed or left money behind, 2 wrong"
                    + " options, 3 the agent or the machine is at fault, 4 no probe ran.",
            ""
        },
        footer = {
            "",
            "Examples:",
            "  paybeacon demo --for 60s",
            "  paybeacon demo --for 60s --fault 'payment_intents.capture:status=500'",
            "  paybeacon demo --for 60s --fault 'webhooks:lost,scope=probe'"
        })
public final class DemoCommand implements Callable<Integer> {
    private static final Duration LASTING_MIN = Duration.ofSeconds(25);
    private static final int PORT_DEFAULT = 9465;

    @Spec @Nullable CommandSpec spec;

    @Option(
            names = "--for",
            paramLabel = "DURATION",
            description = "End after that time, 25s at least; else when interrupted.")
    Optional<String> lasting = Optional.empty();

    @Option(
            names = "--fault",
            paramLabel = "FAULT",
            description = "Something the gateway does wrong; may be repeated.")
    List<String> faults = List.of();

    @Option(
            names = "--orders-per-second",
            defaultValue = "2",
            paramLabel = "RATE",
            description = "Orders of the marketplace. Default: ${DEFAULT-VALUE}")
    double ordersPerSecond;

    @Option(
            names = "--stuck-share",
            defaultValue = "0.05",
            paramLabel = "SHARE",
            description = "Orders that get stuck on purpose. Default: ${DEFAULT-VALUE}")
    double stuckShare;

    @Option(
            names = "--probe-every",
            defaultValue = "5s",
            paramLabel = "DURATION",
            description = "How often the probe runs. Default: ${DEFAULT-VALUE}")
    String probeEvery = "5s";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The agent's port on 127.0.0.1. Default: 9465, or a free one.")
    Optional<Integer> port = Optional.empty();

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of orders and ids. Default: ${DEFAULT-VALUE}")
    long seed;

    /** Runs the command. */
    public static void main(String[] args) {
        System.exit(new CommandLine(new DemoCommand()).execute(args));
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
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
        try {
            return new Demo(options, out, interrupted).run();
        } catch (DemoException e) {
            out.println("paybeacon demo: " + e.getMessage());
            out.flush();
            return 3;
        } finally {
            done.countDown();
        }
    }

    private DemoOptions options() throws IOException {
        Optional<Duration> end = lasting.map(text -> checked(() -> DurationText.parse(text)));
        if (end.isPresent() && end.get().compareTo(LASTING_MIN) < 0) {
            throw wrong("--for must be 25s at least, so that there is something to see");
        }
        FaultRouting routing = new FaultRouting(Set.of(GatewayKind.STRIPE));
        faults.forEach(text -> checked(() -> routing.read(text)));
        Duration every = checked(() -> DurationText.parse(probeEvery));
        if (every.toSeconds() < 1) {
            throw wrong("--probe-every must be 1s at least");
        }
        String launcher = System.getenv("PAYBEACON_LAUNCHER");
        if (launcher == null) {
            throw wrong("the demonstration is started by ./paybeacon, which also starts the agent");
        }
        return new DemoOptions(
                launcher,
                end,
                ordersPerSecond,
                stuckShare,
                faults,
                every,
                port.isPresent() ? port.get() : freePort(),
                seed,
                Files.createTempDirectory("paybeacon-demo-"));
    }

    private static int freePort() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (ServerSocket usual = new ServerSocket(PORT_DEFAULT, 1, loopback)) {
            return usual.getLocalPort();
        } catch (IOException taken) {
            try (ServerSocket free = new ServerSocket(0, 1, loopback)) {
                return free.getLocalPort();
            }
        }
    }

    private static void await(CountDownLatch done) {
        try {
            boolean inTime = done.await(60, TimeUnit.SECONDS);
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
