package io.paybeacon.gateways.adyen;

import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.gateways.message.DeclineTable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an authorisation was refused, by Adyen's refusal reasons (docs.adyen.com/
 * development-resources/refusal-reasons). An answer of the API has their number; a webhook has
 * their text, which is not signed. The number is recorded.
 *
 * <p>A blocked card (5) counts as one that was reported lost or stolen, because Adyen says not to
 * try it again. An error of the 3-D Secure service (42) is nobody's refusal: the page says to try
 * again.
 */
final class RefusalReasons {
    /** The numbers; 704 is an error of the API, the others are reasons of a refusal. */
    static final DeclineTable TABLE =
            DeclineTable.of(
                    """
                    insufficient_funds: 12
                    limit_exceeded: 28 29
                    expired_card: 6
                    invalid_number: 8
                    invalid_cvc: 24
                    address_mismatch: 32
                    authentication_required: 38 41
                    authentication_failed: 11
                    authentication_unavailable: 39 42
                    do_not_honor: 2 3 27
                    suspected_fraud: 14 20 22 31
                    lost_or_stolen: 5
                    card_restricted: 10 25 37
                    account_closed: 34 35
                    revoked: 26
                    not_permitted: 23 33
                    invalid_amount: 7
                    duplicate: 704
                    issuer_unavailable: 9 19
                    processor_error: 4 21 40
                    cancelled_by_customer: 15 16
                    excessive_retries: 46
                    invalid_pin: 17 36
                    pin_blocked: 18
                    """);

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");
    private static final Map<String, String> BY_TEXT = new HashMap<>();

    static {
        """
        2 refused
        3 referral
        4 acquirer error
        5 blocked card
        6 expired card
        7 invalid amount
        8 invalid card number
        9 issuer unavailable
        10 not supported
        11 3d not authenticated
        12 not enough balance
        14 acquirer fraud
        15 cancelled
        16 shopper cancelled
        17 invalid pin
        18 pin tries exceeded
        19 pin validation not possible
        20 fraud
        21 not submitted
        22 fraud-cancelled
        23 transaction not permitted
        24 cvc declined
        25 restricted card
        26 revocation of auth
        27 declined non generic
        28 withdrawal amount exceeded
        29 withdrawal count exceeded
        31 issuer suspected fraud
        32 avs declined
        33 card requires online pin
        34 no checking account available on card
        35 no savings account available on card
        36 mobile pin required
        37 contactless fallback
        38 authentication required
        39 rreq not received from ds
        40 current aid is in penalty box
        41 cvm required restart payment
        42 3ds authentication error
        46 transaction blocked by adyen to prevent excessive retry fees
        """
                .lines()
                .forEach(line -> {
                    int blank = line.indexOf(' ');
                    if (BY_TEXT.put(line.substring(blank + 1), line.substring(0, blank)) != null) {
                        throw new IllegalStateException("listed twice: " + line);
                    }
                });
    }

    private RefusalReasons() {}

    /**
     * Why an authorisation was refused.
     *
     * @param code the number of the reason, where the message has it
     * @param text the reason in Adyen's words
     * @param advice {@code additionalData.merchantAdviceCode}, such as {@code 03: Do not try again}
     */
    static Declined declined(
            String attempt, @Nullable String code, @Nullable String text, @Nullable String advice) {
        String number =
                code != null && NUMBER.matcher(code).matches()
                        ? code
                        : BY_TEXT.get(text == null ? "" : text.strip().toLowerCase(Locale.ROOT));
        String networks = DeclineTable.advice(advice);
        return number == null
                ? new Declined(attempt, DeclineCause.UNKNOWN, DeclineTable.UNRECOGNISED, networks)
                : new Declined(attempt, TABLE.cause(number), number, networks);
    }
}
