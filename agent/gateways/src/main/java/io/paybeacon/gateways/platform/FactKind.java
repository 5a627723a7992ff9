package io.paybeacon.gateways.platform;

import io.paybeacon.core.codec.Named;

/** The kinds of facts, by the field {@code fact}. */
enum FactKind {
    STATUS("status"),
    DECLINED("declined"),
    AUTHENTICATED("authenticated"),
    HOLD_EXPIRES("hold_expires"),
    DISPUTED("disputed"),
    REQUESTED("requested"),
    AUTHORISED("authorised"),
    CAPTURED("captured"),
    CAPTURE_UNDONE("capture_undone"),
    REFUNDED("refunded"),
    DESCRIBED("described");

    static final Named<FactKind> NAMES = Named.of(FactKind.class, FactKind::label);

    private final String label;

    FactKind(String label) {
        this.label = label;
    }

    String label() {
        return label;
    }
}
