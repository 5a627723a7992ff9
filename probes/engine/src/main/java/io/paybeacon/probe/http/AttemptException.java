package io.paybeacon.probe.http;

import static java.util.Objects.requireNonNull;

import io.paybeacon.core.event.ProbeReason;
import java.io.IOException;

/** A failure of an attempt whose reason is plain where it is found. */
public final class AttemptException extends IOException {

    private static final long serialVersionUID = 1;

    private final ProbeReason reason;

    /**
     * A failure.
     *
     * @param detail one sentence for people; holds no secret
     */
    public AttemptException(ProbeReason reason, String detail) {
        super(requireNonNull(detail, "detail is null"));
        this.reason = requireNonNull(reason, "reason is null");
    }

    ProbeReason reason() {
        return reason;
    }
}
