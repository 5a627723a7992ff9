package io.paybeacon.server.findings;

import io.paybeacon.core.event.FindingEvent.Comment;
import io.paybeacon.core.event.FindingEvent.Ended;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.output.Handling;
import io.paybeacon.core.output.Handling.Entry;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the facts of a finding and the acts of people come to.
 *
 * @param assignee whose it is; empty while it is nobody's
 * @param snoozedUntil by the agent's clock; null while it is not snoozed
 * @param resolvedAt since when nobody need look at it, by the agent's clock; null while somebody
 *     need
 */
record Standing(
        FindingState state,
        String assignee,
        @Nullable Instant snoozedUntil,
        @Nullable Instant resolvedAt) {
    private static final Handled UNTOUCHED = new Handled(FindingState.OPEN, "", null, null);

    /**
     * What the facts say.
     *
     * @param state open, resolved or superseded
     * @param endedAt null while it is open
     */
    record Facts(Instant openedAt, FindingState state, @Nullable Instant endedAt) {
        static Facts of(Found found, FindingRecord known) {
            Instant endedAt = known.endedAt();
            Ended ended = known.ended();
            FindingState state =
                    endedAt == null || ended == null
                            ? FindingState.OPEN
                            : FindingSql.state(ended.resolution());
            return new Facts(found.openedAt(), state, endedAt);
        }
    }

    /**
     * What people did.
     *
     * @param decidedAt when they did the last thing that was more than a remark; null if never
     */
    record Handled(
            FindingState state,
            String assignee,
            @Nullable Instant snoozedUntil,
            @Nullable Instant decidedAt) {
        static Handled of(Handling handling) {
            Instant decidedAt = null;
            for (Entry entry : handling.entries()) {
                if (!(entry.act() instanceof Comment)) {
                    decidedAt = entry.at();
                }
            }
            return new Handled(
                    FindingState.of(handling.state()),
                    handling.assignee(),
                    handling.snoozedUntil(),
                    decidedAt);
        }
    }

    /**
     * What both come to. That nothing was wrong is a judgement that outlives the facts. What was
     * done before the finding was opened was done about an earlier time, and counts no more.
     */
    static Standing of(Facts facts, @Nullable Handled told) {
        Instant decidedAt = told == null ? null : told.decidedAt();
        boolean counts = decidedAt != null && !decidedAt.isBefore(facts.openedAt());
        Handled handled = told != null && counts ? told : UNTOUCHED;
        boolean settled =
                switch (handled.state()) {
                    case RESOLVED, FALSE_POSITIVE -> true;
                    case OPEN, ACKNOWLEDGED, ASSIGNED, SNOOZED, SUPERSEDED -> false;
                };
        Instant endedAt = facts.endedAt();
        if (endedAt != null) {
            FindingState state =
                    handled.state() == FindingState.FALSE_POSITIVE
                            ? handled.state()
                            : facts.state();
            return new Standing(state, handled.assignee(), null, endedAt);
        }
        return new Standing(
                handled.state(),
                handled.assignee(),
                handled.snoozedUntil(),
                settled ? decidedAt : null);
    }
}
