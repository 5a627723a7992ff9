package io.paybeacon.server;

import org.jspecify.annotations.Nullable;

/** The agent cannot start; the message says why and what to do, for people. */
public final class AgentException extends Exception {
    private static final long serialVersionUID = 1L;

    /** Says why. */
    public AgentException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
