package io.paybeacon.testkit.model;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.List;

/** One input of an engine as it was taken: what a replay needs to take the same steps. */
public sealed interface RecordedInput {
    /** By the agent's clock: when the events were accepted, the tick's time, or the change's. */
    Instant at();

    /** Events that were accepted together. */
    record Accepted(Instant at, List<Event> events) implements RecordedInput {
        public Accepted {
            events = List.copyOf(events);
        }
    }

    /** Time advanced. */
    record Ticked(Instant at) implements RecordedInput {}

    /** What every key shares changed. */
    record Referred(Instant at, Reference reference) implements RecordedInput {}
}
