package io.paybeacon.server.cli;

import io.paybeacon.probe.yaml.Problem;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ConfigReader;
import io.paybeacon.server.config.ConfigReading;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The configuration that a command works with. */
final class ConfigOption {
    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            defaultValue = "agent.yaml",
            description = "The configuration. Default: ${DEFAULT-VALUE}")
    Path file = Path.of("agent.yaml");

    /** The configuration, or nothing when it has mistakes, which are printed then. */
    Optional<AgentConfig> read(PrintWriter err, Disclosure disclosure) {
        return reading(err, disclosure).map(ConfigReading.Accepted::config);
    }

    /** The same with the files it was read from. */
    Optional<ConfigReading.Accepted> reading(PrintWriter err, Disclosure disclosure) {
        return switch (ConfigReader.read(file, System.getenv(), InstantSource.system())) {
            case ConfigReading.Accepted accepted -> {
                disclosure.learn(accepted.config());
                yield Optional.of(accepted);
            }
            case ConfigReading.Rejected(List<Problem> problems, _) -> {
                problems.forEach(err::println);
                err.printf(
                        "paybeacon: %d %s in the configuration; nothing was started%n",
                        problems.size(), problems.size() == 1 ? "mistake" : "mistakes");
                err.flush();
                yield Optional.empty();
            }
        };
    }
}
