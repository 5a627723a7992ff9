package io.paybeacon.sandbox.card;

import java.util.Map;

/**
 * The issuer's answer, ISO 8583 field 39 (1987 edition, as the networks use it).
 *
 * @param code two digits or capital letters
 */
record ResponseCode(String code) {
    static final ResponseCode APPROVED = new ResponseCode("00");
    static final ResponseCode DO_NOT_HONOUR = new ResponseCode("05");
    static final ResponseCode EXPIRED_CARD = new ResponseCode("54");

    /** The issuer wants the cardholder authenticated first (strong customer authentication). */
    static final ResponseCode AUTHENTICATION_REQUIRED = new ResponseCode("1A");

    private static final Map<String, String> TEXTS =
            Map.ofEntries(
                    Map.entry("00", "Approved"),
                    Map.entry("05", "Do not honour"),
                    Map.entry("12", "Invalid transaction"),
                    Map.entry("13", "Invalid amount"),
                    Map.entry("14", "Invalid card number"),
                    Map.entry("1A", "Cardholder authentication required"),
                    Map.entry("41", "Lost card"),
                    Map.entry("43", "Stolen card"),
                    Map.entry("51", "Insufficient funds"),
                    Map.entry("54", "Expired card"),
                    Map.entry("57", "Transaction not permitted to cardholder"),
                    Map.entry("59", "Suspected fraud"),
                    Map.entry("61", "Exceeds amount limit"),
                    Map.entry("62", "Restricted card"),
                    Map.entry("65", "Exceeds frequency limit"),
                    Map.entry("91", "Issuer or switch inoperative"),
                    Map.entry("96", "System malfunction"));

    /** Whether it is one the processor explains; others are passed on without a text. */
    boolean known() {
        return TEXTS.containsKey(code);
    }

    String text() {
        return TEXTS.getOrDefault(code, "Declined");
    }
}
