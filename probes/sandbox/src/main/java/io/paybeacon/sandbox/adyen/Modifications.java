package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.adyen.AdyenNotification.EventCode;
import io.paybeacon.sandbox.adyen.ModificationRequest.Target;
import io.paybeacon.sandbox.adyen.Payment.State;
import io.paybeacon.sandbox.adyen.PaymentRequest.Rehearsal;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What can be done to a payment afterwards (docs.adyen.com/online-payments/capture, cancel,
 * refund, reversal). Each is answered with {@code received}; whether it succeeded is in the
 * notification alone. Confined to the lock of {@link AdyenGateway}.
 */
final class Modifications {
    private static final String NO_BALANCE = "Insufficient balance on payment";
    private static final String NOT_OPEN = "Transaction is not in an authorised state";
    private static final String NOTHING_LEFT = "Nothing left to cancel or refund";
    private static final String NOT_FOUND = "Original authorisation not found";

    private final Books books;

    Modifications(Books books) {
        this.books = books;
    }

    /** One modification with the reference Adyen gave it. */
    private record Step(ModificationRequest request, String pspReference, Execution execution) {}

    /** Takes held money; what is not taken of it is let go, as without multiple captures. */
    JsonObject capture(ModificationRequest request, Execution execution) {
        Payment payment = existing(request);
        Amount asked = sameCurrency(request, payment);
        Amount booked = asked.withValue(execution.tamper().booked(asked.valueMinor()));
        Step step = step(request.withAmount(booked), execution);
        long held = books.heldMinor(payment);
        boolean possible = payment.state() == State.AUTHORISED && asked.valueMinor() <= held;
        String psp = payment.pspReference();
        if (execution.tamper().again()) {
            books.ledger().capture(psp, booked.currency(), 0, booked.valueMinor(), 0);
            tell(step, payment, EventCode.CAPTURE, Optional.empty());
        } else if (!possible) {
            tell(step, payment, EventCode.CAPTURE, Optional.of(NO_BALANCE));
        } else {
            long rest = Math.max(0, held - booked.valueMinor());
            books.ledger().capture(psp, booked.currency(), held, booked.valueMinor(), rest);
            books.put(payment.in(State.SENT_FOR_SETTLE));
            tell(step, payment, EventCode.CAPTURE, Optional.empty());
            if (payment.request().rehearsal() == Rehearsal.CAPTURE_FAILS) {
                books.ledger().capture(psp, booked.currency(), -held, -booked.valueMinor(), -rest);
                books.put(payment.in(State.AUTHORISED));
                tell(step, payment, EventCode.CAPTURE_FAILED, Optional.empty());
            }
        }
        return AdyenJson.received(step.request(), step.pspReference());
    }

    /** Gives back out of what was taken. */
    JsonObject refund(ModificationRequest request, Execution execution) {
        Payment payment = existing(request);
        Amount asked = sameCurrency(request, payment);
        Amount booked = asked.withValue(execution.tamper().booked(asked.valueMinor()));
        Step step = step(request.withAmount(booked), execution);
        boolean possible = asked.valueMinor() <= books.refundableMinor(payment);
        if (!possible && !execution.tamper().again()) {
            tell(step, payment, EventCode.REFUND, Optional.of(NO_BALANCE));
        } else {
            giveBack(payment, booked.valueMinor());
            tell(step, payment, EventCode.REFUND, Optional.empty());
            if (payment.request().rehearsal() == Rehearsal.REFUND_FAILS) {
                books.ledger()
                        .refund(payment.pspReference(), booked.currency(), -booked.valueMinor());
                books.put(payment.in(State.SENT_FOR_SETTLE));
                tell(step, payment, EventCode.REFUND_FAILED, Optional.empty());
            }
        }
        return AdyenJson.received(step.request(), step.pspReference());
    }

    /** Lets a hold go. */
    JsonObject cancel(ModificationRequest request, Execution execution) {
        Payment payment = existing(request);
        Step step = step(request, execution);
        boolean possible = payment.state() == State.AUTHORISED;
        if (possible) {
            letGo(payment);
        }
        Optional<String> failure = possible ? Optional.empty() : Optional.of(NOT_OPEN);
        tell(step, payment, EventCode.CANCELLATION, failure);
        return AdyenJson.received(request, step.pspReference());
    }

    /** Lets a hold go, or gives back what was taken, whichever there is. */
    JsonObject reverse(ModificationRequest request, Execution execution) {
        Payment payment = existing(request);
        Step step = step(request, execution);
        long refundable = books.refundableMinor(payment);
        if (payment.state() == State.AUTHORISED) {
            letGo(payment);
            tell(
                    step,
                    payment,
                    EventCode.CANCEL_OR_REFUND,
                    Optional.empty(),
                    Map.of("modification.action", "cancel"));
        } else if (refundable > 0) {
            giveBack(payment, refundable);
            tell(
                    step,
                    payment,
                    EventCode.CANCEL_OR_REFUND,
                    Optional.empty(),
                    Map.of("modification.action", "refund"));
        } else {
            tell(step, payment, EventCode.CANCEL_OR_REFUND, Optional.of(NOTHING_LEFT));
        }
        return AdyenJson.received(request, step.pspReference());
    }

    /** Lets the hold of a payment go whose Adyen reference the merchant does not know. */
    JsonObject cancelByReference(ModificationRequest request, Execution execution) {
        Step step = step(request, execution);
        String reference =
                switch (request.target()) {
                    case Target.ByReference(String merchants) -> merchants;
                    case Target.ByPsp(String psp) ->
                            throw new IllegalArgumentException("not by reference: " + psp);
                };
        Optional<Payment> found = books.findByReference(reference);
        if (found.isEmpty()) {
            execution.emit(unmatched(step, reference));
        } else {
            boolean possible = found.get().state() == State.AUTHORISED;
            if (possible) {
                letGo(found.get());
            }
            Optional<String> failure = possible ? Optional.empty() : Optional.of(NOT_OPEN);
            tell(step, found.get(), EventCode.TECHNICAL_CANCEL, failure);
        }
        return AdyenJson.received(request, step.pspReference());
    }

    private Payment existing(ModificationRequest request) {
        return switch (request.target()) {
            case Target.ByPsp(String psp) ->
                    books.find(psp)
                            .orElseThrow(() ->
                                    AdyenRefusal.validation(
                                            "167",
                                            "Original pspReference required for this operation"));
            case Target.ByReference(String reference) ->
                    throw new IllegalArgumentException("not by pspReference: " + reference);
        };
    }

    private static Amount sameCurrency(ModificationRequest request, Payment payment) {
        return request.amount()
                .filter(a -> a.currency().equals(payment.amount().currency()))
                .orElseThrow(RequestBody::invalidAmount);
    }

    private Step step(ModificationRequest request, Execution execution) {
        return new Step(request, books.references().next(), execution);
    }

    private void letGo(Payment payment) {
        books.ledger()
                .release(
                        payment.pspReference(),
                        payment.amount().currency(),
                        books.heldMinor(payment));
        books.put(payment.in(State.CANCELLED));
    }

    private void giveBack(Payment payment, long minor) {
        books.ledger().refund(payment.pspReference(), payment.amount().currency(), minor);
        if (books.refundableMinor(payment) <= 0) {
            books.put(payment.in(State.REFUNDED));
        }
    }

    private void tell(Step step, Payment payment, EventCode code, Optional<String> failure) {
        tell(step, payment, code, failure, Map.of());
    }

    private void tell(
            Step step,
            Payment payment,
            EventCode code,
            Optional<String> failure,
            Map<String, String> more) {
        Map<String, String> data = new HashMap<>(more);
        payment.request().metadata().forEach((k, v) -> data.put("metadata." + k, v));
        AdyenNotification notification =
                new AdyenNotification(
                        code,
                        failure.isEmpty(),
                        step.pspReference(),
                        Optional.of(payment.pspReference()),
                        payment.request().merchantAccount(),
                        step.request().reference().orElse(payment.request().reference()),
                        step.request().amount().orElse(payment.amount()),
                        payment.request().card().brand(),
                        failure.orElse(""),
                        books.now(),
                        data,
                        payment.request().metadata());
        books.told(payment, notification);
        step.execution().emit(notification);
    }

    private AdyenNotification unmatched(Step step, String reference) {
        return new AdyenNotification(
                EventCode.TECHNICAL_CANCEL,
                false,
                step.pspReference(),
                Optional.empty(),
                step.request().merchantAccount(),
                step.request().reference().orElse(reference),
                new Amount(0, "EUR"),
                "",
                NOT_FOUND,
                books.now(),
                Map.of(),
                Map.of());
    }
}
