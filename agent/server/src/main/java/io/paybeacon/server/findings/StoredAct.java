package io.paybeacon.server.findings;

import java.time.Instant;

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
        FindingState to) {}
