package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.market.generate.Anomaly;
import io.paybeacon.sandbox.market.generate.Course;
import io.paybeacon.sandbox.market.generate.Course.Authentication;
import io.paybeacon.sandbox.market.generate.Course.Capture;
import io.paybeacon.sandbox.market.generate.Course.Dispute;
import io.paybeacon.sandbox.market.generate.Course.Refund;
import io.paybeacon.sandbox.market.generate.OrderLife;
import io.paybeacon.sandbox.market.generate.PaymentLife;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One payment for an order before it is made, as a gateway can carry it out.
 *
 * @param number of the payment among those for the order, from 0
 * @param severalCaptures whether the gateway captures an authorisation in parts
 */
public record OrderPlan(OrderLife life, int number, boolean severalCaptures) {
    /** Networks that the test cards of every gateway have; the others pay as Visa. */
    private static final Set<String> NETWORKS = Set.of("visa", "mastercard", "amex");

    /** The payment as it was drawn. */
    public PaymentLife payment() {
        return life.payments().get(number);
    }

    private Course course() {
        return payment().course();
    }

    /** Unique for the payment; what idempotency keys begin with. */
    public String key() {
        return number == 0 ? orderId() : orderId() + "-" + (number + 1);
    }

    /** The platform's reference of the order. */
    public String orderId() {
        return life.basket().order();
    }

    /** The vendor of the first line. */
    public String vendorId() {
        return life.basket().lines().getFirst().vendor();
    }

    /** Opaque. */
    public String customerId() {
        return life.basket().customer();
    }

    /** What the gateway is asked for, minor units. */
    public long amountMinor() {
        return payment().amountMinor();
    }

    /** Lower-case ISO 4217 code. */
    public String currency() {
        return life.basket().currency().toLowerCase(Locale.ROOT);
    }

    /** The network of the card: {@code visa}, {@code mastercard} or {@code amex}. */
    public String brand() {
        String network = payment().payer().network();
        return NETWORKS.contains(network) ? network : "visa";
    }

    /** The country of the card's issuer, ISO 3166. */
    public String country() {
        return payment().payer().country();
    }

    /** Whether the amount is held first, and captured or given free later. */
    public boolean heldFirst() {
        return switch (course()) {
            case Course.Released _ -> true;
            case Course.Paid paid -> !paid.atOnce();
            case Course.Refused _, Course.Abandoned _, Course.Pending _, Course.Unanswered _ ->
                    false;
        };
    }

    /** What happens at first. */
    public Journey journey() {
        return switch (course()) {
            case Course.Refused refused -> new Journey.Declined(refused.reason());
            case Course.Abandoned() -> new Journey.Abandoned();
            case Course.Pending() -> new Journey.Pending();
            case Course.Released released ->
                    approved(released.authentication(), released.challengeMillis());
            case Course.Paid paid when !paid.told() -> new Journey.Silent();
            case Course.Paid paid -> approved(paid.authentication(), paid.challengeMillis());
            case Course.Unanswered() ->
                    throw new IllegalStateException("the gateway decides whether it answers");
        };
    }

    private static Journey approved(Authentication authentication, long challengeMillis) {
        return authentication == Authentication.CHALLENGE
                ? new Journey.Challenged(challengeMillis)
                : new Journey.Approved();
    }

    /** The hold that is given free instead of captured. */
    Optional<Course.Released> released() {
        return course() instanceof Course.Released released
                ? Optional.of(released)
                : Optional.empty();
    }

    /** The captures of a hold, in order; each amount in full where there can be only one. */
    List<Capture> captures() {
        if (!(course() instanceof Course.Paid paid) || paid.atOnce()) {
            return List.of();
        }
        return severalCaptures
                ? paid.captures()
                : List.of(
                        new Capture(
                                paid.captures().getFirst().afterMillis(), paid.capturedMinor()));
    }

    private Optional<Course.Paid> inOnePiece() {
        return course() instanceof Course.Paid paid
                        && (paid.captures().size() == 1 || !severalCaptures)
                ? Optional.of(paid)
                : Optional.empty();
    }

    /** The refund, of what was captured in one piece. */
    Optional<Refund> refund() {
        return inOnePiece().flatMap(Course.Paid::refund);
    }

    Optional<Dispute> dispute() {
        return inOnePiece().flatMap(Course.Paid::dispute);
    }

    OptionalLong undoneAfterMillis() {
        return course() instanceof Course.Paid paid
                ? paid.undoneAfterMillis()
                : OptionalLong.empty();
    }

    /** Where the payment ends when nothing but the plan happens. */
    public PaymentState planned() {
        return switch (course()) {
            case Course.Refused _, Course.Unanswered _ -> PaymentState.DECLINED;
            case Course.Abandoned() -> PaymentState.ACTION_REQUIRED;
            case Course.Pending() -> PaymentState.PROCESSING;
            case Course.Released _ -> PaymentState.CANCELLED;
            case Course.Paid paid -> paid(paid);
        };
    }

    private PaymentState paid(Course.Paid paid) {
        if (paid.undoneAfterMillis().isPresent()) {
            return PaymentState.CAPTURE_UNDONE;
        }
        return refund().filter(r -> !r.fails())
                .map(r ->
                        r.amountMinor() < paid.capturedMinor()
                                ? PaymentState.PARTIALLY_REFUNDED
                                : PaymentState.REFUNDED)
                .orElse(PaymentState.CAPTURED);
    }

    /** What is made to go wrong, when it is about this payment. */
    public Optional<Anomaly> anomaly() {
        return life.anomaly().filter(a -> number == life.payments().size() - 1);
    }
}
