package io.paybeacon.server.findings;

import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.output.Handling;
import java.time.Instant;
import java.util.List;

/**
 * A line of a finding's audit trail. The act is a word, because the store outlives the build that
 * wrote it.
 *
 * @param at by the agent's clock
 * @param eventId tells it from every other act
 * @param actor who did it: the name of a token
 * @param detail to whom, until when, or a remark; empty where there is nothing to say
 * @param from what people's acts had come to before
 * @param to what they came to then
 */
public record StoredAct(
        Instant at,
        String eventId,
        String actor,
        String act,
        String detail,
        FindingState from,
        FindingState to) {
    /** The acts on a finding that the engine has on record, in order. */
    public static List<StoredAct> of(FindingRecord known) {
        Handling handling = known.handling();
        return handling == null ? List.of() : AuditTrail.of(handling.entries());
    }
}
