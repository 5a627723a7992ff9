package io.paybeacon.gateways.card;

import io.paybeacon.core.event.DeclineClass;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFactCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose doing a refusal is, by the response code of ISO 8583, field 39, as Visa and Mastercard have
 * extended it. A code that is not here is unknown.
 */
final class ResponseCodes {
    /** The code recorded where there is none, or one that is written unlike any. */
    static final String UNRECOGNISED = "unrecognised";

    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{2,3}");
    private static final Map<String, DeclineClass> CLASSES = new HashMap<>();

    static {
        put(
                DeclineClass.BUSINESS,
                // no reason given, or one of the issuer's own
                "01 02 05 19 51 61 65 N4 N8",
                // the card: lost, stolen, expired, closed, restricted, not permitted
                "04 07 14 15 33 39 41 43 46 52 53 54 56 57 58 59 62 63 64 72 78 83 93",
                "B1 B2 N3 R0 R1 R3 SA 5C 9G",
                // authentication, security codes, PIN
                "1A 55 6P 70 75 82 N7 P5 Q1",
                // the request, as the issuer sees it
                "03 12 13 94");
        put(DeclineClass.TECHNICAL, "06 22 30 68 76 80 88 90 91 92 95 96 98 N0 Z3");
    }

    private ResponseCodes() {}

    private static void put(DeclineClass declineClass, String... lines) {
        for (String line : lines) {
            for (String code : line.split(" ", -1)) {
                if (CLASSES.put(code, declineClass) != null) {
                    throw new IllegalStateException("listed twice: " + code);
                }
            }
        }
    }

    /** Why an authorisation was declined. */
    static Declined declined(String attempt, @Nullable String code) {
        String given = code != null && CODE.matcher(code).matches() ? code : UNRECOGNISED;
        return new Declined(
                attempt,
                PaymentFactCodec.causeOf(CLASSES.getOrDefault(given, DeclineClass.UNKNOWN)),
                given);
    }
}
