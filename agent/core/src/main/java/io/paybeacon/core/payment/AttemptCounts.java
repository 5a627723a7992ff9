package io.paybeacon.core.payment;

import io.paybeacon.core.event.DeclineClass;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.payment.Payment.Attempt;
import io.paybeacon.core.payment.Payment.Decline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What attempts newly came to. Each attempt is counted once, when its first answer is known; a
 * later answer that contradicts it is a correction, with a counter of its own.
 *
 * @param outcomes what is newly counted
 * @param outputs the measurements of it
 */
record AttemptCounts(Outcomes outcomes, List<Output> outputs) {
    private static final String APPROVED = "approved";
    private static final String DECLINED = "declined";
    private static final String ERROR = "error";
    private static final String CANCELLED = "cancelled";
    private static final String EXPIRED = "expired";

    static AttemptCounts of(Payment before, Payment after) {
        Outcomes outcomes = Outcomes.NONE;
        List<Output> outputs = new ArrayList<>();
        String gateway = after.id().gateway();
        String method = Methods.label(after.property(Property.METHOD));
        for (Attempt attempt : after.attempts()) {
            if (!attempt.status().settled() || toldByAnother(attempt, before, after)) {
                continue;
            }
            Attempt earlier = find(before, attempt.id());
            if (earlier == null || !earlier.status().settled()) {
                String outcome = outcome(attempt);
                outcomes = outcomes.plus(one(outcome));
                outputs.add(
                        new Count(Series.of(Metric.PAYMENT_ATTEMPTS, gateway, method, outcome), 1));
                // An answer that is the first word about its payment tells no duration, and to be
                // called off is no answer.
                if (!before.attempts().isEmpty() && answered(attempt)) {
                    outputs.add(duration(after, attempt, outcome));
                }
            } else if (attempt.status().holdsMoney() && !earlier.status().holdsMoney()) {
                outputs.add(new Count(Series.of(Metric.PAYMENT_CORRECTIONS, gateway), 1));
            }
        }
        return new AttemptCounts(outcomes, outputs);
    }

    /**
     * Whether the answer is not one of its own. A payment that is called off, or reported as paid,
     * after a named attempt had its answer is not one more attempt; and neither is the named
     * attempt that held the money which so far only the payment itself was known to hold.
     */
    private static boolean toldByAnother(Attempt attempt, Payment before, Payment after) {
        boolean holds = attempt.status().holdsMoney();
        if (!attempt.ofPayment()) {
            Attempt payment = find(before, PaymentFact.NO_ATTEMPT);
            return holds
                    && payment != null
                    && payment.status().holdsMoney()
                    && before.attempts().stream()
                            .noneMatch(a -> !a.ofPayment() && a.status().settled());
        }
        return attempt.status().pastFailure()
                && after.attempts().stream()
                        .filter(other -> !other.ofPayment())
                        .map(Attempt::status)
                        .anyMatch(holds ? PaymentStatus::holdsMoney : PaymentStatus::settled);
    }

    private static @Nullable Attempt find(Payment payment, String id) {
        for (Attempt attempt : payment.attempts()) {
            if (attempt.id().equals(id)) {
                return attempt;
            }
        }
        return null;
    }

    private static boolean answered(Attempt attempt) {
        return attempt.status() == PaymentStatus.FAILED || attempt.status().holdsMoney();
    }

    /** From the first word about the payment to the answer, by the gateway's clock. */
    private static Output duration(Payment payment, Attempt attempt, String outcome) {
        Duration taken = Duration.between(payment.firstSeen(), attempt.since());
        return Observation.of(
                Series.of(Metric.PAYMENT_DURATION, payment.id().gateway(), outcome), taken, "");
    }

    private static String outcome(Attempt attempt) {
        return switch (attempt.status()) {
            case AUTHORISED, PARTIALLY_CAPTURED, CAPTURED -> APPROVED;
            case CANCELLED -> CANCELLED;
            case EXPIRED -> EXPIRED;
            case FAILED -> {
                Stamped<Decline> decline = attempt.decline();
                yield decline != null
                                && decline.value().cause().declineClass() == DeclineClass.BUSINESS
                        ? DECLINED
                        : ERROR;
            }
            case UNKNOWN, CREATED, ACTION_REQUIRED, PROCESSING ->
                    throw new IllegalArgumentException("not settled: " + attempt.status());
        };
    }

    private static Outcomes one(String outcome) {
        return switch (outcome) {
            case APPROVED -> new Outcomes(1, 0, 0, 0);
            case DECLINED -> new Outcomes(0, 1, 0, 0);
            case ERROR -> new Outcomes(0, 0, 1, 0);
            default -> new Outcomes(0, 0, 0, 1);
        };
    }
}
