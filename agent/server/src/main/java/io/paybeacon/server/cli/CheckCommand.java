package io.paybeacon.server.cli;

import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.yaml.Problem;
import io.paybeacon.server.Agent;
import io.paybeacon.server.AgentException;
import io.paybeacon.server.check.CheckReport;
import io.paybeacon.server.check.CheckReport.Refusal;
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
import picocli.CommandLine.ParentCommand;
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
            "  3  the agent or the machine is at fault, or it was interrupted: nothing is said"
                    + " about a gateway",
            "  4  nothing was tested, or not every probe was (see --allow-untested)",
        })
final class CheckCommand implements Callable<Integer> {
    private static final String INTERRUPTED =
            "the check was interrupted; what it had begun was cleaned up as far as it could be, and"
                    + " paybeacon orphans shows what is left";
    private static final String CLOSED =
            "the standard output was closed before all was written to it, so that nobody may have"
                    + " read what was found; keep it open, or send it to a file";
    private static final String MAINTENANCE =
            "under maintenance, as the configuration says of the probe or its gateway; run it after"
                    + " the window, or let it be with --allow-untested";

    @ParentCommand @Nullable Main main;
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
        try (Interruption interruption = new Interruption()) {
            int exitCode = check(interruption);
            interruption.ended(exitCode);
            return exitCode;
        }
    }

    private int check(Interruption interruption) {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        PrintWriter err = Specs.of(spec).commandLine().getErr();
        ReportFiles files = new ReportFiles(junit, json);
        try {
            files.prepare(config.file);
        } catch (IOException e) {
            tell(err, "a report cannot be written: " + disclosure().shown(e));
            return ExitCode.BAD_CONFIGURATION;
        }
        CheckReport report = report(files.jsonToStandardOutput() ? err : out, err, interruption);
        if (files.jsonToStandardOutput()) {
            out.print(JsonReport.of(report, exitCode(report.verdict())));
        }
        if (out.checkError() && report.refusal() == null) {
            report = report.refused(new Refusal(CheckVerdict.AGENT_FAULT, List.of(CLOSED)));
        }
        Refusal refusal = report.refusal();
        if (refusal != null) {
            refusal.problems().forEach(problem -> tell(err, problem));
        }
        int exitCode = exitCode(report.verdict());
        try {
            files.write(report, exitCode);
        } catch (IOException e) {
            tell(err, "a report could not be written: " + disclosure().shown(e));
            return exitCode == ExitCode.PASSED ? ExitCode.AGENT : exitCode;
        }
        return exitCode;
    }

    private static void tell(PrintWriter err, String problem) {
        err.println("paybeacon: " + problem);
        err.flush();
    }

    private Disclosure disclosure() {
        return Specs.of(main).disclosure();
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

    private CheckReport report(PrintWriter table, PrintWriter err, Interruption interruption) {
        InstantSource clock = InstantSource.system();
        CheckCourse course = new CheckCourse(config.file.toString(), allowUntested, clock);
        List<ProbeTarget> targets = new ArrayList<>();
        try {
            AgentConfig valid;
            switch (ConfigReader.read(config.file, System.getenv(), clock)) {
                case ConfigReading.Accepted(AgentConfig accepted, _) ->
                        valid = disclosure().learn(accepted);
                case ConfigReading.Rejected(List<Problem> problems, _) -> {
                    return course.refused(
                            CheckVerdict.BAD_CONFIGURATION,
                            problems.stream().map(Problem::toString).toList());
                }
            }
            List<String> unknown = unknown(valid);
            if (!unknown.isEmpty()) {
                return course.refused(CheckVerdict.BAD_CONFIGURATION, unknown);
            }
            valid.probes().stream()
                    .filter(probe -> names.isEmpty() || names.contains(probe.name()))
                    .forEach(targets::add);
            if (targets.isEmpty()) {
                return course.refused(
                        CheckVerdict.NOT_TESTED,
                        List.of(
                                "no probe is configured, so nothing was tested; add one under"
                                        + " probes"));
            }
            run(valid, targets, course, table, err, interruption);
            if (interruption.isRequested()) {
                course.leaveRest(targets, INTERRUPTED);
                return course.refused(CheckVerdict.AGENT_FAULT, List.of(INTERRUPTED));
            }
            return course.ended();
        } catch (AgentException e) {
            course.leaveRest(targets, "the agent cannot start");
            return course.refused(
                    CheckVerdict.AGENT_FAULT,
                    List.of("the agent cannot start: " + disclosure().shown(e)));
        } catch (RuntimeException | IOException e) {
            course.leaveRest(targets, "the check broke off");
            return course.refused(
                    CheckVerdict.AGENT_FAULT,
                    List.of(
                            interruption.isRequested()
                                    ? INTERRUPTED
                                    : "the check broke off: " + disclosure().shown(e)));
        }
    }

    private List<String> unknown(AgentConfig valid) {
        List<String> known = valid.probes().stream().map(ProbeTarget::name).toList();
        return names.stream()
                .filter(name -> !known.contains(name))
                .map(name -> "--probe: " + ConfigReader.noSuch("probe", name, known))
                .toList();
    }

    private void run(
            AgentConfig valid,
            List<ProbeTarget> targets,
            CheckCourse course,
            PrintWriter out,
            PrintWriter err,
            Interruption interruption)
            throws AgentException, IOException {
        boolean terminal = isTerminal();
        TableReport table = new TableReport(out, terminal && System.getenv("NO_COLOR") == null);
        InstantSource clock = InstantSource.system();
        try (Agent agent =
                        Agent.start(
                                valid.withData(valid.data().resolve("check")),
                                clock,
                                Main.Version.text(),
                                disclosure().secrets());
                Progress progress = new Progress(err, terminal, System::nanoTime)) {
            interruption.onRequest(agent::stopProbes);
            agent.watchSteps(progress::step);
            progress.begins("giving back what earlier checks left");
            course.recovered(agent.recoverProbes());
            progress.ends();
            table.head();
            int count = 0;
            for (ProbeTarget target : targets) {
                count++;
                if (interruption.isRequested()) {
                    break;
                }
                if (target.policy().inMaintenance(clock.instant())) {
                    course.leave(target, MAINTENANCE);
                    continue;
                }
                progress.begins("[%d/%d] %s".formatted(count, targets.size(), target.name()));
                RunResult result = agent.runProbe(target);
                progress.ends();
                course.took(target, result).ifPresent(table::probe);
            }
            if (interruption.isRequested()) {
                course.leaveRest(targets, INTERRUPTED);
            }
            table.foot(course.ended());
        }
    }

    /** Whether a person watches. */
    static boolean isTerminal() {
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }
}
