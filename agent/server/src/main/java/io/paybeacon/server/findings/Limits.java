package io.paybeacon.server.findings;

import java.time.Duration;

/** The limits of the findings store, in one place. */
public final class Limits {
    /** The findings of one page. */
    public static final int PAGE_ITEMS_MAX = 500;

    /** The open findings of one subject that are shown. */
    static final int OPEN_ITEMS_MAX = 100;

    /** The records that a rebuild reads at once. */
    static final int REBUILD_PAGE_ITEMS = 500;

    /** How long after a failed connection questions fail at once, instead of waiting for it. */
    static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

    private Limits() {}
}
