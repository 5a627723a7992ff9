package io.paybeacon.server.cli;

import io.paybeacon.probe.RecoveryReport;
import io.paybeacon.probe.journal.Journal;
import io.paybeacon.probe.journal.JournalEntry;
import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.server.Agent;
import io.paybeacon.server.AgentException;
import io.paybeacon.server.config.AgentConfig;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code paybeacon orphans}. */
@Command(
        name = "orphans",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Lists the probe runs of which money may still be held at a gateway, those of checks"
                    + " included: the journal of side effects that were sent and not undone.",
            "",
            "It may run beside the agent. With --clean it takes the agent's place, which must not"
                    + " run then, and tries to give the money back.",
            ""
        },
        footerHeading = "%nExit codes%n",
        footer = {
            "  0  none is left",
            "  1  money may be left at a gateway",
            "  2  mistakes in the command or the configuration",
            "  3  a journal cannot be read, or another agent runs",
        })
final class OrphansCommand implements Callable<Integer> {
    @ParentCommand @Nullable Main main;
    @Mixin ConfigOption config = new ConfigOption();
    @Spec @Nullable CommandSpec spec;

    @Option(names = "--clean", description = "Try to give back what is left; the agent must rest.")
    boolean clean;

    @Option(names = "--json", description = "Print JSON instead of a table.")
    boolean json;

    /** A run that is left, and whose journal says so. */
    private record Left(Path journal, OpenRun run) {}

    @Override
    public Integer call() {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        PrintWriter err = Specs.of(spec).commandLine().getErr();
        Optional<AgentConfig> read = config.read(err, Specs.of(main).disclosure());
        if (read.isEmpty()) {
            return ExitCode.BAD_CONFIGURATION;
        }
        AgentConfig valid = read.get();
        AgentConfig checks = valid.withData(valid.data().resolve("check"));
        try {
            if (clean) {
                clean(valid, err);
                clean(checks, err);
            }
            List<Left> left = new ArrayList<>();
            for (AgentConfig one : List.of(valid, checks)) {
                left.addAll(left(one));
            }
            print(left, out);
            return left.isEmpty() ? ExitCode.PASSED : ExitCode.FAILED;
        } catch (AgentException | IOException e) {
            err.println("paybeacon: " + Specs.of(main).disclosure().shown(e));
            err.flush();
            return ExitCode.AGENT;
        }
    }

    private static List<Left> left(AgentConfig config) throws IOException {
        Path directory = config.data().resolve("probes");
        return Journal.inspect(directory).stream()
                .filter(OpenRun::holdsMoney)
                .map(run -> new Left(directory, run))
                .toList();
    }

    /** Starts an agent that listens nowhere else than it is configured to, recovers, and ends. */
    private void clean(AgentConfig config, PrintWriter err) throws AgentException, IOException {
        if (left(config).isEmpty()) {
            return;
        }
        try (Agent agent =
                Agent.start(
                        config,
                        InstantSource.system(),
                        Main.Version.text(),
                        Specs.of(main).disclosure().secrets())) {
            RecoveryReport report = agent.recoverProbes();
            report.cleaned().forEach(run -> err.println("given back: run " + run));
            report.orphans()
                    .forEach(orphan ->
                            err.printf(
                                    "still left: run %s of %s at %s: %s%n",
                                    orphan.run(), orphan.probe(), orphan.gateway(), orphan.why()));
            err.flush();
        }
    }

    private void print(List<Left> left, PrintWriter out) {
        if (json) {
            JsonArray runs = new JsonArray();
            left.forEach(one -> runs.add(json(one)));
            out.println(new JsonObject().put("orphans", runs).encodePrettily());
        } else if (left.isEmpty()) {
            out.println("No probe run has left money at a gateway.");
        } else {
            out.printf("%-34s %-16s %-16s %-24s %s%n", "RUN", "PROBE", "GATEWAY", "SINCE", "SENT");
            left.forEach(one ->
                    out.printf(
                            "%-34s %-16s %-16s %-24s %s%n",
                            one.run().run(),
                            one.run().probe(),
                            one.run().gateway(),
                            since(one.run()),
                            sent(one.run())));
            out.printf(
                    "%d probe runs may have left money at a gateway; paybeacon orphans --clean"
                            + " tries to give it back%n",
                    left.size());
        }
        out.flush();
    }

    private static JsonObject json(Left left) {
        OpenRun run = left.run();
        JsonArray sent = new JsonArray();
        run.sent().forEach(effect -> sent.add(json(effect)));
        return new JsonObject()
                .put("run", run.run())
                .put("probe", run.probe())
                .put("plan", run.plan())
                .put("gateway", run.gateway())
                .put("journal", left.journal().toString())
                .put("sent", sent);
    }

    private static JsonObject json(JournalEntry.Sent effect) {
        JournalEntry.Holding holds = effect.holds();
        return new JsonObject()
                .put("step", effect.step())
                .put("kind", effect.kind().label())
                .put("at", effect.at().toString())
                .put("amountMinor", holds == null ? null : holds.minor())
                .put("currency", holds == null ? null : holds.currency());
    }

    private static String since(OpenRun run) {
        return run.sent().isEmpty() ? "" : run.sent().getFirst().at().toString();
    }

    private static String sent(OpenRun run) {
        return run.sent().stream().map(JournalEntry.Sent::step).collect(Collectors.joining(", "));
    }
}
