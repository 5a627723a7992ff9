package io.paybeacon.sandbox.market.generate;

import io.paybeacon.sandbox.market.generate.Expansion.Timed;
import java.util.List;
import java.util.Optional;

/** What is true of a payment: the plain sum of what happened to it. */
final class Outcomes {
    private String state = "unanswered";
    private long authorisedMinor;
    private long capturedMinor;
    private long undoneMinor;
    private long refundedMinor;
    private long disputedMinor;
    private Optional<DeclineReason> cause = Optional.empty();
    private long createdMillis;
    private long changedMillis;

    private Outcomes() {}

    /** What is true of it after these happenings, which are in order of time. */
    static PaymentOutcome of(OrderLife life, PaymentLife payment, List<Timed> happened) {
        Outcomes outcomes = new Outcomes();
        for (Timed timed : happened) {
            if (timed.happening() instanceof Happening.OfPayment ofPayment
                    && ofPayment.payment().equals(payment.key())) {
                outcomes.take(ofPayment, timed.atMillis(), payment.amountMinor());
            }
        }
        return new PaymentOutcome(
                payment.key(),
                life.basket().order(),
                payment.gateway(),
                life.basket().currency(),
                life.basket().totalMinor(),
                payment.amountMinor(),
                outcomes.state,
                outcomes.authorisedMinor,
                outcomes.capturedMinor,
                outcomes.undoneMinor,
                outcomes.refundedMinor,
                outcomes.disputedMinor,
                outcomes.cause,
                outcomes.createdMillis,
                outcomes.changedMillis);
    }

    private void take(Happening.OfPayment happening, long atMillis, long askedMinor) {
        switch (happening) {
            case Happening.PaymentCreated _ -> {
                createdMillis = atMillis;
                change("created", atMillis);
            }
            case Happening.ActionRequired _ -> change("action_required", atMillis);
            case Happening.PaymentPending _ -> change("processing", atMillis);
            case Happening.Authorised authorised -> {
                authorisedMinor = authorised.amountMinor();
                change("authorised", atMillis);
            }
            case Happening.Declined declined -> {
                cause = Optional.of(declined.reason());
                change("failed", atMillis);
            }
            case Happening.Captured captured -> {
                capturedMinor += captured.amountMinor();
                change(capturedMinor < askedMinor ? "partially_captured" : "captured", atMillis);
            }
            case Happening.CaptureUndone undone -> {
                undoneMinor += undone.amountMinor();
                change(undoneMinor < capturedMinor ? "partially_captured" : "failed", atMillis);
            }
            case Happening.Voided _ -> change("cancelled", atMillis);
            case Happening.Expired _ -> change("expired", atMillis);
            case Happening.RefundEnded ended ->
                    refundedMinor += ended.succeeded() ? ended.amountMinor() : 0;
            case Happening.DisputeOpened opened -> disputedMinor += opened.amountMinor();
            case Happening.Authenticated _,
                    Happening.RefundCreated _,
                    Happening.FraudWarned _,
                    Happening.DisputeClosed _,
                    Happening.FeeCharged _ -> {
                // Changes neither state nor sums.
            }
        }
    }

    private void change(String to, long atMillis) {
        state = to;
        changedMillis = atMillis;
    }
}
