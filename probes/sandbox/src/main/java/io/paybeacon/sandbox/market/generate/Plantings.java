package io.paybeacon.sandbox.market.generate;

import io.paybeacon.sandbox.market.generate.Expansion.Timed;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Whether, and when, what was made to go wrong had gone wrong. */
final class Plantings {
    private Plantings() {}

    /** Empty when it has not happened before these happenings end. */
    static Optional<Planted> of(OrderLife life, Anomaly anomaly, List<Timed> happened) {
        PaymentLife payment = life.last();
        OptionalLong visible =
                switch (anomaly) {
                    case CHALLENGE_ABANDONED ->
                            last(payment, Happening.ActionRequired.class, happened);
                    case GATEWAY_PENDING -> last(payment, Happening.PaymentPending.class, happened);
                    case WEBHOOK_LOST -> last(payment, Happening.Authorised.class, happened);
                    case DUPLICATE_AT_GATEWAY, DUPLICATE_ACROSS_GATEWAYS ->
                            bothCaptured(life, happened);
                    case UNIT_SCALE, ONE_UNIT_OFF ->
                            last(payment, Happening.Authorised.class, happened);
                    case OVER_CAPTURED -> last(payment, Happening.Captured.class, happened);
                    case CAPTURE_UNDONE -> last(payment, Happening.CaptureUndone.class, happened);
                    case REFUND_FAILED -> last(payment, Happening.RefundEnded.class, happened);
                    case AUTHORISATION_EXPIRED -> last(payment, Happening.Expired.class, happened);
                };
        return visible.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Planted(
                                anomaly,
                                life.basket().order(),
                                life.payments().stream().map(PaymentLife::key).toList(),
                                life.atMillis() + payment.afterMillis(),
                                visible.getAsLong()));
    }

    private static OptionalLong bothCaptured(OrderLife life, List<Timed> happened) {
        OptionalLong first = last(life.payments().getFirst(), Happening.Captured.class, happened);
        OptionalLong second = last(life.last(), Happening.Captured.class, happened);
        return first.isEmpty() || second.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(first.getAsLong(), second.getAsLong()));
    }

    private static OptionalLong last(
            PaymentLife payment, Class<? extends Happening> kind, List<Timed> happened) {
        return happened.stream()
                .filter(timed -> kind.isInstance(timed.happening()))
                .filter(timed ->
                        timed.happening() instanceof Happening.OfPayment about
                                && about.payment().equals(payment.key()))
                .mapToLong(Timed::atMillis)
                .reduce((earlier, later) -> later);
    }
}
