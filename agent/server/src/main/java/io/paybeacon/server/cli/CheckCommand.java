package io.paybeacon.server.cli;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.RecoveryReport;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.yaml.Problem;
import io.paybeacon.server.Agent;
import io.paybeacon.server.AgentException;
import io.paybeacon.server.check.CheckReport;
import io.paybeacon.server.check.CheckReport.Refusal;
import io.paybeacon.server.check.CheckReport.Tested;
import io.paybeacon.server.check.CheckReport.Untested;
import io.paybeacon.server.check.CheckVerdict;
import io.paybeacon.server.check.JsonReport;
import io.paybeacon.server.check.Progress;
import io.paybeacon.server.check.ReportFiles;
import io.paybeacon.server.check.TableReport;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ConfigReader;
import io.paybeacon.server.config.ConfigReading;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
        sortOptions = false,
        description = {
            "Runs each probe once, cleans up, and says what happened: for pipelines.",
            "",
            "It listens where the configuration says, so that webhooks reach it, and keeps its own"
                    + " data in the folder check below the agent's. Nothing is tried again: a"
                    + " probe that fails once has failed.",
            ""
        },
        footerHeading = "%nExit codes%n",
        footer = {
            "  0  every probe was tested and passed, and nothing was left at a gateway",
            "  1  a probe failed, or money may be left at a gateway",
            "  2  mistakes in the command or the configuration; nothing was sent",
            "  3  the agent or the machine is at fault: nothing is said about a gateway",
            "  4  nothing was tested, or not every probe was (see --allow-untested)",
        })
final class CheckCommand implements Callable<Integer> {
    @Mixin ConfigOption config = new ConfigOption();
    @Spec @Nullable CommandSpec spec;

    @Option(
            names = "--probe",
            paramLabel = "NAME",
            description = "Run this probe alone; may be repeated. Default: all.")
    List<String> names = List.of();

    @Option(
            names = "--junit",
            paramLabel = "FILE",
            description = "Write a JUnit XML report, a case per step.")
    Optional<Path> junit = Optional.empty();

    @Option(
            names = "--json",
            paramLabel = "FILE",
            description = "Write a JSON report; - for the standard output.")
    Optional<Path> json = Optional.empty();

    @Option(
            names = "--allow-untested",
            description =
                    "Pass although some probes could not be tested, such as those under"
                            + " maintenance. When none could, the check does not pass.")
    boolean allowUntested;

    @Override
    public Integer call() {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        PrintWriter err = Specs.of(spec).commandLine().getErr();
        ReportFiles files = new ReportFiles(junit, json);
        try {
            files.prepare();
        } catch (IOException e) {
            err.println("paybeacon: a report cannot be written: " + text(e));
            err.flush();
            return ExitCode.BAD_CONFIGURATION;
        }
        CheckReport report = report(files.jsonToStandardOutput() ? err : out, err);
        Refusal refusal = report.refusal();
        if (refusal != null) {
            refusal.problems().forEach(problem -> err.println("paybeacon: " + problem));
            err.flush();
        }
        int exitCode = exitCode(report.verdict());
        try {
            if (files.jsonToStandardOutput()) {
                out.print(JsonReport.of(report, exitCode));
                out.flush();
            }
            files.write(report, exitCode);
        } catch (IOException e) {
            err.println("paybeacon: a report could not be written: " + text(e));
            err.flush();
            return exitCode == ExitCode.PASSED ? ExitCode.AGENT : exitCode;
        }
        return exitCode;
    }

    private static int exitCode(CheckVerdict verdict) {
        return switch (verdict) {
            case PASSED -> ExitCode.PASSED;
            case FAILED -> ExitCode.FAILED;
            case BAD_CONFIGURATION -> ExitCode.BAD_CONFIGURATION;
            case AGENT_FAULT -> ExitCode.AGENT;
            case NOT_TESTED -> ExitCode.NOTHING_TESTED;
        };
    }

    private static String text(Throwable error) {
        String message = error.getMessage();
        return message == null || message.isBlank() ? error.toString() : message;
    }

    private CheckReport report(PrintWriter table, PrintWriter err) {
        Course course = new Course(config.file.toString(), allowUntested);
        AgentConfig valid;
        switch (ConfigReader.read(config.file, System.getenv(), InstantSource.system())) {
            case ConfigReading.Accepted(AgentConfig accepted, _) -> valid = accepted;
            case ConfigReading.Rejected(List<Problem> problems, _) -> {
                return course.refused(
                        CheckVerdict.BAD_CONFIGURATION,
                        problems.stream().map(Problem::toString).toList());
            }
        }
        List<String> known = valid.probes().stream().map(ProbeTarget::name).toList();
        List<String> unknown =
                names.stream()
                        .filter(name -> !known.contains(name))
                        .map(name -> ConfigReader.noSuch("probe", name, known))
                        .toList();
        if (!unknown.isEmpty()) {
            return course.refused(CheckVerdict.BAD_CONFIGURATION, unknown);
        }
        List<ProbeTarget> targets =
                valid.probes().stream()
                        .filter(probe -> names.isEmpty() || names.contains(probe.name()))
                        .toList();
        if (targets.isEmpty()) {
            return course.refused(
                    CheckVerdict.NOT_TESTED,
                    List.of("no probe is configured, so nothing was tested; add one under probes"));
        }
        try {
            return run(valid, targets, course, table, err);
        } catch (AgentException e) {
            return course.refused(
                    CheckVerdict.AGENT_FAULT, List.of("the agent cannot start: " + text(e)));
        } catch (RuntimeException | IOException e) {
            return course.refused(
                    CheckVerdict.AGENT_FAULT, List.of("the check broke off: " + text(e)));
        }
    }

    private static CheckReport run(
            AgentConfig valid,
            List<ProbeTarget> targets,
            Course course,
            PrintWriter out,
            PrintWriter err)
            throws AgentException, IOException {
        boolean terminal = isTerminal();
        TableReport table = new TableReport(out, terminal && System.getenv("NO_COLOR") == null);
        InstantSource clock = InstantSource.system();
        try (Agent agent =
                        Agent.start(
                                valid.withData(valid.data().resolve("check")),
                                clock,
                                Main.Version.text());
                Progress progress = new Progress(err, terminal, System::nanoTime)) {
            progress.begins("giving back what earlier checks left");
            RecoveryReport recovered = agent.recoverProbes();
            progress.ends();
            course.earlier.addAll(recovered.orphans());
            table.head();
            int count = 0;
            for (ProbeTarget target : targets) {
                count++;
                progress.begins("[%d/%d] %s".formatted(count, targets.size(), target.name()));
                RunResult result = agent.runProbe(target);
                progress.ends();
                course.took(target, result, table);
            }
            CheckReport report = course.ended();
            table.foot(report);
            return report;
        }
    }

    private static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** What a check has found so far. */
    private static final class Course {
        private final String file;
        private final boolean allowUntested;
        private final Instant startedAt = InstantSource.system().instant();
        private final long startNanos = System.nanoTime();
        private final List<Tested> tested = new ArrayList<>();
        private final List<Untested> untested = new ArrayList<>();
        private final List<RecoveryReport.Orphan> earlier = new ArrayList<>();

        Course(String file, boolean allowUntested) {
            this.file = file;
            this.allowUntested = allowUntested;
        }

        /** A run that the budget stopped tested nothing, and is told as such. */
        void took(ProbeTarget target, RunResult result, TableReport table) {
            Failure failure = result.failure();
            if (failure != null && failure.reason() == ProbeReason.BUDGET) {
                untested.add(new Untested(target.name(), target.gateway(), failure.detail()));
                return;
            }
            Tested probe = new Tested(target.plan(), result);
            tested.add(probe);
            table.probe(probe);
        }

        CheckReport ended() {
            return report(null);
        }

        CheckReport refused(CheckVerdict verdict, List<String> problems) {
            return report(new Refusal(verdict, problems));
        }

        private CheckReport report(@Nullable Refusal refusal) {
            return new CheckReport(
                    version(),
                    file,
                    startedAt,
                    Duration.ofNanos(System.nanoTime() - startNanos),
                    tested,
                    untested,
                    allowUntested,
                    earlier,
                    refusal);
        }

        private static String version() {
            try {
                return Main.Version.text();
            } catch (IOException e) {
                return "unknown";
            }
        }
    }
}
