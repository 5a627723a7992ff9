package io.paybeacon.sandbox.ledger;

import java.util.Map;

/**
 * Where the money of one payment is. Amounts are minor units of {@code currency}.
 *
 * @param status what its gateway calls its state
 * @param askedMinor the amount of the payment
 * @param authorisedMinor what issuers approved, over all attempts
 * @param heldMinor open hold: approved, neither captured nor released
 * @param capturedMinor taken
 * @param refundedMinor given back out of what was taken
 * @param releasedMinor hold let go without being taken
 */
public record LedgerEntry(
        String paymentId,
        String status,
        String currency,
        long askedMinor,
        long authorisedMinor,
        long heldMinor,
        long capturedMinor,
        long refundedMinor,
        long releasedMinor,
        Map<String, String> metadata) {
    /** The status, at every gateway, of a payment whose capture turned out not to have happened. */
    public static final String CAPTURE_UNDONE = "capture_undone";

    public LedgerEntry {
        metadata = Map.copyOf(metadata);
    }
}
