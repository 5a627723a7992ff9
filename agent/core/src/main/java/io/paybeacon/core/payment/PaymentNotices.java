package io.paybeacon.core.payment;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.event.Stamped;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Notification;
import io.paybeacon.core.output.Notification.Audience;
import io.paybeacon.core.output.Notification.Topic;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Notify;
import io.paybeacon.core.payment.Payment.Attempt;
import io.paybeacon.core.payment.Payment.Decline;
import io.paybeacon.core.stage.Context;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who is to be told what about a payment. */
final class PaymentNotices {
    /** How old a refusal may be for the customer to be told: what a replay brings is not told. */
    private static final Duration FRESH = Duration.ofHours(24);

    private PaymentNotices() {}

    /** Tells the customer of each attempt that is newly known to have been refused. */
    static void declined(
            Payment before, Payment after, Origin origin, Context context, List<Output> outputs) {
        String customer = after.property(Property.CUSTOMER);
        if (customer == null
                || after.status() != PaymentStatus.FAILED
                || origin.occurredAt().plus(FRESH).isBefore(context.now())) {
            return;
        }
        for (Attempt attempt : after.attempts()) {
            Stamped<Decline> decline = attempt.decline();
            if (decline == null || known(before, attempt.id())) {
                continue;
            }
            outputs.add(
                    new Notify(
                            new Notification(
                                    Topic.PAYMENT_DECLINED.label()
                                            + "|"
                                            + after.id().key()
                                            + "|"
                                            + attempt.id(),
                                    Audience.CUSTOMER,
                                    customer,
                                    Topic.PAYMENT_DECLINED,
                                    parameters(after, decline.value().cause().label()))));
        }
    }

    private static boolean known(Payment before, String attempt) {
        return before.attempts().stream()
                .anyMatch(other -> other.id().equals(attempt) && other.decline() != null);
    }

    /** Tells of a finding that was just opened those whom it concerns. */
    static void opened(Payment payment, Finding finding, List<Output> outputs) {
        Topic topic =
                switch (finding.kind()) {
                    case STUCK_PAYMENT ->
                            payment.status() == PaymentStatus.ACTION_REQUIRED
                                    ? Topic.PAYMENT_ACTION_REQUIRED
                                    : Topic.PAYMENT_STUCK;
                    case DUPLICATE_CHARGE -> Topic.PAYMENT_DUPLICATE;
                    case REFUND_FAILED -> Topic.REFUND_FAILED;
                    case CAPTURE_UNDONE -> Topic.PAYMENT_UNDONE;
                    case ORPHAN_EVENT,
                            ILLEGAL_TRANSITION,
                            AMOUNT_MISMATCH,
                            UNIT_SCALE_ERROR,
                            PAID_TWICE,
                            AUTHORISATION_EXPIRING ->
                            null;
                };
        if (topic == null) {
            return;
        }
        Map<String, String> parameters = parameters(payment, finding.kind().label());
        outputs.add(notice(finding, Audience.SUPPORT, "payments", topic, parameters));
        String customer = payment.property(Property.CUSTOMER);
        if (customer != null && topic != Topic.PAYMENT_STUCK) {
            outputs.add(notice(finding, Audience.CUSTOMER, customer, topic, parameters));
        }
    }

    private static Notify notice(
            Finding finding,
            Audience audience,
            String recipient,
            Topic topic,
            Map<String, String> parameters) {
        return new Notify(
                new Notification(
                        finding.id() + "|" + audience.label(),
                        audience,
                        recipient,
                        topic,
                        parameters));
    }

    private static Map<String, String> parameters(Payment payment, String cause) {
        @Nullable String order = payment.property(Property.MERCHANT_REFERENCE);
        return order == null
                ? Map.of("cause", cause, "payment", payment.id().key())
                : Map.of("cause", cause, "payment", payment.id().key(), "order", order);
    }
}
