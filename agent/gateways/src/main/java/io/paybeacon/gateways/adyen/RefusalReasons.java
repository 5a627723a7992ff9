package io.paybeacon.gateways.adyen;

import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.DeclineClass;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFactCodec;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose doing a refusal is, by Adyen's refusal reasons (docs.adyen.com/development-resources/
 * refusal-reasons). An answer of the API has their number; a webhook has their text, which is not
 * signed. The number is recorded.
 */
final class RefusalReasons {
    /** The code recorded where the text is none of Adyen's. */
    static final String UNRECOGNISED = "unrecognised";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,3}");

    private record Reason(String code, DeclineClass declineClass) {}

    private static final Map<String, Reason> BY_TEXT = new HashMap<>();
    private static final Map<String, DeclineClass> BY_CODE = new HashMap<>();

    static {
        put(
                DeclineClass.BUSINESS,
                """
                2 refused
                3 referral
                5 blocked card
                6 expired card
                7 invalid amount
                8 invalid card number
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
                41 cvm required restart payment
                46 transaction blocked by adyen to prevent excessive retry fees
                """);
        put(
                DeclineClass.TECHNICAL,
                """
                4 acquirer error
                9 issuer unavailable
                21 not submitted
                39 rreq not received from ds
                40 current aid is in penalty box
                42 3ds authentication error
                """);
    }

    private RefusalReasons() {}

    private static void put(DeclineClass declineClass, String lines) {
        lines.lines()
                .forEach(line -> {
                    int blank = line.indexOf(' ');
                    String code = line.substring(0, blank);
                    Reason reason = new Reason(code, declineClass);
                    if (BY_TEXT.put(line.substring(blank + 1), reason) != null
                            || BY_CODE.put(code, declineClass) != null) {
                        throw new IllegalStateException("listed twice: " + line);
                    }
                });
    }

    /**
     * Why an authorisation was refused.
     *
     * @param code the number of the reason, where the message has it
     * @param text the reason in Adyen's words
     */
    static Declined declined(String attempt, @Nullable String code, @Nullable String text) {
        if (code != null && NUMBER.matcher(code).matches()) {
            return new Declined(
                    attempt,
                    PaymentFactCodec.causeOf(BY_CODE.getOrDefault(code, DeclineClass.UNKNOWN)),
                    code);
        }
        Reason reason = text == null ? null : BY_TEXT.get(text.strip().toLowerCase(Locale.ROOT));
        return reason == null
                ? new Declined(attempt, DeclineCause.UNKNOWN, UNRECOGNISED)
                : new Declined(attempt, PaymentFactCodec.causeOf(reason.declineClass), reason.code);
    }
}
