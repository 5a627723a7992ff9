package io.paybeacon.server.findings;

import org.jspecify.annotations.Nullable;

/**
 * Which findings to list, the latest opened first.
 *
 * @param kind a word of a kind; null for all
 * @param state null for all
 * @param gateway the configured name of the gateway account; null for all
 * @param limit how many, from 1 to {@link Limits#PAGE_ITEMS_MAX}
 * @param after the id of the last finding of the page before; null for the first page
 */
public record FindingQuery(
        @Nullable String kind,
        @Nullable FindingState state,
        @Nullable String gateway,
        int limit,
        @Nullable String after) {
    public FindingQuery {
        if (limit < 1 || limit > Limits.PAGE_ITEMS_MAX) {
            throw new IllegalArgumentException(
                    "limit is " + limit + ", not from 1 to " + Limits.PAGE_ITEMS_MAX);
        }
    }
}
