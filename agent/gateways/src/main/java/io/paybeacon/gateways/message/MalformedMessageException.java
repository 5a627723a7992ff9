package io.paybeacon.gateways.message;

import io.paybeacon.core.event.IntakeEvent.MalformedReason;

/** A message whose fields are not what its gateway documents. Never leaves an adapter. */
public final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final MalformedReason reason;

    /** The detail names a field and quotes no value. */
    public MalformedMessageException(MalformedReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    /** How it is malformed. */
    public MalformedReason reason() {
        return reason;
    }

    /** Which field is not as documented, for people. */
    public String detail() {
        return String.valueOf(getMessage());
    }
}
