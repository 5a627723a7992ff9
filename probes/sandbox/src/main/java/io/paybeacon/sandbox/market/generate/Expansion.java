package io.paybeacon.sandbox.market.generate;

import io.paybeacon.sandbox.market.generate.Course.Authentication;
import io.paybeacon.sandbox.market.generate.Course.Capture;
import io.paybeacon.sandbox.market.generate.Course.Dispute;
import io.paybeacon.sandbox.market.generate.Course.Refund;
import io.paybeacon.sandbox.market.generate.Happening.ActionRequired;
import io.paybeacon.sandbox.market.generate.Happening.Authenticated;
import io.paybeacon.sandbox.market.generate.Happening.Authorised;
import io.paybeacon.sandbox.market.generate.Happening.CaptureUndone;
import io.paybeacon.sandbox.market.generate.Happening.Captured;
import io.paybeacon.sandbox.market.generate.Happening.Complained;
import io.paybeacon.sandbox.market.generate.Happening.Declined;
import io.paybeacon.sandbox.market.generate.Happening.DisputeClosed;
import io.paybeacon.sandbox.market.generate.Happening.DisputeOpened;
import io.paybeacon.sandbox.market.generate.Happening.FeeCharged;
import io.paybeacon.sandbox.market.generate.Happening.FraudWarned;
import io.paybeacon.sandbox.market.generate.Happening.OrderPlaced;
import io.paybeacon.sandbox.market.generate.Happening.PaymentCreated;
import io.paybeacon.sandbox.market.generate.Happening.PaymentPending;
import io.paybeacon.sandbox.market.generate.Happening.Rated;
import io.paybeacon.sandbox.market.generate.Happening.RefundCreated;
import io.paybeacon.sandbox.market.generate.Happening.RefundEnded;
import io.paybeacon.sandbox.market.generate.Happening.TransferMade;
import io.paybeacon.sandbox.market.generate.Happening.TransferReversed;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Turns an order's life into the things that happen, each with its time; not yet told. */
final class Expansion {
    private static final long HOUR = 3_600_000;

    /** How much longer everything takes in a slow hour. */
    private static final int SLOWNESS = 20;

    private final Incidents incidents;
    private final OrderLife life;
    private final SplittableRandom random;
    private final List<Timed> timed = new ArrayList<>();

    /** Something that happens, and whether it is told of. */
    record Timed(long atMillis, boolean told, Happening happening) {}

    private Expansion(Incidents incidents, OrderLife life, SplittableRandom random) {
        this.incidents = incidents;
        this.life = life;
        this.random = random;
    }

    /** All that happens to an order, payment by payment; the times are not in order. */
    static List<Timed> of(Incidents incidents, OrderLife life, SplittableRandom random) {
        Expansion expansion = new Expansion(incidents, life, random);
        expansion.order();
        for (PaymentLife payment : life.payments()) {
            expansion.payment(payment);
        }
        expansion.opinions();
        return expansion.timed;
    }

    private void order() {
        Basket basket = life.basket();
        add(
                life.atMillis(),
                new OrderPlaced(
                        basket.order(),
                        basket.customer(),
                        basket.totalMinor(),
                        basket.currency(),
                        basket.lines()));
    }

    private void add(long atMillis, Happening happening) {
        timed.add(new Timed(atMillis, true, happening));
    }

    private String currency() {
        return life.basket().currency();
    }

    private void payment(PaymentLife payment) {
        long at = life.atMillis() + payment.afterMillis() + random.nextLong(50, 400);
        if (payment.course() instanceof Course.Unanswered) {
            add(
                    at,
                    new Happening.CallFailed(
                            life.basket().order(), payment.gateway(), payment.key()));
            return;
        }
        add(
                at,
                new PaymentCreated(
                        payment.key(),
                        life.basket().order(),
                        payment.amountMinor(),
                        currency(),
                        payment.payer()));
        long answered = at + latencyMillis(payment, at);
        switch (payment.course()) {
            case Course.Unanswered() -> throw new IllegalStateException("was answered");
            case Course.Abandoned() -> add(answered, new ActionRequired(payment.key()));
            case Course.Pending() -> add(answered, new PaymentPending(payment.key()));
            case Course.Refused(var authentication, long challenge, var reason) -> {
                boolean byBank = reason != DeclineReason.AUTHENTICATION_FAILED;
                long then = authenticate(payment, authentication, challenge, answered, byBank);
                add(then, new Declined(payment.key(), reason));
            }
            case Course.Released released -> released(payment, released, answered);
            case Course.Paid paid -> paid(payment, paid, answered);
        }
    }

    private long latencyMillis(PaymentLife payment, long at) {
        long usual = random.nextLong(250, 1_400) + (random.nextInt(50) == 0 ? 3_000 : 0);
        boolean slow =
                incidents
                        .hit(IncidentKind.SLOW, payment.gateway(), at, payment.payer(), random)
                        .isPresent();
        return slow ? usual * SLOWNESS : usual;
    }

    /** When the cardholder has proved to be one, or has failed to. */
    private long authenticate(
            PaymentLife payment,
            Authentication authentication,
            long challengeMillis,
            long at,
            boolean passes) {
        return switch (authentication) {
            case NONE -> at;
            case FRICTIONLESS -> {
                add(at, new Authenticated(payment.key(), authentication));
                yield at + 200;
            }
            case CHALLENGE -> {
                add(at, new ActionRequired(payment.key()));
                long then = at + challengeMillis;
                if (passes) {
                    add(then, new Authenticated(payment.key(), authentication));
                }
                yield then + 200;
            }
        };
    }

    private long authorise(
            PaymentLife payment, Authentication authentication, long challengeMillis, long at) {
        long then = authenticate(payment, authentication, challengeMillis, at, true);
        add(then, new Authorised(payment.key(), payment.amountMinor(), currency()));
        return then;
    }

    private void released(PaymentLife payment, Course.Released released, long answered) {
        long at =
                authorise(payment, released.authentication(), released.challengeMillis(), answered)
                        + released.afterMillis();
        add(
                at,
                released.expired()
                        ? new Happening.Expired(payment.key(), payment.amountMinor(), currency())
                        : new Happening.Voided(payment.key(), payment.amountMinor(), currency()));
    }

    private void paid(PaymentLife payment, Course.Paid paid, long answered) {
        long at = authorise(payment, paid.authentication(), paid.challengeMillis(), answered);
        int number = 0;
        String operation = "";
        for (Capture capture : paid.captures()) {
            at += capture.afterMillis() + (paid.atOnce() ? 5 : 0);
            number++;
            operation = reference(payment) + "_cap" + number;
            timed.add(
                    new Timed(
                            at,
                            paid.told(),
                            new Captured(
                                    payment.key(),
                                    operation,
                                    capture.amountMinor(),
                                    currency(),
                                    number == paid.captures().size())));
            add(
                    at + 10,
                    new FeeCharged(
                            payment.key(),
                            operation,
                            Fees.of(capture.amountMinor(), currency()),
                            currency()));
        }
        transfers(payment, at);
        if (paid.undoneAfterMillis().isPresent()) {
            add(
                    at + paid.undoneAfterMillis().getAsLong(),
                    new CaptureUndone(
                            payment.key(),
                            operation,
                            paid.captures().getLast().amountMinor(),
                            currency()));
        }
        long captured = at;
        paid.refund().ifPresent(refund -> refund(payment, refund, captured));
        paid.dispute().ifPresent(dispute -> dispute(payment, dispute, captured));
    }

    private static String reference(PaymentLife payment) {
        return payment.reference();
    }

    /** Vendors get their shares a day later; of a second charge they get nothing. */
    private void transfers(PaymentLife payment, long at) {
        if (duplicate() && payment.equals(life.last())) {
            return;
        }
        for (int i = 0; i < life.basket().lines().size(); i++) {
            OrderLine line = life.basket().lines().get(i);
            add(
                    at + 24 * HOUR,
                    new TransferMade(
                            "tr_" + reference(payment) + "_" + i,
                            life.basket().order(),
                            line.vendor(),
                            line.shareMinor(),
                            currency()));
        }
    }

    private boolean duplicate() {
        return life.anomaly().equals(Optional.of(Anomaly.DUPLICATE_AT_GATEWAY))
                || life.anomaly().equals(Optional.of(Anomaly.DUPLICATE_ACROSS_GATEWAYS));
    }

    private void refund(PaymentLife payment, Refund refund, long captured) {
        long at = captured + refund.afterMillis();
        String id = reference(payment) + "_ref1";
        add(at, new RefundCreated(payment.key(), id, refund.amountMinor(), currency()));
        long settled = at + refund.settledAfterMillis();
        add(
                settled,
                new RefundEnded(
                        payment.key(), id, refund.amountMinor(), currency(), !refund.fails()));
        if (!refund.fails() && refund.amountMinor() == payment.amountMinor()) {
            for (int i = 0; i < life.basket().lines().size(); i++) {
                OrderLine line = life.basket().lines().get(i);
                add(
                        Math.max(settled, captured + 25 * HOUR),
                        new TransferReversed(
                                "tr_" + reference(payment) + "_" + i,
                                life.basket().order(),
                                line.vendor(),
                                line.shareMinor(),
                                currency()));
            }
        }
    }

    private void dispute(PaymentLife payment, Dispute dispute, long captured) {
        String id = reference(payment) + "_dis1";
        if (dispute.warnedAfterMillis().isPresent()) {
            add(
                    captured + dispute.warnedAfterMillis().getAsLong(),
                    new FraudWarned(payment.key(), id + "_efw", dispute.amountMinor(), currency()));
        }
        if (dispute.afterMillis().isEmpty()) {
            return;
        }
        long opened = captured + dispute.afterMillis().getAsLong();
        add(
                opened,
                new DisputeOpened(
                        payment.key(),
                        id,
                        dispute.amountMinor(),
                        currency(),
                        dispute.reason(),
                        opened + dispute.dueAfterMillis()));
        add(
                opened + dispute.closedAfterMillis(),
                new DisputeClosed(
                        payment.key(), id, dispute.amountMinor(), currency(), dispute.won()));
    }

    private void opinions() {
        Basket basket = life.basket();
        life.complaint()
                .ifPresent(topic ->
                        add(
                                life.atMillis() + random.nextLong(6 * HOUR, 240 * HOUR),
                                new Complained(
                                        "cpl_" + basket.order(),
                                        basket.order(),
                                        basket.customer(),
                                        topic)));
        if (life.stars().isPresent()) {
            add(
                    life.atMillis() + random.nextLong(48 * HOUR, 400 * HOUR),
                    new Rated(
                            "rat_" + basket.order(),
                            basket.order(),
                            basket.customer(),
                            basket.lines().getFirst().vendor(),
                            life.stars().getAsInt()));
        }
    }
}
