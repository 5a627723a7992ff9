package io.paybeacon.sandbox.stripe;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A payment intent: what was asked for, and how far it got.
 *
 * @param createdSeconds epoch seconds, the sandbox's clock
 */
record PaymentIntent(
        String id, String clientSecret, long createdSeconds, Terms terms, Progress progress) {
    /** States in which the gateway cancels an intent, in the documentation's order. */
    static final String CANCELABLE =
            "requires_payment_method, requires_capture, requires_confirmation, requires_action,"
                    + " processing";

    /** The documented life cycle (docs.stripe.com/payments/paymentintents/lifecycle). */
    enum Status {
        REQUIRES_PAYMENT_METHOD,
        REQUIRES_CONFIRMATION,
        REQUIRES_ACTION,
        PROCESSING,
        REQUIRES_CAPTURE,
        SUCCEEDED,
        CANCELED;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        boolean confirmable() {
            return this == REQUIRES_PAYMENT_METHOD
                    || this == REQUIRES_CONFIRMATION
                    || this == REQUIRES_ACTION;
        }

        boolean cancelable() {
            return this != SUCCEEDED && this != CANCELED;
        }
    }

    /** When the money is taken. */
    enum CaptureMethod {
        AUTOMATIC,
        AUTOMATIC_ASYNC,
        MANUAL;

        String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What was asked for; only a confirmation changes it, and only the return address. */
    record Terms(
            long amountMinor,
            StripeCurrency currency,
            CaptureMethod captureMethod,
            Optional<String> description,
            Optional<String> customer,
            Optional<String> returnUrl,
            Map<String, String> metadata) {
        Terms {
            metadata = Map.copyOf(metadata);
        }
    }

    /** A test card under the payment method id that this intent shows. */
    record Attached(String paymentMethodId, TestCard card) {}

    /** When and why it was canceled. */
    record Cancellation(long atSeconds, Optional<String> reason) {}

    /** How far it got. */
    record Progress(
            Status status,
            Optional<Attached> method,
            Optional<String> latestChargeId,
            long capturableMinor,
            long receivedMinor,
            Optional<CardFailure> lastError,
            Optional<Cancellation> cancellation) {
        static Progress initial(Optional<Attached> method) {
            return new Progress(
                    method.isPresent()
                            ? Status.REQUIRES_CONFIRMATION
                            : Status.REQUIRES_PAYMENT_METHOD,
                    method,
                    Optional.empty(),
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty());
        }

        Progress waiting(Status status, Attached attached) {
            return new Progress(
                    status,
                    Optional.of(attached),
                    latestChargeId,
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty());
        }

        Progress failed(Optional<String> chargeId, CardFailure failure) {
            return new Progress(
                    Status.REQUIRES_PAYMENT_METHOD,
                    Optional.empty(),
                    chargeId.or(() -> latestChargeId),
                    0,
                    0,
                    Optional.of(failure),
                    Optional.empty());
        }

        Progress authorised(Attached attached, String chargeId, long capturable) {
            return new Progress(
                    Status.REQUIRES_CAPTURE,
                    Optional.of(attached),
                    Optional.of(chargeId),
                    capturable,
                    0,
                    Optional.empty(),
                    Optional.empty());
        }

        Progress succeeded(Attached attached, String chargeId, long received) {
            return new Progress(
                    Status.SUCCEEDED,
                    Optional.of(attached),
                    Optional.of(chargeId),
                    0,
                    received,
                    Optional.empty(),
                    Optional.empty());
        }

        Progress canceled(Cancellation why) {
            return new Progress(
                    Status.CANCELED, method, latestChargeId, 0, 0, lastError, Optional.of(why));
        }
    }

    PaymentIntent with(Progress next) {
        return new PaymentIntent(id, clientSecret, createdSeconds, terms, next);
    }

    /** The same with another return address, when one is given. */
    PaymentIntent returningTo(Optional<String> returnUrl) {
        Terms next =
                new Terms(
                        terms.amountMinor(),
                        terms.currency(),
                        terms.captureMethod(),
                        terms.description(),
                        terms.customer(),
                        returnUrl.or(terms::returnUrl),
                        terms.metadata());
        return new PaymentIntent(id, clientSecret, createdSeconds, next, progress);
    }

    Status status() {
        return progress.status();
    }
}
