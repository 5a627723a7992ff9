package io.paybeacon.sandbox.adyen;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Why an attempt did not get through, and the words in the holder's name that ask for it
 * (docs.adyen.com/development-resources/testing/result-codes).
 */
enum Refusal {
    UNKNOWN(0, "Unknown", "96 : Unknown"),
    DECLINED(2, "Refused", "05 : Do not honor"),
    REFERRAL(3, "Referral", "01 : Refer to card issuer"),
    ERROR(4, "Acquirer Error", "96 : System error"),
    BLOCK_CARD(5, "Blocked Card", "43 : Pick up card"),
    CARD_EXPIRED(6, "Expired Card", "54 : Expired card"),
    INVALID_AMOUNT(7, "Invalid Amount", "13 : Invalid amount"),
    INVALID_CARD_NUMBER(8, "Invalid Card Number", "14 : Invalid card number"),
    ISSUER_UNAVAILABLE(9, "Issuer Unavailable", "91 : Issuer or switch inoperative"),
    NOT_SUPPORTED(10, "Not supported", "57 : Transaction not permitted to cardholder"),
    NOT_3D_AUTHENTICATED(11, "3D Not Authenticated", "N : Not authenticated"),
    NOT_ENOUGH_BALANCE(12, "Not enough balance", "51 : Insufficient funds"),
    ACQUIRER_FRAUD(14, "Acquirer Fraud", "59 : Suspected fraud"),
    CANCELLED(15, "Cancelled", "17 : Customer cancellation"),
    SHOPPER_CANCELLED(16, "Shopper Cancelled", "17 : Customer cancellation"),
    INVALID_PIN(17, "Invalid Pin", "55 : Incorrect PIN"),
    PIN_TRIES_EXCEEDED(18, "Pin tries exceeded", "75 : PIN tries exceeded"),
    PIN_VALIDATION_NOT_POSSIBLE(19, "Pin validation not possible", "86 : PIN validation failed"),
    FRAUD(20, "FRAUD", "FRAUD"),
    NOT_SUBMITTED(21, "Not Submitted", "NOT_SUBMITTED"),
    FRAUD_CANCELLED(22, "FRAUD-CANCELLED", "FRAUD-CANCELLED"),
    TRANSACTION_NOT_PERMITTED(
            23, "Transaction Not Permitted", "57 : Transaction not permitted to cardholder"),
    CVC_DECLINED(24, "CVC Declined", "N7 : CVC mismatch"),
    RESTRICTED_CARD(25, "Restricted Card", "62 : Restricted card"),
    REVOCATION_OF_AUTH(26, "Revocation Of Auth", "R1 : Revocation of authorisation"),
    DECLINED_NON_GENERIC(27, "Declined Non Generic", "05 : Do not honor"),
    WITHDRAWAL_AMOUNT_EXCEEDED(
            28, "Withdrawal amount exceeded", "61 : Exceeds withdrawal amount limit"),
    WITHDRAWAL_COUNT_EXCEEDED(
            29, "Withdrawal count exceeded", "65 : Exceeds withdrawal count limit"),
    ISSUER_SUSPECTED_FRAUD(31, "Issuer Suspected Fraud", "59 : Suspected fraud"),
    AVS_DECLINED(32, "AVS Declined", "05 : AVS declined"),
    AUTHENTICATION_REQUIRED(38, "Authentication required", "1A : Authentication required");

    private final int code;
    private final String reason;
    private final String raw;

    Refusal(int code, String reason, String raw) {
        this.code = code;
        this.reason = reason;
        this.raw = raw;
    }

    /** The {@code refusalReasonCode}. */
    String code() {
        return Integer.toString(code);
    }

    /** The {@code refusalReason}. */
    String reason() {
        return reason;
    }

    /** What the scheme said, unless the request asks for other words. */
    String raw() {
        return raw;
    }

    /** {@code Error} when nobody decided, else {@code Refused}. */
    String resultCode() {
        return this == UNKNOWN || this == ERROR ? "Error" : "Refused";
    }

    /** The refusal of that {@code refusalReasonCode}, if there is one. */
    static Optional<Refusal> ofCode(String code) {
        return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst();
    }

    /** The refusal that a test trigger asks for: its name or its code. */
    static Optional<Refusal> ofTrigger(String trigger) {
        return Arrays.stream(values())
                .filter(r -> r.name().equalsIgnoreCase(trigger))
                .findFirst()
                .or(() -> ofCode(trigger));
    }

    /** All codes, as a pattern. */
    static Pattern codes() {
        return Pattern.compile(
                Arrays.stream(values()).map(Refusal::code).collect(Collectors.joining("|")));
    }
}
