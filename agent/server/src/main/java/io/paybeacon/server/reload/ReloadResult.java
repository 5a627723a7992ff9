package io.paybeacon.server.reload;

import io.paybeacon.probe.yaml.Problem;
import java.util.List;

/** What reading the configuration anew gave. */
public sealed interface ReloadResult {
    /** It is in force. */
    record Applied(ConfigChanges changes) implements ReloadResult {}

    /** It has mistakes; the one before stays in force. */
    record Rejected(List<Problem> problems) implements ReloadResult {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }

    /**
     * It is right, but the agent could not bring it into force; the one before stays.
     *
     * @param why for people; nothing secret
     */
    record Failed(String why) implements ReloadResult {}

    /** Too many wait to be done; it was not read. */
    record Busy() implements ReloadResult {}
}
