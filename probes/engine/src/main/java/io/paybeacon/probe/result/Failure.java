package io.paybeacon.probe.result;

import static java.util.Objects.requireNonNull;

import io.paybeacon.core.event.ProbeReason;

/**
 * Why an attempt, a step or a run did not pass.
 *
 * @param reason the bounded reason, which may be a label
 * @param detail one sentence for people; redacted, never a label
 */
public record Failure(ProbeReason reason, String detail) {

    public Failure {
        requireNonNull(reason, "reason is null");
        requireNonNull(detail, "detail is null");
    }

    /**
     * Whether the cause lies with the agent or its budget, so that it says nothing about the
     * gateway.
     */
    public boolean ofAgent() {
        return reason.ofAgent();
    }
}
