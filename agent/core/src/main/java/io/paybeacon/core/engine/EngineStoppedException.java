package io.paybeacon.core.engine;

import org.jspecify.annotations.Nullable;

/** The engine is closed, or stopped because it could no longer write. */
public final class EngineStoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why it stopped.
     *
     * @param cause null when it was closed in order
     */
    public EngineStoppedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
