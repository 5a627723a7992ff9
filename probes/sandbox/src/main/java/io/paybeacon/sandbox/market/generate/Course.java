package io.paybeacon.sandbox.market.generate;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** The course of one payment. Every {@code afterMillis} counts from the step before it. */
public sealed interface Course {
    /** How the cardholder proves to be one. */
    enum Authentication {
        /** Not at all. */
        NONE,
        /** The issuer asks nothing of the cardholder. */
        FRICTIONLESS,
        /** The issuer asks, and the cardholder answers. */
        CHALLENGE
    }

    /**
     * One capture.
     *
     * @param amountMinor minor units of the order's currency
     */
    record Capture(long afterMillis, long amountMinor) {}

    /**
     * One refund.
     *
     * @param afterMillis after the last capture
     * @param settledAfterMillis until its end is known
     * @param fails whether that end is a failure
     */
    record Refund(long afterMillis, long amountMinor, long settledAfterMillis, boolean fails) {}

    /**
     * One dispute.
     *
     * @param warnedAfterMillis after the last capture, when the network warns of fraud first
     * @param afterMillis after the last capture; empty when it stays with the warning
     * @param reason such as {@code fraudulent}
     * @param dueAfterMillis time to answer it
     * @param closedAfterMillis after it was opened
     */
    record Dispute(
            OptionalLong warnedAfterMillis,
            OptionalLong afterMillis,
            String reason,
            long amountMinor,
            long dueAfterMillis,
            long closedAfterMillis,
            boolean won) {}

    /** The attempt fails. */
    record Refused(Authentication authentication, long challengeMillis, DeclineReason reason)
            implements Course {}

    /** The gateway gives no usable answer: nobody knows of a payment. */
    record Unanswered() implements Course {}

    /** The cardholder is asked and never answers. */
    record Abandoned() implements Course {}

    /** The gateway or the bank has it and never answers. */
    record Pending() implements Course {}

    /** The amount is held, and then given free, by the merchant or because time is over. */
    record Released(
            Authentication authentication, long challengeMillis, long afterMillis, boolean expired)
            implements Course {}

    /**
     * The money moves.
     *
     * @param atOnce whether the gateway captures by itself; then there is one capture
     * @param told whether the captures are told of
     * @param undoneAfterMillis after the last capture, when that turns out not to have happened
     */
    record Paid(
            Authentication authentication,
            long challengeMillis,
            boolean atOnce,
            List<Capture> captures,
            boolean told,
            OptionalLong undoneAfterMillis,
            Optional<Refund> refund,
            Optional<Dispute> dispute)
            implements Course {
        public Paid {
            captures = List.copyOf(captures);
            if (captures.isEmpty()) {
                throw new IllegalArgumentException("paid without a capture");
            }
        }

        /** Everything that is captured, minor units. */
        public long capturedMinor() {
            return captures.stream().mapToLong(Capture::amountMinor).sum();
        }
    }
}
