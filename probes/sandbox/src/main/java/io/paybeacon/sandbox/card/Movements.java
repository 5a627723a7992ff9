package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.api.Tamper;
import io.paybeacon.sandbox.card.Authorization.Amounts;
import io.paybeacon.sandbox.card.Authorization.Decision;
import java.util.Optional;

/**
 * The steps that move approved money: each changes objects, ledger and events together. Confined
 * to the lock of {@link CardProcessor}.
 */
final class Movements {
    private final CardBooks books;

    Movements(CardBooks books) {
        this.books = books;
    }

    /**
     * Takes money out of the hold.
     *
     * @param asked empty takes all of it
     * @param rest whether what is left of the hold is let go
     */
    Capture capture(
            String authorizationId,
            Optional<CardRequest.Amount> asked,
            boolean rest,
            Tamper tamper,
            CardExecution execution) {
        Authorization a = books.authorization(authorizationId);
        checkCurrency(a, asked);
        long held = a.amounts().heldMinor();
        if (tamper.again()) {
            // A double charge takes what is not held any more.
            long amount = asked.map(CardRequest.Amount::minor).orElse(a.terms().amountMinor());
            return take(a, amount, 0, 0, execution);
        }
        if (a.decision() != Decision.APPROVED || held == 0) {
            throw CardRefusal.state("there is no hold to capture: it is " + a.status());
        }
        long amount = asked.map(CardRequest.Amount::minor).orElse(held);
        if (amount > held) {
            throw CardRefusal.amountTooLarge(held);
        }
        return take(a, tamper.booked(amount), amount, rest ? held - amount : 0, execution);
    }

    /** Takes {@code taken}, which ends {@code used} of the hold, and lets {@code released} go. */
    Capture take(Authorization a, long taken, long used, long released, CardExecution execution) {
        Amounts before = a.amounts();
        Authorization after =
                a.with(
                        new Amounts(
                                before.heldMinor() - used - released,
                                before.capturedMinor() + taken,
                                before.refundedMinor(),
                                before.releasedMinor() + released));
        Capture capture = new Capture(books.newId("cap"), a.id(), books.now(), taken, 0);
        books.put(after);
        books.put(capture);
        books.ledger().capture(a.id(), a.terms().currency(), used + released, taken, released);
        execution.emit(CardEvent.CAPTURED, capture, after);
        return capture;
    }

    /** Lets the hold go, or gives a challenge up. */
    Authorization release(String authorizationId, CardExecution execution) {
        Authorization a = books.authorization(authorizationId);
        if (a.decision() == Decision.CHALLENGED) {
            Authorization abandoned = a.decided(Decision.ABANDONED, a.response(), Optional.empty());
            books.put(abandoned);
            execution.emit(CardEvent.VOIDED, abandoned);
            return abandoned;
        }
        if (a.amounts().heldMinor() == 0) {
            throw CardRefusal.state("there is no hold to void: it is " + a.status());
        }
        return letGo(a, execution);
    }

    /** The hold runs out, as it does after some days without a capture. */
    void expire(String authorizationId, CardExecution execution) {
        Authorization a = books.authorization(authorizationId);
        if (a.amounts().heldMinor() == 0) {
            throw CardRefusal.state("there is no hold to expire: it is " + a.status());
        }
        letGo(a.decided(Decision.EXPIRED, a.response(), a.approvalCode()), execution);
    }

    private Authorization letGo(Authorization a, CardExecution execution) {
        Amounts before = a.amounts();
        Authorization voided =
                a.with(
                        new Amounts(
                                0,
                                before.capturedMinor(),
                                before.refundedMinor(),
                                before.releasedMinor() + before.heldMinor()));
        books.put(voided);
        books.ledger().release(a.id(), a.terms().currency(), before.heldMinor());
        execution.emit(
                a.decision() == Decision.EXPIRED ? CardEvent.EXPIRED : CardEvent.VOIDED, voided);
        return voided;
    }

    /**
     * Gives money back.
     *
     * @param asked empty gives back all that is left of the capture
     */
    Refund refund(
            String captureId,
            Optional<CardRequest.Amount> asked,
            Tamper tamper,
            CardExecution execution) {
        Capture capture = books.capture(captureId);
        Authorization a = books.authorization(capture.authorizationId());
        checkCurrency(a, asked);
        long left = tamper.again() ? capture.amountMinor() : capture.refundableMinor();
        if (left == 0) {
            throw CardRefusal.state("all of the capture has been refunded");
        }
        long amount = asked.map(CardRequest.Amount::minor).orElse(left);
        if (amount > left) {
            throw CardRefusal.amountTooLarge(left);
        }
        long given = tamper.booked(amount);
        Amounts before = a.amounts();
        Authorization after =
                a.with(
                        new Amounts(
                                before.heldMinor(),
                                before.capturedMinor(),
                                before.refundedMinor() + given,
                                before.releasedMinor()));
        Refund refund = new Refund(books.newId("ref"), capture.id(), a.id(), books.now(), given);
        books.put(after);
        books.put(capture.refunded(given));
        books.put(refund);
        books.ledger().refund(a.id(), a.terms().currency(), given);
        execution.emit(CardEvent.REFUNDED, refund, after);
        return refund;
    }

    private static void checkCurrency(Authorization a, Optional<CardRequest.Amount> asked) {
        if (asked.filter(m -> !m.currency().equals(a.terms().currency())).isPresent()) {
            throw CardRefusal.field(
                    "currency_mismatch",
                    "amount.currency",
                    "the authorisation is in " + a.terms().currency());
        }
    }
}
