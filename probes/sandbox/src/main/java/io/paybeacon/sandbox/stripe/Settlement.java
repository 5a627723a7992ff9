package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.stripe.PaymentIntent.Attached;
import io.paybeacon.sandbox.stripe.PaymentIntent.Cancellation;
import io.paybeacon.sandbox.stripe.PaymentIntent.CaptureMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * The steps that move money: each changes objects, ledger and events together. Confined to the
 * lock of {@link StripeGateway}.
 *
 * <p>As on the real gateway, a hold that is let go (cancel, partial capture) shows up as a refund
 * object and {@code amount_refunded} on the charge, although no money had been taken.
 */
final class Settlement {
    private final Books books;

    Settlement(Books books) {
        this.books = books;
    }

    PaymentIntent approve(PaymentIntent intent, Attached method, long amount, Execution execution) {
        Charge charge = charge(intent, method, amount, Optional.empty());
        books.ledger().authorise(intent.id(), currency(intent), amount);
        if (intent.terms().captureMethod() == CaptureMethod.MANUAL) {
            PaymentIntent held =
                    intent.with(intent.progress().authorised(method, charge.id(), amount));
            books.put(held);
            books.put(charge);
            execution.emit(books, "charge.succeeded", charge);
            execution.emit(books, "payment_intent.amount_capturable_updated", held);
            return held;
        }
        Charge taken = charge.capture(amount, 0);
        PaymentIntent paid = intent.with(intent.progress().succeeded(method, charge.id(), amount));
        books.ledger().capture(intent.id(), currency(intent), amount, amount, 0);
        books.put(paid);
        books.put(taken);
        execution.emit(books, "charge.succeeded", taken);
        execution.emit(books, "payment_intent.succeeded", paid);
        return paid;
    }

    /** Books the refused attempt and gives the error to answer with. */
    StripeRefusal decline(
            PaymentIntent intent, Attached method, CardFailure failure, Execution execution) {
        Charge charge = refuse(intent, method, failure, execution);
        PaymentIntent failed = books.intent(intent.id());
        return StripeRefusal.card(failure, charge.id(), StripeJson.paymentIntent(failed));
    }

    /** Books a refused attempt. */
    Charge refuse(PaymentIntent intent, Attached method, CardFailure failure, Execution execution) {
        Charge charge = charge(intent, method, intent.terms().amountMinor(), Optional.of(failure));
        books.put(charge);
        execution.emit(books, "charge.failed", charge);
        fail(intent, Optional.of(charge.id()), failure, execution);
        return charge;
    }

    void fail(
            PaymentIntent intent,
            Optional<String> chargeId,
            CardFailure failure,
            Execution execution) {
        PaymentIntent failed = intent.with(intent.progress().failed(chargeId, failure));
        books.put(failed);
        execution.emit(books, "payment_intent.payment_failed", failed);
    }

    PaymentIntent capture(PaymentIntent intent, long asked, Execution execution) {
        long held = intent.progress().capturableMinor();
        long amount = execution.tamper().booked(asked);
        long released = held - asked;
        Charge charge = heldCharge(intent).capture(amount, released);
        PaymentIntent paid =
                intent.with(
                        intent.progress()
                                .succeeded(
                                        intent.progress().method().orElseThrow(),
                                        charge.id(),
                                        amount));
        books.ledger().capture(intent.id(), currency(intent), held, amount, released);
        books.put(paid);
        books.put(charge);
        execution.emit(books, "charge.captured", charge);
        execution.emit(books, "payment_intent.succeeded", paid);
        if (released > 0) {
            books.put(refund(charge, released, Optional.empty(), Map.of()));
            execution.emit(books, "charge.refunded", charge);
        }
        return paid;
    }

    /** A double charge: takes money that is not held any more, with a charge of its own. */
    PaymentIntent captureAgain(PaymentIntent intent, long amount, Execution execution) {
        Attached method = intent.progress().method().orElseThrow();
        Charge second = charge(intent, method, amount, Optional.empty()).capture(amount, 0);
        PaymentIntent paid = intent.with(intent.progress().succeeded(method, second.id(), amount));
        books.ledger().capture(intent.id(), currency(intent), 0, amount, 0);
        books.put(paid);
        books.put(second);
        execution.emit(books, "charge.succeeded", second);
        execution.emit(books, "payment_intent.succeeded", paid);
        return paid;
    }

    PaymentIntent cancel(PaymentIntent intent, Cancellation why, Execution execution) {
        PaymentIntent canceled = intent.with(intent.progress().canceled(why));
        books.put(canceled);
        long held = intent.progress().capturableMinor();
        if (held > 0) {
            Charge charge = heldCharge(intent).release();
            books.put(charge);
            books.ledger().release(intent.id(), currency(intent), held);
            books.put(refund(charge, held, Optional.empty(), Map.of()));
            execution.emit(books, "charge.refunded", charge);
        }
        execution.emit(books, "payment_intent.canceled", canceled);
        return canceled;
    }

    void expire(PaymentIntent intent, Execution execution) {
        Cancellation why = new Cancellation(books.nowSeconds(), Optional.of("expired"));
        PaymentIntent canceled = intent.with(intent.progress().canceled(why));
        Charge charge = heldCharge(intent).release();
        books.put(canceled);
        books.put(charge);
        books.ledger().release(intent.id(), currency(intent), intent.progress().capturableMinor());
        execution.emit(books, "charge.expired", charge);
        execution.emit(books, "payment_intent.canceled", canceled);
    }

    Refund refund(
            PaymentIntent intent,
            Charge charge,
            long amount,
            Optional<String> reason,
            Map<String, String> metadata,
            Execution execution) {
        Charge refunded = charge.refund(amount);
        Refund refund = refund(refunded, amount, reason, metadata);
        books.put(refunded);
        books.put(refund);
        books.ledger().refund(intent.id(), currency(intent), amount);
        execution.emit(books, "refund.created", refund, false);
        execution.emit(books, "charge.refunded", refunded);
        execution.emit(books, "refund.updated", refund, true);
        execution.emit(books, "charge.refund.updated", refund, true);
        return refund;
    }

    private Refund refund(
            Charge charge, long amount, Optional<String> reason, Map<String, String> metadata) {
        return new Refund(
                books.ids().object("re"),
                charge.id(),
                charge.paymentIntentId(),
                amount,
                charge.currency(),
                reason,
                metadata,
                books.nowSeconds(),
                false);
    }

    private static String currency(PaymentIntent intent) {
        return intent.terms().currency().code();
    }

    private Charge heldCharge(PaymentIntent intent) {
        return books.findCharge(intent.progress().latestChargeId().orElseThrow()).orElseThrow();
    }

    private Charge charge(
            PaymentIntent intent, Attached method, long amount, Optional<CardFailure> failure) {
        return new Charge(
                books.ids().object("ch"),
                intent.id(),
                books.nowSeconds(),
                method,
                amount,
                intent.terms().currency(),
                intent.terms().metadata(),
                failure,
                false,
                0,
                0,
                0);
    }

    /** The intent as answered, with its latest charge in full when asked for. */
    JsonObject render(PaymentIntent intent, boolean expandCharge) {
        JsonObject json = StripeJson.paymentIntent(intent);
        if (expandCharge) {
            intent.progress()
                    .latestChargeId()
                    .flatMap(books::findCharge)
                    .ifPresent(c -> json.put("latest_charge", StripeJson.charge(c)));
        }
        return json;
    }
}
