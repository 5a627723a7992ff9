package io.paybeacon.embedded.log;

import java.io.IOException;

/**
 * A record could not be written, and nothing of it is left in the log: it may be appended again,
 * once there is space.
 */
public final class UnwrittenException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what refused it. */
    public UnwrittenException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
