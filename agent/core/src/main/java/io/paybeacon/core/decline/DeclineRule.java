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
        return switch (cause) {
            case INSUFFICIENT_FUNDS ->
                    customer(cause, RetryClass.LATER, STRIPE, OFFER_OTHER_METHOD, RETRY_LATER);
            case LIMIT_EXCEEDED ->
                    customer(cause, RetryClass.LATER, STRIPE, OFFER_OTHER_METHOD, REFER_TO_BANK);
            case EXPIRED_CARD, INVALID_NUMBER, INVALID_CVC, ADDRESS_MISMATCH, INVALID_PIN ->
                    customer(
                            cause,
                            RetryClass.AFTER_FIX,
                            STRIPE,
                            ASK_TO_REENTER,
                            OFFER_OTHER_METHOD);
            case AUTHENTICATION_REQUIRED ->
                    customer(cause, RetryClass.STEP_UP, ADYEN, SEND_PAYMENT_LINK);
            case AUTHENTICATION_FAILED ->
                    customer(
                            cause,
                            RetryClass.AFTER_FIX,
                            ADYEN,
                            SEND_PAYMENT_LINK,
                            OFFER_OTHER_METHOD,
                            REFER_TO_BANK);
            case AUTHENTICATION_UNAVAILABLE, ISSUER_UNAVAILABLE, PROCESSOR_ERROR ->
                    rule(
                            cause,
                            RetryClass.LATER,
                            Remedy.TIME,
                            GSM,
                            CHECK_INCIDENTS,
                            RETRY_LATER,
                            OFFER_OTHER_METHOD);
            case DO_NOT_HONOR ->
                    customer(cause, RetryClass.LATER, GSM, REFER_TO_BANK, OFFER_OTHER_METHOD);
            case SUSPECTED_FRAUD ->
                    // The gateway status mapping tries these again; whoever the bank takes for a
                    // fraudster is not to be tried again, and must not learn why.
                    rule(
                            cause,
                            RetryClass.NEVER,
                            Remedy.NEUTRAL,
                            STRIPE,
                            ESCALATE_TO_RISK,
                            OFFER_OTHER_METHOD);
            case LOST_OR_STOLEN ->
                    rule(
                            cause,
                            RetryClass.NEVER,
                            Remedy.NEUTRAL,
                            STRIPE,
                            ESCALATE_TO_RISK,
                            OFFER_OTHER_METHOD);
            case COMPLIANCE -> rule(cause, RetryClass.NEVER, Remedy.NEUTRAL, ISO, ESCALATE_TO_RISK);
            case CARD_RESTRICTED, CURRENCY_NOT_SUPPORTED ->
                    customer(cause, RetryClass.OTHER_METHOD, GSM, OFFER_OTHER_METHOD);
            case NOT_PERMITTED ->
                    customer(
                            cause, RetryClass.OTHER_METHOD, GSM, OFFER_OTHER_METHOD, REFER_TO_BANK);
            case ACCOUNT_CLOSED ->
                    customer(cause, RetryClass.NEVER, STRIPE, OFFER_OTHER_METHOD, REFER_TO_BANK);
            case REVOKED ->
                    customer(cause, RetryClass.NEVER, STRIPE, SEND_PAYMENT_LINK, REFER_TO_BANK);
            case PIN_BLOCKED ->
                    customer(cause, RetryClass.NEVER, ADYEN, REFER_TO_BANK, OFFER_OTHER_METHOD);
            case INVALID_AMOUNT, INVALID_REQUEST ->
                    rule(
                            cause,
                            RetryClass.MERCHANT_FIX,
                            Remedy.MERCHANT,
                            GSM,
                            ESCALATE_TO_ENGINEERING);
            case DUPLICATE ->
                    rule(
                            cause,
                            RetryClass.NEVER,
                            Remedy.MERCHANT,
                            STRIPE,
                            LOOK_FOR_FIRST_PAYMENT,
                            WAIT);
            case CANCELLED_BY_CUSTOMER ->
                    customer(cause, RetryClass.AFTER_FIX, ADYEN, SEND_PAYMENT_LINK);
            case EXCESSIVE_RETRIES ->
                    customer(cause, RetryClass.NEVER, ADYEN, WAIT, OFFER_OTHER_METHOD);
            case UNKNOWN ->
                    // Nothing is known of it, and the networks charge for tries that cannot
                    // succeed.
                    rule(
                            cause,
                            RetryClass.OTHER_METHOD,
                            Remedy.TIME,
                            GSM,
                            OFFER_OTHER_METHOD,
                            CHECK_INCIDENTS);
        };
    }

    private static DeclineRule customer(
            DeclineCause cause, RetryClass retry, String source, SupportAct... support) {
        return rule(cause, retry, Remedy.CUSTOMER, source, support);
    }

    private static DeclineRule rule(
            DeclineCause cause,
            RetryClass retry,
            Remedy remedy,
            String source,
            SupportAct... support) {
        return new DeclineRule(cause, retry, remedy, List.of(support), source);
    }
}
