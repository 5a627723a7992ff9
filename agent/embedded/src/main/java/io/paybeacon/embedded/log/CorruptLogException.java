package io.paybeacon.embedded.log;

import java.io.IOException;

/** The log is damaged where a crash cannot have done it. Nothing was changed. */
public final class CorruptLogException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Says which file is damaged where, and what to do. */
    public CorruptLogException(String message) {
        super(message);
    }
}
