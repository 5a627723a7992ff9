package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;
import io.paybeacon.core.money.Money;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * One thing a message says about a payment.
 *
 * <p>Facts are made to be joined: told twice, late or in any order, they lead to the same payment.
 * An <em>attempt</em> is one try to collect the money (Stripe: a charge), an <em>operation</em> one
 * movement within it.
 */
public sealed interface PaymentFact {
    /** The attempt that stands for the payment itself, where a gateway names no attempt. */
    String NO_ATTEMPT = "";

    /** An attempt, or the payment itself ({@link #NO_ATTEMPT}), was in this status. */
    record StatusReported(String attempt, PaymentStatus status) implements PaymentFact {}

    /**
     * Why an attempt failed.
     *
     * @param code the gateway's own code: for findings and support, never a metric label
     * @param advice what the network says of a next try, its merchant advice code, such as {@code
     *     03}; empty where the gateway does not pass it on
     */
    record Declined(String attempt, DeclineCause cause, String code, String advice)
            implements PaymentFact {
        /** A refusal without advice. */
        public Declined(String attempt, DeclineCause cause, String code) {
            this(attempt, cause, code, "");
        }
    }

    /** What came of asking the customer to confirm. */
    record Authenticated(String attempt, AuthenticationOutcome outcome) implements PaymentFact {}

    /** The operation holds its amount until then, by the gateway's clock. */
    record HoldExpires(String operation, Instant at) implements PaymentFact {
        public HoldExpires {
            at = at.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /** A dispute about the payment stands thus. */
    record Disputed(String dispute, DisputeStatus status) implements PaymentFact {}

    /** What the payment asks for in all. */
    record Requested(Money amount) implements PaymentFact {}

    /** In all this much was held by the operation. */
    record Authorised(String operation, Money amount) implements PaymentFact {}

    /** In all this much was collected by the operation. */
    record Captured(String operation, Money amount) implements PaymentFact {}

    /** This much of what the operation had collected turned out not to be. */
    record CaptureUndone(String operation, Money amount) implements PaymentFact {}

    /** A refund of this amount stands thus. */
    record Refunded(String refund, Money amount, RefundStatus status) implements PaymentFact {}

    /** A property of the payment, by which it is found or sliced. */
    record Described(Property property, String value) implements PaymentFact {}

    /** The properties of a payment. */
    enum Property {
        /** The platform's own reference: its order. */
        MERCHANT_REFERENCE("merchant_reference"),
        /** The kind of payment method, such as {@code card}. */
        METHOD("method"),
        /** The card network, such as {@code visa}. */
        NETWORK("network"),
        /** The country of the issuer, ISO 3166-1 alpha-2. */
        ISSUER_COUNTRY("issuer_country"),
        /** The issuer, as the gateway names it, or a digest of its number range; never a number. */
        ISSUER("issuer"),
        /** The merchant account at the gateway that took it. */
        MERCHANT_ACCOUNT("merchant_account"),
        /** The version of the platform's configuration that sent it there. */
        CONFIGURATION("configuration"),
        /** The platform's opaque id of the customer. */
        CUSTOMER("customer"),
        /** The gateway's fingerprint of the card or account; never a number. */
        INSTRUMENT("instrument");

        /** All of them by label. */
        public static final Named<Property> NAMES = Named.of(Property.class, Property::label);

        private final String label;

        Property(String label) {
            this.label = label;
        }

        /** The word in the API and in stored bytes. */
        public String label() {
            return label;
        }
    }
}
