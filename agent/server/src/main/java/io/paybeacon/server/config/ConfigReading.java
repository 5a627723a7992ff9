package io.paybeacon.server.config;

import io.paybeacon.probe.yaml.Problem;
import java.util.List;

/** What reading a configuration gave. */
public sealed interface ConfigReading {
    /** The files that were read, or could not be. */
    ConfigFiles files();

    /** A configuration without a mistake. */
    record Accepted(AgentConfig config, ConfigFiles files) implements ConfigReading {}

    /** Every mistake that was found, in the order of the file; at least one. */
    record Rejected(List<Problem> problems, ConfigFiles files) implements ConfigReading {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
