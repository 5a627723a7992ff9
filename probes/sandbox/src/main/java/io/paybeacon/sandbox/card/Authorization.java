package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.ledger.LedgerEntry;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * An authorisation and what became of its money. Amounts are minor units of {@code currency}.
 *
 * @param networkReference the network's reference of the message to the issuer
 * @param approvalCode the issuer's, when it approved
 * @param created the processor's clock
 */
record Authorization(
        String id,
        Instant created,
        Terms terms,
        TestCard card,
        String networkReference,
        Decision decision,
        ResponseCode response,
        Optional<String> approvalCode,
        Amounts amounts) {
    /** What the merchant asked for. */
    record Terms(
            long amountMinor,
            String currency,
            String reference,
            boolean capture,
            Map<String, String> metadata) {
        Terms {
            metadata = Map.copyOf(metadata);
        }
    }

    /** Where the approved money is. */
    record Amounts(long heldMinor, long capturedMinor, long refundedMinor, long releasedMinor) {
        static final Amounts NONE = new Amounts(0, 0, 0, 0);
    }

    /** What was decided last. */
    enum Decision {
        APPROVED,
        DECLINED,
        CHALLENGED,
        /** Given up by the merchant before the cardholder authenticated. */
        ABANDONED,
        /** The hold ran out. */
        EXPIRED,
        /** The capture turned out not to have happened. */
        UNDONE
    }

    /** The state as the API calls it. */
    String status() {
        return switch (decision) {
            case DECLINED -> "declined";
            case CHALLENGED -> "challenge_required";
            case ABANDONED -> "voided";
            case EXPIRED -> "expired";
            case UNDONE -> LedgerEntry.CAPTURE_UNDONE;
            case APPROVED -> moneyStatus();
        };
    }

    private String moneyStatus() {
        if (amounts.capturedMinor() == 0) {
            return amounts.heldMinor() > 0 ? "approved" : "voided";
        }
        if (amounts.heldMinor() > 0) {
            return "partially_captured";
        }
        return amounts.refundedMinor() >= amounts.capturedMinor() ? "refunded" : "captured";
    }

    /** Whether nothing more can happen to it by itself or through the API. */
    boolean finished() {
        return decision != Decision.CHALLENGED && amounts.heldMinor() == 0;
    }

    Authorization decided(Decision next, ResponseCode code, Optional<String> approval) {
        return new Authorization(
                id, created, terms, card, networkReference, next, code, approval, amounts);
    }

    Authorization with(Amounts next) {
        return new Authorization(
                id, created, terms, card, networkReference, decision, response, approvalCode, next);
    }
}
