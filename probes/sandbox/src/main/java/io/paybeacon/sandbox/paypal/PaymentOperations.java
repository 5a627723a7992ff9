package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.paypal.Authorization.Status;
import java.time.Duration;
import java.util.Optional;

/**
 * What can be done to authorisations and captures (developer.paypal.com/docs/api/payments/v2).
 * Confined to the lock of {@link PayPalGateway}. The request is read before anything changes.
 */
final class PaymentOperations {
    private static final int INVOICE_CHARS_MAX = 127;
    private static final int NOTE_CHARS_MAX = 255;
    private static final Duration HONOR_PERIOD = Duration.ofDays(3);

    private final Books books;
    private final Settlement settlement;

    PaymentOperations(Books books, Settlement settlement) {
        this.books = books;
        this.settlement = settlement;
    }

    Capture capture(String id, RequestBody body, Execution execution) {
        Authorization held = books.authorization(id);
        Optional<Money> amount = body.object("amount").map(RequestBody::money);
        Optional<String> invoiceId = body.text("invoice_id", INVOICE_CHARS_MAX);
        boolean last = body.flag("final_capture", false);
        boolean again = execution.tamper().again();
        if (!again) {
            checkCapturable(held);
        }
        Money asked = amount.orElse(again ? held.amount() : held.amount().of(held.heldMinor()));
        if (!asked.currency().equals(held.amount().currency())) {
            throw PayPalRefusal.unprocessable(
                    "AUTH_CAPTURE_CURRENCY_MISMATCH",
                    "Currency of capture must be the same as currency of authorization.");
        }
        // No overage: the 15 % that PayPal may allow must be agreed with it for an account.
        if (!again && asked.minor() > held.heldMinor()) {
            throw PayPalRefusal.unprocessable(
                    "MAX_CAPTURE_AMOUNT_EXCEEDED",
                    "Capture amount exceeds allowable limit. Please contact customer service or"
                            + " your account manager to request the change to your overage"
                            + " limit.");
        }
        Optional<String> payer =
                invoiceId.or(() -> held.unit().invoiceId()).flatMap(books::payerOf);
        if (payer.filter(other -> !other.equals(held.orderId())).isPresent()) {
            throw PayPalRefusal.unprocessable(
                    "DUPLICATE_INVOICE_ID",
                    "Requested invoice_id has been previously captured. Possible duplicate"
                            + " transaction.");
        }
        return settlement.capture(held, asked, last, invoiceId, execution);
    }

    private void checkCapturable(Authorization held) {
        switch (held.status()) {
            case DENIED ->
                    throw PayPalRefusal.unprocessable(
                            "AUTHORIZATION_DENIED", "A denied authorization cannot be captured.");
            case VOIDED ->
                    throw PayPalRefusal.unprocessable(
                            "AUTHORIZATION_VOIDED",
                            "A voided authorization cannot be captured or reauthorized.");
            case CAPTURED ->
                    throw PayPalRefusal.unprocessable(
                            "AUTHORIZATION_ALREADY_CAPTURED",
                            "Authorization has previously been captured.");
            case CREATED, PARTIALLY_CAPTURED -> {
                if (held.created().plus(PayPalJson.AUTHORIZATION_LASTS).isBefore(books.now())) {
                    throw PayPalRefusal.unprocessable(
                            "AUTHORIZATION_EXPIRED",
                            "An expired authorization cannot be captured.");
                }
            }
        }
    }

    Authorization cancel(String id, Execution execution) {
        Authorization held = books.authorization(id);
        return switch (held.status()) {
            case CREATED, PARTIALLY_CAPTURED -> settlement.release(held, execution);
            case CAPTURED ->
                    throw PayPalRefusal.unprocessable(
                            "PREVIOUSLY_CAPTURED",
                            "Authorization has been previously captured and hence cannot be"
                                    + " voided.");
            case VOIDED ->
                    throw PayPalRefusal.unprocessable(
                            "PREVIOUSLY_VOIDED",
                            "Authorization has been previously voided and hence cannot be voided"
                                    + " again.");
            case DENIED ->
                    throw PayPalRefusal.unprocessable(
                            "AUTHORIZATION_DENIED", "A denied authorization cannot be voided.");
        };
    }

    /**
     * Always refused: PayPal does not reauthorise cards, and an account's payment only from the
     * fourth day on, which the sandbox does not go on to imitate.
     */
    PayPalRefusal reauthorize(String id) {
        Authorization held = books.authorization(id);
        if (held.status() == Status.VOIDED) {
            return PayPalRefusal.unprocessable(
                    "AUTHORIZATION_VOIDED",
                    "A voided authorization cannot be captured or reauthorized.");
        }
        boolean early = held.created().plus(HONOR_PERIOD).isAfter(books.now());
        return held.processor().isEmpty() && early
                ? PayPalRefusal.unprocessable(
                        "REAUTHORIZATION_TOO_SOON",
                        "A reauthorization is only allowed once from Day 4 to Day 29 since the"
                                + " date of the original authorization.")
                : PayPalRefusal.unprocessable(
                        "REAUTHORIZATION_NOT_SUPPORTED_FOR_PAYMENT_SOURCE",
                        "Reauthorization is not supported for the payment source.");
    }

    Refund refund(String id, RequestBody body, Execution execution) {
        Capture capture = books.capture(id);
        Optional<Money> amount = body.object("amount").map(RequestBody::money);
        Optional<String> customId = body.text("custom_id", INVOICE_CHARS_MAX);
        Optional<String> invoiceId = body.text("invoice_id", INVOICE_CHARS_MAX);
        Optional<String> note = body.text("note_to_payer", NOTE_CHARS_MAX);
        boolean again = execution.tamper().again();
        switch (capture.status()) {
            case DECLINED, PENDING ->
                    throw PayPalRefusal.unprocessable(
                            "REFUND_NOT_ALLOWED", "Capture cannot be refunded.");
            case REFUNDED -> {
                if (!again) {
                    throw PayPalRefusal.unprocessable(
                            "CAPTURE_FULLY_REFUNDED",
                            "The capture has already been fully refunded");
                }
            }
            case COMPLETED, PARTIALLY_REFUNDED -> {}
        }
        Money left = capture.amount().of(capture.refundableMinor());
        Money asked = amount.orElse(again ? capture.amount() : left);
        if (!asked.currency().equals(left.currency())) {
            throw PayPalRefusal.unprocessable(
                    "REFUND_CAPTURE_CURRENCY_MISMATCH",
                    "Refund must be in the same currency as the capture");
        }
        if (!again && asked.minor() > left.minor()) {
            throw PayPalRefusal.unprocessable(
                    "REFUND_AMOUNT_EXCEEDED",
                    "The refund amount must be less than or equal to the capture amount that has"
                            + " not yet been refunded.");
        }
        return settlement.refund(capture, asked, customId, invoiceId, note, execution);
    }
}
