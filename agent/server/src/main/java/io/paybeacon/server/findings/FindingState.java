package io.paybeacon.server.findings;

import io.paybeacon.core.codec.Named;
import io.paybeacon.core.output.Handling;
import io.paybeacon.core.output.Resolution;

/** Where a finding stands, by the facts and by what people did. */
public enum FindingState {
    /** It holds, and nobody took it. */
    OPEN(Handling.State.OPEN.label()),
    /** It holds, and somebody saw it. */
    ACKNOWLEDGED(Handling.State.ACKNOWLEDGED.label()),
    /** It holds, and is somebody's. */
    ASSIGNED(Handling.State.ASSIGNED.label()),
    /** It holds, and is not to be shown as open before a time. */
    SNOOZED(Handling.State.SNOOZED.label()),
    /** What was wrong is right again, by the facts or by somebody's word. */
    RESOLVED(Resolution.RESOLVED.label()),
    /** It was opened on partial knowledge. */
    SUPERSEDED(Resolution.SUPERSEDED.label()),
    /** Somebody says that nothing was wrong. */
    FALSE_POSITIVE(Handling.State.FALSE_POSITIVE.label());

    /** All of them by label. */
    public static final Named<FindingState> NAMES =
            Named.of(FindingState.class, FindingState::label);

    private final String label;

    FindingState(String label) {
        this.label = label;
    }

    /** The word in the API and the store. */
    public String label() {
        return label;
    }

    static FindingState of(Resolution resolution) {
        return switch (resolution) {
            case RESOLVED -> RESOLVED;
            case SUPERSEDED -> SUPERSEDED;
        };
    }

    static FindingState of(Handling.State state) {
        return switch (state) {
            case OPEN -> OPEN;
            case ACKNOWLEDGED -> ACKNOWLEDGED;
            case ASSIGNED -> ASSIGNED;
            case SNOOZED -> SNOOZED;
            case RESOLVED -> RESOLVED;
            case FALSE_POSITIVE -> FALSE_POSITIVE;
        };
    }
}
