package io.paybeacon.sandbox.paypal;

import java.time.Instant;
import java.util.Optional;

/**
 * A refund; it is complete at once.
 *
 * @param totalMinor all that has been refunded of the capture, this included
 */
record Refund(
        String id,
        String captureId,
        String orderId,
        Instant created,
        Money amount,
        long totalMinor,
        Optional<String> customId,
        Optional<String> invoiceId,
        Optional<String> noteToPayer) {}
