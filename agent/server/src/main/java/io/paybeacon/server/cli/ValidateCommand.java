package io.paybeacon.server.cli;

import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.GatewayConfig;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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
    @Mixin ConfigOption config = new ConfigOption();
    @Spec @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Specs.of(spec).commandLine().getOut();
        Optional<AgentConfig> read = config.read(Specs.of(spec).commandLine().getErr());
        if (read.isEmpty()) {
            return ExitCode.BAD_CONFIGURATION;
        }
        AgentConfig valid = read.get();
        out.printf("%s is right.%n", config.file);
        for (GatewayConfig gateway : valid.gateways()) {
            out.printf(
                    "  gateway %s: %s at %s, webhooks %s%n",
                    gateway.name(),
                    gateway.kind().label(),
                    gateway.url(),
                    gateway.webhookSecrets().isEmpty()
                            ? "none (no webhookSecrets)"
                            : "at /in/" + gateway.name());
        }
        for (ProbeTarget probe : valid.probes()) {
            out.printf(
                    "  probe %s: plan %s, gateway %s, every %d s%n",
                    probe.name(),
                    probe.plan().name(),
                    probe.gateway(),
                    probe.interval().toSeconds());
        }
        if (valid.probes().isEmpty()) {
            out.println("  no probes: paybeacon check would have nothing to test");
        }
        out.flush();
        return ExitCode.PASSED;
    }
}
