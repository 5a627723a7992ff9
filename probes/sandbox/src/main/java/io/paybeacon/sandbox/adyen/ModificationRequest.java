package io.paybeacon.sandbox.adyen;

import java.util.Optional;

/**
 * A request to change a payment that has been read and found in order.
 *
 * @param target which payment
 * @param reference the merchant's own for the modification
 * @param amount of a capture or refund
 */
record ModificationRequest(
        String merchantAccount,
        Target target,
        Optional<String> reference,
        Optional<Amount> amount) {
    /** How a payment is named. */
    sealed interface Target {
        /** By Adyen's reference. */
        record ByPsp(String pspReference) implements Target {}

        /** By the merchant's own reference. */
        record ByReference(String reference) implements Target {}
    }

    /** Reads a capture or a refund. */
    static ModificationRequest withAmount(
            RequestBody body, String merchantAccount, String pspReference) {
        Amount amount = body.amount();
        if (amount.valueMinor() == 0) {
            throw RequestBody.invalidAmount();
        }
        return new ModificationRequest(
                merchantAccount,
                new Target.ByPsp(pspReference),
                body.text("reference"),
                Optional.of(amount));
    }

    /** Reads a cancel or a reversal. */
    static ModificationRequest whole(
            RequestBody body, String merchantAccount, String pspReference) {
        return new ModificationRequest(
                merchantAccount,
                new Target.ByPsp(pspReference),
                body.text("reference"),
                Optional.empty());
    }

    /** Reads a cancel by the merchant's reference. */
    static ModificationRequest technical(RequestBody body, String merchantAccount) {
        return new ModificationRequest(
                merchantAccount,
                new Target.ByReference(body.requiredText("paymentReference", "130")),
                body.text("reference"),
                Optional.empty());
    }

    ModificationRequest withAmount(Amount booked) {
        return new ModificationRequest(merchantAccount, target, reference, Optional.of(booked));
    }
}
