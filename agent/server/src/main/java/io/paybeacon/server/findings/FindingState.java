package io.paybeacon.server.findings;

import io.paybeacon.core.codec.Named;
import io.paybeacon.core.output.Resolution;

/** Where a finding stands. */
public enum FindingState {
    /** It holds. */
    OPEN("open"),
    /** What was wrong is right again. */
    RESOLVED(Resolution.RESOLVED.label()),
    /** It was opened on partial knowledge. */
    SUPERSEDED(Resolution.SUPERSEDED.label());

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
}
