package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.market.Checkout.Payment;
import io.paybeacon.sandbox.market.Checkout.Stage;
import io.paybeacon.sandbox.market.generate.Course;
import io.paybeacon.sandbox.market.generate.Course.Capture;
import io.paybeacon.sandbox.market.generate.Course.Dispute;
import io.paybeacon.sandbox.market.generate.Course.Refund;
import io.paybeacon.sandbox.market.generate.OrderLine;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Carries one payment after another through what was planned: create and confirm, pass the
 * challenge, capture or let go, and whatever befalls it afterwards. Confined to one event loop.
 */
final class Cashier {
    /** A day of life. */
    static final long DAY_MILLIS = 86_400_000;

    private final Vertx vertx;
    private final Checkout checkout;
    private final Pace pace;
    private final Consumer<String> withholdTerminal;
    private final Taken taken;

    /** Told of money that was taken. */
    interface Taken {
        /** So many minor units of the currency, a lower-case ISO 4217 code. */
        void captured(String currency, long amountMinor);
    }

    /**
     * @param withholdTerminal told the order ids whose terminal webhooks must not be sent
     */
    Cashier(
            Vertx vertx,
            Checkout checkout,
            Pace pace,
            Consumer<String> withholdTerminal,
            Taken taken) {
        this.vertx = vertx;
        this.checkout = checkout;
        this.pace = pace;
        this.withholdTerminal = withholdTerminal;
        this.taken = taken;
    }

    /**
     * Carries a payment to the end of its plan.
     *
     * @param made told what the gateway calls the payment
     * @return failed when the gateway failed, and the payment was given up
     */
    Future<Void> carry(OrderPlan plan, Consumer<Optional<String>> made) {
        if (plan.journey() instanceof Journey.Silent && checkout.terms().withholdsFromStart()) {
            withholdTerminal.accept(plan.orderId());
        }
        return checkout.pay(plan)
                .compose(payment -> {
                    made.accept(payment.id());
                    return follow(plan, payment);
                });
    }

    private Future<Void> follow(OrderPlan plan, Payment payment) {
        return switch (payment.stage()) {
            case CHALLENGED -> challenge(plan, payment);
            case AUTHORISED -> settle(plan, payment);
            case CAPTURED -> afterwards(plan, payment);
            case ENDED -> Future.succeededFuture();
        };
    }

    private Future<Void> challenge(OrderPlan plan, Payment payment) {
        return plan.journey() instanceof Journey.Challenged(long answeredAfterMillis)
                ? after(answeredAfterMillis)
                        .compose(v -> checkout.passChallenge(plan, payment))
                        .compose(passed -> follow(plan, passed))
                : Future.succeededFuture();
    }

    private Future<Void> settle(OrderPlan plan, Payment held) {
        Optional<Course.Released> released = plan.released();
        if (released.isPresent()) {
            return after(released.get().afterMillis())
                    .compose(v ->
                            released.get().expired()
                                    ? checkout.befall(held, new Aftermath.Expired())
                                    : checkout.release(plan, held));
        }
        List<Capture> captures = plan.captures();
        return captures.isEmpty()
                ? capture(plan, held, List.of(new Capture(0, plan.amountMinor())), 0)
                : capture(plan, held, captures, 0);
    }

    private Future<Void> capture(OrderPlan plan, Payment held, List<Capture> captures, int index) {
        Capture capture = captures.get(index);
        boolean last = index == captures.size() - 1;
        return after(capture.afterMillis())
                .compose(v -> {
                    if (plan.journey() instanceof Journey.Silent) {
                        withholdTerminal.accept(plan.orderId());
                    }
                    return checkout.capture(plan, held, capture.amountMinor(), index + 1, last);
                })
                .compose(taken ->
                        last || taken.stage() != Stage.CAPTURED
                                ? follow(plan, taken)
                                : capture(plan, held, captures, index + 1));
    }

    private Future<Void> afterwards(OrderPlan plan, Payment captured) {
        if (plan.journey() instanceof Journey.Silent) {
            return Future.succeededFuture();
        }
        taken.captured(plan.currency(), plan.amountMinor());
        return Future.join(share(plan, captured), fate(plan, captured)).mapEmpty();
    }

    /** The vendor of the first line gets its share a day later; of a second charge nothing. */
    private Future<Void> share(OrderPlan plan, Payment captured) {
        OrderLine line = plan.life().basket().lines().getFirst();
        return plan.number() > 0 || line.shareMinor() == 0
                ? Future.succeededFuture()
                : befall(
                        captured,
                        DAY_MILLIS,
                        new Aftermath.Transferred(line.vendor(), line.shareMinor()));
    }

    private Future<Void> fate(OrderPlan plan, Payment captured) {
        if (plan.undoneAfterMillis().isPresent()) {
            return befall(
                    captured, plan.undoneAfterMillis().getAsLong(), new Aftermath.CaptureUndone());
        }
        if (plan.refund().isPresent()) {
            return refund(plan, captured, plan.refund().get());
        }
        return plan.dispute().isPresent()
                ? dispute(captured, plan.dispute().get())
                : Future.succeededFuture();
    }

    private Future<Void> refund(OrderPlan plan, Payment captured, Refund refund) {
        return after(refund.afterMillis())
                .compose(v -> checkout.refund(plan, captured, refund.amountMinor()))
                .compose(v ->
                        refund.fails()
                                ? befall(
                                        captured,
                                        refund.settledAfterMillis(),
                                        new Aftermath.RefundFailed())
                                : Future.succeededFuture());
    }

    private Future<Void> dispute(Payment captured, Dispute dispute) {
        Future<Void> warned =
                dispute.warnedAfterMillis().isPresent()
                        ? befall(
                                captured,
                                dispute.warnedAfterMillis().getAsLong(),
                                new Aftermath.FraudWarned())
                        : Future.succeededFuture();
        if (dispute.afterMillis().isEmpty()) {
            return warned;
        }
        Aftermath opened = new Aftermath.DisputeOpened(dispute.reason(), dispute.dueAfterMillis());
        return warned.compose(v -> befall(captured, dispute.afterMillis().getAsLong(), opened))
                .compose(v ->
                        befall(
                                captured,
                                dispute.closedAfterMillis(),
                                new Aftermath.DisputeClosed(dispute.won())));
    }

    private Future<Void> befall(Payment payment, long afterMillis, Aftermath aftermath) {
        return after(afterMillis).compose(v -> checkout.befall(payment, aftermath));
    }

    private Future<Void> after(long lifeMillis) {
        return lifeMillis == 0
                ? Future.succeededFuture()
                : vertx.timer(pace.millis(lifeMillis)).mapEmpty();
    }
}
