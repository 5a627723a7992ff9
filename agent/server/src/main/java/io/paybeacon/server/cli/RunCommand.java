package io.paybeacon.server.cli;

import io.paybeacon.server.Agent;
import io.paybeacon.server.AgentException;
import io.paybeacon.server.config.AgentConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code paybeacon run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the agent until it is interrupted: probes on their schedules, webhooks at"
                    + " /in/GATEWAY, metrics at /metrics.",
            "",
            "Exit codes: 0 stopped in order, 2 mistakes in the configuration, 3 it cannot start.",
            ""
        })
final class RunCommand implements Callable<Integer> {
    @Mixin ConfigOption config = new ConfigOption();
    @Spec @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        PrintWriter err = Specs.of(spec).commandLine().getErr();
        Optional<AgentConfig> read = config.read(err);
        if (read.isEmpty()) {
            return ExitCode.BAD_CONFIGURATION;
        }
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread hook =
                new Thread(() -> {
                    interrupted.countDown();
                    awaitQuietly(closed);
                });
        try (Agent agent = Agent.start(read.get(), InstantSource.system(), Main.Version.text())) {
            Runtime.getRuntime().addShutdownHook(hook);
            agent.recoverProbes();
            agent.scheduleProbes();
            out.printf(
                    "Paybeacon %s listens on http://%s:%d/ with %d gateways and %d probes; its data"
                            + " is in %s%n",
                    Main.Version.text(),
                    read.get().host(),
                    agent.port(),
                    read.get().gateways().size(),
                    read.get().probes().size(),
                    read.get().data());
            out.flush();
            interrupted.await();
        } catch (AgentException e) {
            err.println("paybeacon: the agent cannot start: " + e.getMessage());
            err.flush();
            return ExitCode.AGENT;
        } finally {
            closed.countDown();
        }
        return ExitCode.PASSED;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
