package io.paybeacon.testkit.scenario;

import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Authorised;
import io.paybeacon.core.event.PaymentFact.CaptureUndone;
import io.paybeacon.core.event.PaymentFact.Captured;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentFact.Refunded;
import io.paybeacon.core.event.PaymentFact.Requested;
import io.paybeacon.core.event.PaymentFact.StatusReported;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.event.RefundStatus;
import io.paybeacon.core.money.Money;
import io.paybeacon.testkit.scenario.PaymentScenario.Schedule;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes up the messages about one payment: a page is opened, an attempt is approved or declined and
 * maybe tried again, the money is captured, sometimes in part, and sometimes given back. A few
 * payments stop half way, and a few messages never say which payment they are about.
 */
final class PaymentLife {
    private static final List<String> CURRENCIES = List.of("EUR", "USD", "JPY");
    private static final List<String> NETWORKS = List.of("visa", "mastercard", "amex");
    private static final List<String> COUNTRIES = List.of("DE", "FR", "US", "JP", "PL");
    private static final int ATTEMPTS_MAX = 3;

    private final RandomGenerator random;

    PaymentLife(RandomGenerator random) {
        this.random = random;
    }

    /**
     * Tells one payment.
     *
     * @param number of the payment in its scenario
     * @param startMillis when it begins, in milliseconds since the epoch
     */
    void tell(String gateway, long number, long startMillis, Schedule schedule) {
        new Telling(gateway, number, startMillis, schedule).all();
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private <T> T oneOf(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One payment while it is told: time moves on with each message. */
    private final class Telling {
        private final String gateway;
        private final long number;
        private final Schedule schedule;
        private final PaymentId payment;
        private final Money amount;
        private long nowMillis;
        private int events;

        Telling(String gateway, long number, long startMillis, Schedule schedule) {
            this.gateway = gateway;
            this.number = number;
            this.schedule = schedule;
            this.nowMillis = startMillis;
            this.payment = new PaymentId(gateway, "pi_" + number);
            this.amount = Money.of(100 + random.nextInt(50_000), oneOf(CURRENCIES));
        }

        void all() {
            useless();
            // Every eighth order is paid for twice: the customer began again.
            long order = number % 8 == 0 ? number - 1 : number;
            observed(
                    new Requested(amount),
                    new StatusReported(PaymentFact.NO_ATTEMPT, PaymentStatus.CREATED),
                    new Described(Property.MERCHANT_REFERENCE, "order_" + order),
                    new Described(Property.METHOD, "card"));
            if (chance(25)) {
                observed(new StatusReported(PaymentFact.NO_ATTEMPT, PaymentStatus.ACTION_REQUIRED));
            }
            for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
                if (chance(2)) {
                    return;
                }
                if (attempt("ch_" + number + "_" + attempt) || chance(50)) {
                    return;
                }
            }
        }

        private boolean attempt(String charge) {
            ProviderReference reference = new ProviderReference(gateway, charge);
            Origin origin = origin();
            tell(new Linked(origin, reference, payment));
            if (chance(12)) {
                DeclineCause why =
                        chance(80) ? DeclineCause.INSUFFICIENT_FUNDS : DeclineCause.PROCESSOR_ERROR;
                tell(
                        new Observed(
                                origin,
                                payment,
                                List.of(
                                        new StatusReported(charge, PaymentStatus.FAILED),
                                        new Declined(charge, why, why.label()))));
                return false;
            }
            tell(
                    new Observed(
                            origin,
                            payment,
                            List.of(
                                    new StatusReported(charge, PaymentStatus.AUTHORISED),
                                    new Authorised(charge, amount),
                                    new Described(Property.NETWORK, oneOf(NETWORKS)),
                                    new Described(Property.ISSUER_COUNTRY, oneOf(COUNTRIES)))));
            if (chance(97)) {
                capture(charge, reference);
            }
            return true;
        }

        private void capture(String charge, ProviderReference reference) {
            boolean whole = chance(90);
            Money part = whole ? amount : Money.of(amount.minorUnits() / 2, amount.currencyCode());
            observed(
                    new StatusReported(
                            charge,
                            whole ? PaymentStatus.CAPTURED : PaymentStatus.PARTIALLY_CAPTURED),
                    new Captured(charge, part));
            if (chance(1)) {
                observed(new CaptureUndone(charge, part));
            } else if (chance(8)) {
                String refund = "re_" + number;
                unresolved(reference, new Refunded(refund, part, RefundStatus.PENDING));
                nowMillis += random.nextLong(30_000);
                RefundStatus end = chance(95) ? RefundStatus.SUCCEEDED : RefundStatus.FAILED;
                // Some say nothing of the charge, and no message ever links the refund to it.
                ProviderReference about =
                        chance(80) ? reference : new ProviderReference(gateway, refund);
                unresolved(about, new Refunded(refund, part, end));
            }
        }

        private void useless() {
            if (chance(5)) {
                tell(new Skipped(origin(), "customer.updated", SkipReason.NOT_RELEVANT));
            }
            if (chance(1)) {
                tell(
                        new Malformed(
                                origin(),
                                "charge.updated",
                                MalformedReason.MISSING_FIELD,
                                "no amount"));
            }
        }

        private void observed(PaymentFact... facts) {
            tell(new Observed(origin(), payment, List.of(facts)));
        }

        private void unresolved(ProviderReference about, PaymentFact fact) {
            tell(new Unresolved(origin(), about, List.of(fact)));
        }

        /** A new message: some time after the one before, stamped in whole seconds. */
        private Origin origin() {
            nowMillis += random.nextLong(200, 5_000);
            events++;
            return new Origin(
                    gateway,
                    "evt_" + number + "_" + events,
                    Instant.ofEpochSecond(nowMillis / 1_000));
        }

        /** On its way for a moment, sometimes for long, and sometimes twice. */
        private void tell(Event event) {
            schedule.add(nowMillis + lagMillis(), event);
            if (chance(3)) {
                schedule.add(nowMillis + lagMillis(), event);
            }
        }

        private long lagMillis() {
            return chance(5) ? random.nextLong(1_000, 60_000) : random.nextLong(20, 900);
        }
    }
}
