package io.paybeacon.server.source;

import io.paybeacon.core.event.SourceEvent.SourceReason;

/** An answer of a source that cannot be used; the message says why, for people. */
final class BadAnswerException extends Exception {
    private static final long serialVersionUID = 1L;

    private final SourceReason reason;

    BadAnswerException(SourceReason reason, String message) {
        super(message);
        this.reason = reason;
    }

    SourceReason reason() {
        return reason;
    }
}
