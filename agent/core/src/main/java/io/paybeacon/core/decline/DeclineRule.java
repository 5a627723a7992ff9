package io.paybeacon.core.decline;

import static io.paybeacon.core.decline.SupportAct.ASK_TO_REENTER;
import static io.paybeacon.core.decline.SupportAct.CHECK_INCIDENTS;
import static io.paybeacon.core.decline.SupportAct.ESCALATE_TO_ENGINEERING;
import static io.paybeacon.core.decline.SupportAct.ESCALATE_TO_RISK;
import static io.paybeacon.core.decline.SupportAct.LOOK_FOR_FIRST_PAYMENT;
import static io.paybeacon.core.decline.SupportAct.OFFER_OTHER_METHOD;
import static io.paybeacon.core.decline.SupportAct.REFER_TO_BANK;
import static io.paybeacon.core.decline.SupportAct.RETRY_LATER;
import static io.paybeacon.core.decline.SupportAct.SEND_PAYMENT_LINK;
import static io.paybeacon.core.decline.SupportAct.WAIT;

import io.paybeacon.core.event.DeclineCause;
import java.util.List;

/**
 * What follows from a cause, whatever the network adds to it.
 *
 * @param retry whether and how the payment may be tried again
 * @param remedy who can put it right
 * @param support what support may do, the first thing first
 * @param source where it is from
 */
public record DeclineRule(
        DeclineCause cause,
        RetryClass retry,
        Remedy remedy,
        List<SupportAct> support,
        String source) {
    private static final String STRIPE = "docs.stripe.com/declines/codes";
    private static final String ADYEN = "docs.adyen.com/development-resources/refusal-reasons";
    private static final String GSM = "juspay/decision-engine crates/gsm/data/gsm.csv";
    private static final String ISO = "ISO 8583 field 39, jPOS-CMF result codes";

    public DeclineRule {
        support = List.copyOf(support);
    }

    /** Who can put a refusal right. */
    public enum Remedy {
        /** The customer, who needs to be told how: each such cause has a text of its own. */
        CUSTOMER,
        /** The customer with another way to pay; the reason is not told, by a neutral text. */
        NEUTRAL,
        /** The platform. */
        MERCHANT,
        /** Bank, network or gateway; time alone. */
        TIME
    }

    /** The rule of a cause. */
    public static DeclineRule of(DeclineCause cause) {
        return new DeclineRule(
                cause, retryOf(cause), remedyOf(cause), supportOf(cause), sourceOf(cause));
    }

    private static RetryClass retryOf(DeclineCause cause) {
        return switch (cause) {
            case INSUFFICIENT_FUNDS,
                    LIMIT_EXCEEDED,
                    DO_NOT_HONOR,
                    AUTHENTICATION_UNAVAILABLE,
                    ISSUER_UNAVAILABLE,
                    PROCESSOR_ERROR ->
                    RetryClass.LATER;
            case EXPIRED_CARD,
                    INVALID_NUMBER,
                    INVALID_CVC,
                    ADDRESS_MISMATCH,
                    INVALID_PIN,
                    AUTHENTICATION_FAILED,
                    CANCELLED_BY_CUSTOMER ->
                    RetryClass.AFTER_FIX;
            case AUTHENTICATION_REQUIRED -> RetryClass.STEP_UP;
            // The gateway status mapping tries suspected fraud again; whoever the bank takes for a
            // fraudster is not to be tried again, and must not learn why.
            case SUSPECTED_FRAUD,
                    LOST_OR_STOLEN,
                    COMPLIANCE,
                    ACCOUNT_CLOSED,
                    REVOKED,
                    PIN_BLOCKED,
                    DUPLICATE,
                    EXCESSIVE_RETRIES ->
                    RetryClass.NEVER;
            // Of an unknown one nothing is known, and the networks charge for tries in vain.
            case CARD_RESTRICTED, CURRENCY_NOT_SUPPORTED, NOT_PERMITTED, UNKNOWN ->
                    RetryClass.OTHER_METHOD;
            case INVALID_AMOUNT, INVALID_REQUEST -> RetryClass.MERCHANT_FIX;
        };
    }

    private static Remedy remedyOf(DeclineCause cause) {
        return switch (cause) {
            case INSUFFICIENT_FUNDS,
                    LIMIT_EXCEEDED,
                    EXPIRED_CARD,
                    INVALID_NUMBER,
                    INVALID_CVC,
                    ADDRESS_MISMATCH,
                    AUTHENTICATION_REQUIRED,
                    AUTHENTICATION_FAILED,
                    DO_NOT_HONOR,
                    CARD_RESTRICTED,
                    ACCOUNT_CLOSED,
                    REVOKED,
                    NOT_PERMITTED,
                    CURRENCY_NOT_SUPPORTED,
                    CANCELLED_BY_CUSTOMER,
                    EXCESSIVE_RETRIES,
                    INVALID_PIN,
                    PIN_BLOCKED ->
                    Remedy.CUSTOMER;
            case SUSPECTED_FRAUD, LOST_OR_STOLEN, COMPLIANCE -> Remedy.NEUTRAL;
            case INVALID_AMOUNT, INVALID_REQUEST, DUPLICATE -> Remedy.MERCHANT;
            case AUTHENTICATION_UNAVAILABLE, ISSUER_UNAVAILABLE, PROCESSOR_ERROR, UNKNOWN ->
                    Remedy.TIME;
        };
    }

    private static List<SupportAct> supportOf(DeclineCause cause) {
        return switch (cause) {
            case INSUFFICIENT_FUNDS -> List.of(OFFER_OTHER_METHOD, RETRY_LATER);
            case LIMIT_EXCEEDED, NOT_PERMITTED, ACCOUNT_CLOSED ->
                    List.of(OFFER_OTHER_METHOD, REFER_TO_BANK);
            case EXPIRED_CARD, INVALID_NUMBER, INVALID_CVC, ADDRESS_MISMATCH, INVALID_PIN ->
                    List.of(ASK_TO_REENTER, OFFER_OTHER_METHOD);
            case AUTHENTICATION_REQUIRED, CANCELLED_BY_CUSTOMER -> List.of(SEND_PAYMENT_LINK);
            case AUTHENTICATION_FAILED ->
                    List.of(SEND_PAYMENT_LINK, OFFER_OTHER_METHOD, REFER_TO_BANK);
            case AUTHENTICATION_UNAVAILABLE, ISSUER_UNAVAILABLE, PROCESSOR_ERROR ->
                    List.of(CHECK_INCIDENTS, RETRY_LATER, OFFER_OTHER_METHOD);
            case DO_NOT_HONOR, PIN_BLOCKED -> List.of(REFER_TO_BANK, OFFER_OTHER_METHOD);
            case SUSPECTED_FRAUD, LOST_OR_STOLEN -> List.of(ESCALATE_TO_RISK, OFFER_OTHER_METHOD);
            case COMPLIANCE -> List.of(ESCALATE_TO_RISK);
            case CARD_RESTRICTED, CURRENCY_NOT_SUPPORTED -> List.of(OFFER_OTHER_METHOD);
            case REVOKED -> List.of(SEND_PAYMENT_LINK, REFER_TO_BANK);
            case INVALID_AMOUNT, INVALID_REQUEST -> List.of(ESCALATE_TO_ENGINEERING);
            case DUPLICATE -> List.of(LOOK_FOR_FIRST_PAYMENT, WAIT);
            case EXCESSIVE_RETRIES -> List.of(WAIT, OFFER_OTHER_METHOD);
            case UNKNOWN -> List.of(OFFER_OTHER_METHOD, CHECK_INCIDENTS);
        };
    }

    private static String sourceOf(DeclineCause cause) {
        return switch (cause) {
            case INSUFFICIENT_FUNDS,
                    LIMIT_EXCEEDED,
                    EXPIRED_CARD,
                    INVALID_NUMBER,
                    INVALID_CVC,
                    ADDRESS_MISMATCH,
                    SUSPECTED_FRAUD,
                    LOST_OR_STOLEN,
                    ACCOUNT_CLOSED,
                    REVOKED,
                    DUPLICATE,
                    INVALID_PIN ->
                    STRIPE;
            case AUTHENTICATION_REQUIRED,
                    AUTHENTICATION_FAILED,
                    CANCELLED_BY_CUSTOMER,
                    EXCESSIVE_RETRIES,
                    PIN_BLOCKED ->
                    ADYEN;
            case COMPLIANCE -> ISO;
            case AUTHENTICATION_UNAVAILABLE,
                    ISSUER_UNAVAILABLE,
                    PROCESSOR_ERROR,
                    DO_NOT_HONOR,
                    CARD_RESTRICTED,
                    NOT_PERMITTED,
                    CURRENCY_NOT_SUPPORTED,
                    INVALID_AMOUNT,
                    INVALID_REQUEST,
                    UNKNOWN ->
                    GSM;
        };
    }
}
