package io.paybeacon.gateways.card;

import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.gateways.message.DeclineTable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an authorisation was refused, by the response code of ISO 8583, field 39, as Visa and
 * Mastercard have extended it; what they mean follows jPOS-CMF's result codes. A code that is not
 * here is unknown.
 *
 * <p>55 is a wrong PIN at a terminal. Nobody types one on the page of a shop: there it is the
 * confirmation at the bank that failed.
 */
final class ResponseCodes {
    /** The codes. */
    static final DeclineTable TABLE =
            DeclineTable.of(
                    """
                    insufficient_funds: 51
                    limit_exceeded: 61 65 N4 N8
                    expired_card: 33 54
                    invalid_number: 14 15 56
                    invalid_cvc: 82 N7
                    authentication_required: 1A 70 A1
                    authentication_failed: 55 6P P5 Q1
                    do_not_honor: 01 02 05 19
                    suspected_fraud: 59 83
                    lost_or_stolen: 04 07 41 43
                    card_restricted: 5C 62 9G
                    account_closed: 39 46 52 53 72 78 SA
                    revoked: R0 R1 R3
                    not_permitted: 12 57 58 B1 B2 N3
                    invalid_amount: 13
                    duplicate: 94
                    issuer_unavailable: 68 91 92 N0 Z3
                    processor_error: 06 22 76 80 88 90 95 96 98
                    compliance: 63 64 93
                    invalid_pin: 86
                    pin_blocked: 75
                    invalid_request: 03 30
                    """);

    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{2,3}");

    private ResponseCodes() {}

    /**
     * Why an authorisation was declined.
     *
     * @param advice of the network, as the processor passes it on
     */
    static Declined declined(String attempt, @Nullable String code, @Nullable String advice) {
        String given =
                code != null && CODE.matcher(code).matches() ? code : DeclineTable.UNRECOGNISED;
        return new Declined(attempt, TABLE.cause(given), given, DeclineTable.advice(advice));
    }
}
