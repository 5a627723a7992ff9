package io.paybeacon.gateways.paypal;

import io.paybeacon.core.event.DeclineClass;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFactCodec;
import io.paybeacon.gateways.Limits;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose doing a failure is, by the processor's response code, or else by the reason in the status
 * details (paypal-rest-api-specifications, payments_payment_v2). A code that is not here is
 * unknown.
 */
final class ProcessorCodes {
    /** The code recorded where PayPal gave none, or one that is written unlike any of its codes. */
    static final String UNRECOGNISED = "unrecognised";

    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}");
    private static final Pattern REASON =
            Pattern.compile("[A-Z][A-Z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");
    private static final Map<String, DeclineClass> CLASSES = new HashMap<>();

    static {
        put(
                DeclineClass.BUSINESS,
                // the issuer: do not honour, account, card, funds, limits, security code, address
                "00N7 0500 0580 0890 0R00 1000 10BR 1310 1330 1335 1352 1380 1382 1384 1393",
                "5100 5110 5120 5130 5135 5140 5150 5160 5170 5180 5190 5200 5210 5400 5500 5700",
                "5710 5900 5930 5950 6300 7800 7900 PCVV PP06 PPRN",
                // authentication, and the risk rules
                "5650 7710 9500 9510 9520 9530 9540",
                // reasons of status details
                "DECLINED_BY_RISK_FRAUD_FILTERS DECLINED_BY_PROCESSOR BUYER_COMPLAINT CHARGEBACK");
        put(
                DeclineClass.TECHNICAL,
                // it broke, or could not be reached
                "0800 0880 0960 5800 5910 5920 7700 8000 8010 8100 8110 8220 9100",
                // the integration
                "1300 1312 1317 1320 1340 1350 1360 1370 1390 8020 8030");
    }

    private ProcessorCodes() {}

    private static void put(DeclineClass declineClass, String... lines) {
        for (String line : lines) {
            for (String code : line.split(" ", -1)) {
                if (CLASSES.put(code, declineClass) != null) {
                    throw new IllegalStateException("listed twice: " + code);
                }
            }
        }
    }

    /**
     * Why an attempt failed.
     *
     * @param code of the processor's response; recorded where there is one
     * @param reason of the status details; recorded else
     */
    static Declined declined(String attempt, @Nullable String code, @Nullable String reason) {
        String given = UNRECOGNISED;
        if (code != null && CODE.matcher(code).matches()) {
            given = code;
        } else if (reason != null && REASON.matcher(reason).matches()) {
            given = reason;
        }
        return new Declined(
                attempt,
                PaymentFactCodec.causeOf(CLASSES.getOrDefault(given, DeclineClass.UNKNOWN)),
                given);
    }
}
