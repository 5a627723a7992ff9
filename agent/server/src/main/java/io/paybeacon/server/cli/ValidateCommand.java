package io.paybeacon.server.cli;

import io.paybeacon.server.config.AgentConfig;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code paybeacon validate}. */
@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Checks a configuration, the secrets it refers to, and the plans of its probes, without"
                    + " starting anything or sending anything.",
            "",
            "Exit codes: 0 it is right, 2 it has mistakes, each named with file, line and key.",
            ""
        })
final class ValidateCommand implements Callable<Integer> {
    @ParentCommand @Nullable Main main;
    @Mixin ConfigOption config = new ConfigOption();
    @Spec @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        Optional<AgentConfig> read =
                config.read(Specs.of(spec).commandLine().getErr(), Specs.of(main).disclosure());
        if (read.isEmpty()) {
            return ExitCode.BAD_CONFIGURATION;
        }
        AgentConfig valid = read.get();
        out.printf("%s is right.%n", config.file);
        new ConfigSummary(out).print(valid);
        out.flush();
        return ExitCode.PASSED;
    }
}
