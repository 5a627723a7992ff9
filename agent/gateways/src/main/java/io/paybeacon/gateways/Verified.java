package io.paybeacon.gateways;

import io.paybeacon.core.codec.Named;

/** Whether a message comes from the gateway that it claims to come from. */
public sealed interface Verified {
    /** It does, and lately. */
    record Accepted() implements Verified {}

    /** It does not, or that cannot be proven. */
    record Refused(Reason reason) implements Verified {}

    /** Why a message is refused. Bounded: a metric label. */
    enum Reason {
        /** There is no signature. */
        MISSING("missing_signature"),
        /** There is one, and it is not written as the gateway writes it. */
        MALFORMED("malformed_signature"),
        /** None of the signatures was made with one of the secrets over these bytes. */
        WRONG("wrong_signature"),
        /** The signature is right and too old, or from the future: a replay, or a wrong clock. */
        STALE("stale_timestamp");

        /** All of them by label. */
        public static final Named<Reason> NAMES = Named.of(Reason.class, Reason::label);

        private final String label;

        Reason(String label) {
            this.label = label;
        }

        /** The value of the metric label. */
        public String label() {
            return label;
        }
    }
}
