package io.paybeacon.server.cli;

import io.paybeacon.probe.RecoveryReport;
import io.paybeacon.probe.result.CleanupResult;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.server.Agent;
import io.paybeacon.server.AgentException;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ConfigReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code paybeacon check}. */
@Command(
        name = "check",
        mixinStandardHelpOptions = true,
        description = {
            "Runs each probe once, cleans up, and says what happened: for pipelines.",
            "",
            "It listens where the configuration says, so that webhooks reach it, and keeps its own"
                    + " data in the folder check below the agent's.",
            "",
            "Exit codes: 0 every probe passed, 1 a probe failed or left something behind, 2"
                    + " mistakes in the configuration, 3 the agent or the machine is at fault, 4"
                    + " nothing was tested.",
            ""
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin ConfigOption config = new ConfigOption();
    @Spec @Nullable CommandSpec spec;

    @Option(
            names = "--probe",
            paramLabel = "NAME",
            description = "Run this probe alone; may be repeated. Default: all.")
    List<String> names = List.of();

    @Override
    public Integer call() throws IOException {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        PrintWriter err = Specs.of(spec).commandLine().getErr();
        Optional<AgentConfig> read = config.read(err);
        if (read.isEmpty()) {
            return ExitCode.BAD_CONFIGURATION;
        }
        AgentConfig valid = read.get();
        List<String> known = valid.probes().stream().map(ProbeTarget::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                err.println("paybeacon: " + ConfigReader.noSuch("probe", name, known));
                err.flush();
                return ExitCode.BAD_CONFIGURATION;
            }
        }
        List<ProbeTarget> targets =
                valid.probes().stream()
                        .filter(probe -> names.isEmpty() || names.contains(probe.name()))
                        .toList();
        if (targets.isEmpty()) {
            err.println("paybeacon: no probe is configured, so nothing was tested");
            err.flush();
            return ExitCode.NOTHING_TESTED;
        }
        return check(valid, targets, out, err);
    }

    private static int check(
            AgentConfig valid, List<ProbeTarget> targets, PrintWriter out, PrintWriter err)
            throws IOException {
        List<RunResult> results = new ArrayList<>();
        try (Agent agent =
                Agent.start(
                        valid.withData(valid.data().resolve("check")),
                        InstantSource.system(),
                        Main.Version.text())) {
            RecoveryReport recovered = agent.recoverProbes();
            out.printf("%-20s %-20s %-6s %9s  %s%n", "PROBE", "STEP", "RESULT", "TIME", "REASON");
            for (ProbeTarget target : targets) {
                RunResult result = agent.runProbe(target);
                results.add(result);
                print(result, out);
            }
            return verdict(results, recovered, out);
        } catch (AgentException e) {
            err.println("paybeacon: the agent cannot start: " + e.getMessage());
            err.flush();
            return ExitCode.AGENT;
        }
    }

    private static void print(RunResult result, PrintWriter out) {
        for (StepResult step : result.steps()) {
            print(result.probe(), step, out);
        }
        for (StepResult step : result.cleanup().steps()) {
            print(result.probe(), step, out);
        }
        if (result.cleanup().state() == CleanupResult.State.ORPHANED) {
            out.printf("%-20s money may be left at %s%n", result.probe(), result.gateway());
        }
        out.flush();
    }

    private static void print(String probe, StepResult step, PrintWriter out) {
        Failure failure = step.failure();
        out.printf(
                Locale.ROOT,
                "%-20s %-20s %-6s %6.0f ms  %s%n",
                probe,
                step.step(),
                failure == null ? "pass" : "FAIL",
                step.durationNanos() / 1e6,
                failure == null ? "" : failure.reason().label() + ": " + failure.detail());
    }

    private static int verdict(List<RunResult> results, RecoveryReport recovered, PrintWriter out) {
        long passed = count(results, RunResult.Outcome.PASSED);
        long failed = count(results, RunResult.Outcome.FAILED);
        long notCounted = count(results, RunResult.Outcome.NOT_COUNTED);
        long orphaned =
                results.stream()
                        .filter(r -> r.cleanup().state() == CleanupResult.State.ORPHANED)
                        .count();
        out.printf(
                "%d probes: %d passed, %d failed, %d not counted (the agent's own fault), %d left"
                        + " something behind%n",
                results.size(), passed, failed, notCounted, orphaned);
        if (!recovered.orphans().isEmpty()) {
            out.printf(
                    "%d earlier runs may have left money; they are tried again at each start%n",
                    recovered.orphans().size());
        }
        out.flush();
        if (failed > 0 || orphaned > 0 || !recovered.orphans().isEmpty()) {
            return ExitCode.FAILED;
        }
        return notCounted > 0 ? ExitCode.AGENT : ExitCode.PASSED;
    }

    private static long count(List<RunResult> results, RunResult.Outcome outcome) {
        return results.stream().filter(result -> result.outcome() == outcome).count();
    }
}
