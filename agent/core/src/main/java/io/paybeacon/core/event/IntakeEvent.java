package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/**
 * Input that no feature reads: a value all the same, so that it is counted and never dropped in
 * silence.
 */
public sealed interface IntakeEvent extends Event {
    /** A well-formed message that this build does not use. */
    record Skipped(Origin origin, String type, SkipReason reason) implements IntakeEvent {}

    /**
     * A message whose sender is proven, but which cannot be read.
     *
     * @param type the message's own type as far as it could be read, else {@code unknown}
     * @param detail what is wrong and where, for people; quotes no value of the message
     */
    record Malformed(Origin origin, String type, MalformedReason reason, String detail)
            implements IntakeEvent {}

    /** Why a well-formed message is not used. */
    enum SkipReason {
        /** A type that does not bear on money, or on anything else that is watched. */
        NOT_RELEVANT("not_relevant"),
        /** A type that bears on money, and that no feature of this build follows. */
        UNSUPPORTED("unsupported"),
        /** A type that this build does not know. */
        UNKNOWN_TYPE("unknown_type"),
        /** A type that is known, in a form that tells nothing new. */
        NOTHING_NEW("nothing_new");

        /** All of them by label. */
        public static final Named<SkipReason> NAMES = Named.of(SkipReason.class, SkipReason::label);

        private final String label;

        SkipReason(String label) {
            this.label = label;
        }

        /** The value of the metric label. */
        public String label() {
            return label;
        }
    }

    /** Why a message cannot be read. */
    enum MalformedReason {
        /** Not the syntax that the content type promises. */
        SYNTAX("syntax"),
        /** A field that the gateway documents as always present is missing. */
        MISSING_FIELD("missing_field"),
        /** A field holds what it cannot hold, such as a currency that does not exist. */
        BAD_VALUE("bad_value"),
        /** Larger, deeper or longer than the limits of the agent. */
        OVER_LIMIT("over_limit");

        /** All of them by label. */
        public static final Named<MalformedReason> NAMES =
                Named.of(MalformedReason.class, MalformedReason::label);

        private final String label;

        MalformedReason(String label) {
            this.label = label;
        }

        /** The value of the metric label. */
        public String label() {
            return label;
        }
    }
}
