package io.paybeacon.sandbox.market.generate;

import java.util.Optional;

/**
 * What is true of one payment at the end of a simulation. Amounts are minor units of the currency.
 *
 * @param key {@code gateway:reference}
 * @param orderedMinor what the customer ordered
 * @param askedMinor what the gateway was asked for
 * @param state one word: {@code created}, {@code action_required}, {@code processing}, {@code
 *     authorised}, {@code partially_captured}, {@code captured}, {@code failed}, {@code cancelled},
 *     {@code expired}, {@code unanswered}
 * @param undoneMinor captured and then undone
 * @param refundedMinor refunds that reached the customer
 * @param cause why it failed; empty when it did not
 */
public record PaymentOutcome(
        String key,
        String order,
        String gateway,
        String currency,
        long orderedMinor,
        long askedMinor,
        String state,
        long authorisedMinor,
        long capturedMinor,
        long undoneMinor,
        long refundedMinor,
        long disputedMinor,
        Optional<DeclineReason> cause,
        long createdMillis,
        long changedMillis) {}
