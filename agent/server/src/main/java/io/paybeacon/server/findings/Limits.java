package io.paybeacon.server.findings;

/** The limits of the findings store, in one place. */
public final class Limits {
    /** The findings of one page. */
    public static final int PAGE_ITEMS_MAX = 500;

    /** The open findings of one subject that are shown. */
    static final int OPEN_ITEMS_MAX = 100;

    /** The connections to the database, one of which is the delivery's. */
    static final int CONNECTIONS_MAX = 4;

    /** How long a question waits for a connection, in seconds. */
    static final int CONNECTION_WAIT_SECONDS = 5;

    private Limits() {}
}
