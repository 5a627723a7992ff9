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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code paybeacon restore}. */
@Command(
        name = "restore",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Makes the agent's data what they were when the backup in DIR was made. The data"
                    + " directory must be empty, or not there: move it aside before.",
            ""
        },
        footerHeading = "%nExit codes%n",
        footer = {
            "  0  restored, or with --verify: the backup is whole",
            "  2  mistakes in the command or the configuration",
            "  3  the backup is not whole, the data directory is not empty, or something cannot be"
                    + " read or written; nothing was changed",
        })
final class RestoreCommand implements Callable<Integer> {
    @ParentCommand @Nullable Main main;
    @Mixin ConfigOption config = new ConfigOption();
    @Spec @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "The backup.")
    Path directory = Path.of("");

    @Option(names = "--verify", description = "Only compare the backup with its checksums.")
    boolean verify;

    @Override
    public Integer call() {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        PrintWriter err = Specs.of(spec).commandLine().getErr();
        try {
            if (verify) {
                Backup.Content content = Backup.verify(directory);
                out.printf(
                        "The backup %s is whole: %d files, %d bytes.%n",
                        directory, content.files(), content.bytes());
                out.flush();
                return ExitCode.PASSED;
            }
            Optional<AgentConfig> read = config.read(err, Specs.of(main).disclosure());
            if (read.isEmpty()) {
                return ExitCode.BAD_CONFIGURATION;
            }
            Path data = read.get().data();
            Backup.Content content = Backup.restore(directory, data);
            out.printf(
                    "Restored %s from %s: %d files, %d bytes.%n",
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
