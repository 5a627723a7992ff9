package io.paybeacon.server.findings;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which findings to list, the latest opened first. What is null does not narrow the list.
 *
 * @param agent the agent whose findings they are; null for those of all agents that share the
 *     database
 * @param kind a word of a kind
 * @param severity a word of a severity
 * @param gateway the configured name of the gateway account
 * @param subject what they are about, exactly
 * @param openedFrom opened then or later, by the agent's clock
 * @param openedBefore opened before
 * @param limit how many, from 1 to {@link Limits#PAGE_ITEMS_MAX}
 * @param after where the page before ended; null for the first page
 */
public record FindingQuery(
        @Nullable String agent,
        @Nullable String kind,
        @Nullable FindingState state,
        @Nullable String severity,
        @Nullable String gateway,
        @Nullable String subject,
        @Nullable Instant openedFrom,
        @Nullable Instant openedBefore,
        int limit,
        @Nullable PagePosition after) {
    public FindingQuery {
        if (limit < 1 || limit > Limits.PAGE_ITEMS_MAX) {
            throw new IllegalArgumentException(
                    "limit is " + limit + ", not from 1 to " + Limits.PAGE_ITEMS_MAX);
        }
    }

    /** The first page of everything. */
    public static FindingQuery first(int limit) {
        return new FindingQuery(null, null, null, null, null, null, null, null, limit, null);
    }

    /** The same from another place on. */
    public FindingQuery from(@Nullable PagePosition place) {
        return new FindingQuery(
                agent,
                kind,
                state,
                severity,
                gateway,
                subject,
                openedFrom,
                openedBefore,
                limit,
                place);
    }
}
