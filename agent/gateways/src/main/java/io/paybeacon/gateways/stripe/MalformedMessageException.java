package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.IntakeEvent.MalformedReason;

/** A message whose fields are not what Stripe documents. Never leaves this package. */
final class MalformedMessageException extends Exception {
    private static final long serialVersionUID = 1L;

    private final MalformedReason reason;

    /** The detail names a field and quotes no value. */
    MalformedMessageException(MalformedReason reason, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
    }

    MalformedReason reason() {
        return reason;
    }

    String detail() {
        return String.valueOf(getMessage());
    }
}
