package io.paybeacon.server.cli;

import io.paybeacon.server.Agent;
import io.paybeacon.server.AgentException;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ConfigReading;
import io.paybeacon.server.reload.ConfigReload;
import io.paybeacon.server.reload.HangUpSignal;
import io.paybeacon.server.reload.ReloadCause;
import io.paybeacon.server.reload.Reloading;
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
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code paybeacon run}. */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the agent until it is interrupted: probes on their schedules, webhooks at"
                    + " /in/GATEWAY, metrics at /metrics. Its configuration is read anew on SIGHUP,"
                    + " on POST /-/reload, and when one of its files changes.",
            "",
            "Exit codes: 0 stopped in order, 2 mistakes in the configuration, 3 it cannot start.",
            ""
        })
final class RunCommand implements Callable<Integer> {
    @ParentCommand @Nullable Main main;
    @Mixin ConfigOption config = new ConfigOption();
    @Spec @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, IOException {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        PrintWriter err = Specs.of(spec).commandLine().getErr();
        Optional<ConfigReading.Accepted> read = config.reading(err, Specs.of(main).disclosure());
        if (read.isEmpty()) {
            return ExitCode.BAD_CONFIGURATION;
        }
        AgentConfig valid = read.get().config();
        CountDownLatch interrupted = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        Thread hook =
                new Thread(() -> {
                    interrupted.countDown();
                    awaitQuietly(closed);
                });
        try (Agent agent =
                Agent.start(
                        valid,
                        InstantSource.system(),
                        Main.Version.text(),
                        Specs.of(main).disclosure().secrets())) {
            Runtime.getRuntime().addShutdownHook(hook);
            agent.recoverProbes();
            agent.scheduleProbes();
            Reloading reloading =
                    agent.followConfig(
                            config.file, System.getenv(), read.get(), ConfigReload.LOOK_EVERY);
            HangUpSignal.onEach(() -> {
                // The log tells what came of it.
                var _ = reloading.reload(ReloadCause.SIGNAL);
            });
            out.printf(
                    "Paybeacon %s listens on %s with %d gateways and %d probes; its data"
                            + " is in %s%n",
                    Main.Version.text(),
                    valid.listen().url(agent.port(), "/"),
                    valid.gateways().size(),
                    valid.probes().size(),
                    valid.data());
            out.flush();
            interrupted.await();
        } catch (AgentException e) {
            err.println(
                    "paybeacon: the agent cannot start: " + Specs.of(main).disclosure().shown(e));
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
