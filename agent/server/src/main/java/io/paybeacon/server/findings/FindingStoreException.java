package io.paybeacon.server.findings;

import org.jspecify.annotations.Nullable;

/** The findings store cannot be opened, read or written. The message says what to do. */
public final class FindingStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what failed and what to do about it. */
    public FindingStoreException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
