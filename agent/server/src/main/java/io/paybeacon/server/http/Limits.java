package io.paybeacon.server.http;

/** The limits of the HTTP door, in one place. */
public final class Limits {
    /** The body of a webhook, unless configured otherwise. The adapters read no larger ones. */
    public static final int BODY_BYTES_DEFAULT = 1 << 20;

    /** The bodies of all webhooks that are held at once. */
    static final int BODY_BYTES_HELD_MAX = 64 << 20;

    /** From the headers of a webhook to its last byte, in milliseconds, unless configured. */
    public static final int BODY_READ_MILLIS_DEFAULT = 10_000;

    /** The longest wait of a request that can be configured, in milliseconds. */
    static final int WAIT_MILLIS_MAX = 60_000;

    /** How long the rest of a refused body is let run before the connection is closed. */
    static final int BODY_DISCARD_MILLIS_MAX = 2_000;

    /** The largest body that is verified and read on the event loop; larger ones go to workers. */
    static final int BODY_BYTES_ON_EVENT_LOOP_MAX = 16 << 10;

    /**
     * How long a webhook waits to become durable, in milliseconds, unless configured. Gateways give
     * up after 10 s or more, and an answer in time says more than a broken connection.
     */
    public static final int DURABLE_WAIT_MILLIS_DEFAULT = 8_000;

    /** When a sender who was refused for lack of room should come again, in seconds. */
    static final int RETRY_AFTER_SECONDS = 5;

    /** The request line, in bytes. */
    static final int REQUEST_LINE_BYTES_MAX = 4 << 10;

    /** All headers of a request, in bytes. */
    static final int HEADER_BYTES_MAX = 16 << 10;

    /** How long a connection may be silent, in seconds. */
    static final int IDLE_SECONDS_MAX = 60;

    /** How long a TLS handshake may take, in seconds. */
    static final int HANDSHAKE_SECONDS_MAX = 10;

    /** The connections that are open at once. */
    static final int CONNECTIONS_MAX = 1_024;

    /** The questions that are answered off the event loop at once. */
    static final int QUESTIONS_MAX = 64;

    /** How long the committed state of a key is waited for, in milliseconds. */
    static final int FIND_MILLIS_MAX = 5_000;

    /** The findings of a page that does not say how many. */
    static final int PAGE_ITEMS_DEFAULT = 50;

    /** The last runs of a probe that passed and are kept. */
    static final int RUNS_PASSED_KEPT_MAX = 5;

    /** The last runs of a probe that did not pass and are kept. */
    static final int RUNS_FAILED_KEPT_MAX = 15;

    /** The characters of all debug logs that are kept together. */
    static final long RUNS_KEPT_CHARS_MAX = 8L << 20;

    /** An Authorization header, in characters; longer ones are not compared. */
    static final int AUTHORIZATION_CHARS_MAX = 1_024;

    /** How long a reload is waited for, in milliseconds. */
    static final int RELOAD_MILLIS_MAX = 60_000;

    private Limits() {}
}
