package io.paybeacon.embedded.log;

import java.io.IOException;

/** The log is damaged where a crash cannot have done it. Nothing was changed. */
public final class CorruptLogException extends IOException {
    /** What to do about damage, for people. */
    public static final String REMEDY =
            "The disk or somebody changed the data. Restore the whole data directory from a"
                    + " backup; or move it aside, start empty and let the gateways send again.";

    private static final long serialVersionUID = 1L;

    /** Says which file is damaged where, and what to do. */
    public CorruptLogException(String message) {
        super(message);
    }
}
