package io.paybeacon.sandbox;

import io.paybeacon.sandbox.market.generate.GatewayProfile;
import io.paybeacon.sandbox.market.generate.Incident;
import io.paybeacon.sandbox.market.generate.Mix;
import io.paybeacon.sandbox.market.generate.SimulationOptions;
import io.paybeacon.sandbox.market.stream.EventLines;
import io.paybeacon.sandbox.market.stream.Generation;
import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code paybeacon sandbox generate}. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 100,
        description = {
            "Writes what a marketplace lives through as JSON lines, the CloudEvents that the agent"
                    + " takes from a platform, and the truth about it as JSON: the final state of"
                    + " every payment, and what was made to go wrong. Time is simulated; the same"
                    + " options give the same files.",
            ""
        })
public final class GenerateCommand implements Callable<Integer> {
    @Spec @Nullable CommandSpec spec;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of everything. Default: ${DEFAULT-VALUE}")
    long seed;

    @Option(
            names = "--days",
            defaultValue = "1",
            paramLabel = "D",
            description = "Days on which orders are placed. Default: ${DEFAULT-VALUE}")
    int days;

    @Option(
            names = "--tail-days",
            defaultValue = "0",
            paramLabel = "D",
            description =
                    "Days after them on which refunds, disputes and payouts go on. Default:"
                            + " ${DEFAULT-VALUE}")
    int tailDays;

    @Option(
            names = "--payments-per-hour",
            defaultValue = "200",
            paramLabel = "N",
            description =
                    "Orders an hour at each of the four gateways, in the mean of a week. Default:"
                            + " ${DEFAULT-VALUE}")
    int paymentsPerHour;

    @Option(
            names = "--start",
            defaultValue = "2026-11-01T22:00:00Z",
            paramLabel = "TIME",
            description = "When it begins, ISO 8601. Default: ${DEFAULT-VALUE}")
    String start = "";

    @Option(
            names = "--stuck-permille",
            defaultValue = "10",
            paramLabel = "N",
            description = "Orders of a thousand that get stuck. Default: ${DEFAULT-VALUE}")
    int stuck;

    @Option(
            names = "--anomaly-permille",
            defaultValue = "10",
            paramLabel = "N",
            description = "Orders of a thousand that go wrong otherwise. Default: 10")
    int anomalous;

    @Option(
            names = "--incident",
            paramLabel = "INCIDENT",
            description =
                    "An incident, such as stripe/outage,start=30h,for=2h; may be repeated."
                            + " paybeacon sandbox --help lists them.")
    List<String> incidents = List.of();

    @Option(
            names = "--platform",
            defaultValue = EventLines.PLATFORM,
            paramLabel = "NAME",
            description =
                    "The source of what the platform itself tells, as the agent's configuration"
                            + " names it. Default: ${DEFAULT-VALUE}")
    String platform = EventLines.PLATFORM;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The events; a file that is there is replaced.")
    @Nullable Path out;

    @Option(
            names = "--truth",
            paramLabel = "FILE",
            description = "The truth. Default: the events' file with .truth.json behind it.")
    Optional<Path> truth = Optional.empty();

    /** For picocli, which fills the options in. */
    public GenerateCommand() {}

    /** Runs it; exit code 0, 2 when an option is wrong, 3 when a file cannot be written. */
    @Override
    public Integer call() {
        CommandSpec own = commandSpec();
        PrintWriter said = own.commandLine().getOut();
        if (out == null) {
            throw new ParameterException(own.commandLine(), "--out is missing");
        }
        Path events = out;
        Path truthFile = truth.orElseGet(() -> Path.of(events + ".truth.json"));
        SimulationOptions options = checked(this::options);
        boolean terminal =
                Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
        ProgressBar bar = new ProgressBar(said, terminal, System::nanoTime);
        try {
            Generation.Counts counts =
                    Generation.run(
                            options,
                            events,
                            truthFile,
                            platform,
                            (done, all, written) -> bar.at(done, all, written, "events"));
            bar.end();
            said.printf(
                    "%d orders, %d payments, %d events in %s%n",
                    counts.orders(), counts.payments(), counts.events(), events);
            said.printf("%d things went wrong on purpose, see %s%n", counts.planted(), truthFile);
            return 0;
        } catch (IOException | UncheckedIOException e) {
            bar.end();
            said.println("paybeacon sandbox generate: cannot write: " + e.getMessage());
            return 3;
        } finally {
            said.flush();
        }
    }

    private SimulationOptions options() {
        Instant from;
        try {
            from = Instant.parse(start);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "--start '" + start + "' is no time: write it like 2026-11-01T22:00:00Z", e);
        }
        List<Incident> planned =
                incidents.stream()
                        .map(PlannedIncident::parse)
                        .map(incident -> incident.from(from))
                        .toList();
        return new SimulationOptions(
                seed,
                from,
                Duration.ofDays(days),
                Duration.ofDays(tailDays),
                GatewayProfile.four(paymentsPerHour),
                Mix.usual().withPlanted(stuck, anomalous),
                planned,
                false);
    }

    private <T> T checked(Supplier<T> step) {
        try {
            return step.get();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    commandSpec().commandLine(), String.valueOf(e.getMessage()));
        }
    }

    private CommandSpec commandSpec() {
        if (spec == null) {
            throw new IllegalStateException("the command is run through picocli");
        }
        return spec;
    }
}
