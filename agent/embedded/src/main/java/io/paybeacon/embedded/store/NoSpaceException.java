package io.paybeacon.embedded.store;

import java.io.IOException;

/** A checkpoint found no room on the disk. It may be written again, once there is some. */
public final class NoSpaceException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says what refused it. */
    public NoSpaceException(String message, Throwable cause) {
        super(message, cause);
    }
}
