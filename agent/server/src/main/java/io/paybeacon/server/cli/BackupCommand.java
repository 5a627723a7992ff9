package io.paybeacon.server.cli;

import io.paybeacon.embedded.Backup;
import io.paybeacon.server.config.AgentConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code paybeacon backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Copies the agent's data to DIR: payments, findings, metrics and the journal of probes,"
                    + " all of one moment, with a checksum for each file.",
            "",
            "The agent must not run meanwhile; gateways send again what they could not deliver.",
            ""
        },
        footerHeading = "%nExit codes%n",
        footer = {
            "  0  the backup is whole",
            "  2  mistakes in the command or the configuration",
            "  3  the agent runs, or something cannot be read or written",
        })
final class BackupCommand implements Callable<Integer> {
    @ParentCommand @Nullable Main main;
    @Mixin ConfigOption config = new ConfigOption();
    @Spec @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Where to; must not exist yet, or be empty.")
    Path directory = Path.of("");

    @Override
    public Integer call() {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        PrintWriter err = Specs.of(spec).commandLine().getErr();
        Optional<AgentConfig> read = config.read(err, Specs.of(main).disclosure());
        if (read.isEmpty()) {
            return ExitCode.BAD_CONFIGURATION;
        }
        Path data = read.get().data();
        try {
            Backup.Content content = Backup.copy(data, data.resolve("engine"), directory);
            out.printf(
                    "Backed up %s to %s: %d files, %d bytes, each with its checksum.%n",
                    data, directory, content.files(), content.bytes());
            out.flush();
            return ExitCode.PASSED;
        } catch (IOException e) {
            err.println("paybeacon: " + Specs.of(main).disclosure().shown(e));
            err.flush();
            return ExitCode.AGENT;
        }
    }
}
