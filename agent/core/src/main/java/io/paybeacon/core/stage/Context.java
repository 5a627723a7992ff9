package io.paybeacon.core.stage;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * What a stage may know beside state and event.
 *
 * @param now when the agent accepted the event, or the tick that reached a deadline: by the agent's
 *     clock, cut to milliseconds, never the time of processing, so that a replay sees the same
 * @param reference what is the same for every key
 */
public record Context(Instant now, Reference reference) {
    public Context {
        // States keep times, and their bytes hold whole milliseconds: what was never written must
        // not differ from what was.
        now = now.truncatedTo(ChronoUnit.MILLIS);
    }
}
