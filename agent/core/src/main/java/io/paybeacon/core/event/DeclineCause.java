package io.paybeacon.core.event;

import io.paybeacon.core.codec.Named;

/**
 * Why an attempt failed, in the same words for every gateway.
 *
 * <p>The causes follow the standardised codes of Juspay's decision engine (gateway status mapping),
 * Stripe's decline codes, Adyen's refusal reasons and the response codes of ISO 8583 with those
 * that Visa and Mastercard added. What each means for the customer and for a next try is in {@code
 * io.paybeacon.core.decline}.
 */
public enum DeclineCause {
    /** Not enough money or credit. */
    INSUFFICIENT_FUNDS("insufficient_funds", DeclineClass.BUSINESS),
    /** Over the number or sum of payments that the card or account allows. */
    LIMIT_EXCEEDED("limit_exceeded", DeclineClass.BUSINESS),
    /** The card has expired, or its expiry date was mistyped. */
    EXPIRED_CARD("expired_card", DeclineClass.BUSINESS),
    /** No such card number. */
    INVALID_NUMBER("invalid_number", DeclineClass.BUSINESS),
    /** Wrong security code. */
    INVALID_CVC("invalid_cvc", DeclineClass.BUSINESS),
    /** The billing address is not the one the bank knows. */
    ADDRESS_MISMATCH("address_mismatch", DeclineClass.BUSINESS),
    /** The bank wants the customer to confirm: a soft decline. */
    AUTHENTICATION_REQUIRED("authentication_required", DeclineClass.BUSINESS),
    /** The customer did not confirm, or failed to. */
    AUTHENTICATION_FAILED("authentication_failed", DeclineClass.BUSINESS),
    /** The service that lets customers confirm did not work. */
    AUTHENTICATION_UNAVAILABLE("authentication_unavailable", DeclineClass.TECHNICAL),
    /** The bank said no and gave no reason. */
    DO_NOT_HONOR("do_not_honor", DeclineClass.BUSINESS),
    /** Bank, network or gateway suspect fraud. */
    SUSPECTED_FRAUD("suspected_fraud", DeclineClass.BUSINESS),
    /** The card is reported as lost or stolen, or is to be picked up. */
    LOST_OR_STOLEN("lost_or_stolen", DeclineClass.BUSINESS),
    /** The card is not for this use. */
    CARD_RESTRICTED("card_restricted", DeclineClass.BUSINESS),
    /** The account behind the card is closed, or was never there. */
    ACCOUNT_CLOSED("account_closed", DeclineClass.BUSINESS),
    /** The customer withdrew the mandate for it. */
    REVOKED("revoked", DeclineClass.BUSINESS),
    /** The bank does not permit this kind of payment with the card. */
    NOT_PERMITTED("not_permitted", DeclineClass.BUSINESS),
    /** The card cannot pay in the currency. */
    CURRENCY_NOT_SUPPORTED("currency_not_supported", DeclineClass.BUSINESS),
    /** An amount that the gateway or the network does not take: the platform's mistake. */
    INVALID_AMOUNT("invalid_amount", DeclineClass.TECHNICAL),
    /** A request that the gateway does not understand: the platform's mistake. */
    INVALID_REQUEST("invalid_request", DeclineClass.TECHNICAL),
    /** Taken for one more try of a payment that was made a moment ago. */
    DUPLICATE("duplicate", DeclineClass.TECHNICAL),
    /** The bank could not be reached. */
    ISSUER_UNAVAILABLE("issuer_unavailable", DeclineClass.TECHNICAL),
    /** The gateway, the acquirer or the network broke. */
    PROCESSOR_ERROR("processor_error", DeclineClass.TECHNICAL),
    /** Refused for a rule of law or of security. */
    COMPLIANCE("compliance", DeclineClass.BUSINESS),
    /** The customer called it off. */
    CANCELLED_BY_CUSTOMER("cancelled_by_customer", DeclineClass.BUSINESS),
    /** Tried so often that the gateway blocks the card for a while. */
    EXCESSIVE_RETRIES("excessive_retries", DeclineClass.BUSINESS),
    /** Wrong PIN. */
    INVALID_PIN("invalid_pin", DeclineClass.BUSINESS),
    /** The PIN was entered wrongly too often. */
    PIN_BLOCKED("pin_blocked", DeclineClass.BUSINESS),
    /** The gateway gave no reason that this build knows. */
    UNKNOWN("unknown", DeclineClass.UNKNOWN);

    /** All of them by label. */
    public static final Named<DeclineCause> NAMES =
            Named.of(DeclineCause.class, DeclineCause::label);

    private final String label;
    private final DeclineClass declineClass;

    DeclineCause(String label, DeclineClass declineClass) {
        this.label = label;
        this.declineClass = declineClass;
    }

    /** The word in the API and in stored bytes. */
    public String label() {
        return label;
    }

    /** Whose doing it is. */
    public DeclineClass declineClass() {
        return declineClass;
    }
}
