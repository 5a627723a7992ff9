package io.paybeacon.gateways.paypal;

import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.message.DeclineTable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed, by the processor's response code, or else by the reason in the status
 * details (paypal-rest-api-specifications, payments_payment_v2: {@code processor_response} and
 * {@code capture_status_details}). A code that is not here is unknown.
 */
final class ProcessorCodes {
    /** The codes and reasons. */
    static final DeclineTable TABLE =
            DeclineTable.of(
                    """
                    insufficient_funds: 5120
                    limit_exceeded: 5710 PPAX PPDT PPEL PPNL
                    expired_card: 1380 5400 PPEF PPEX
                    invalid_number: 1330 7800
                    invalid_cvc: 00N7 1382 5110 PCVV PPC2
                    address_mismatch: 5170 5190 PPAD PPAV
                    authentication_required: 5650 PCNR
                    authentication_failed: 7710
                    authentication_unavailable: 7700 PPD3
                    do_not_honor: 0100 0500 1000 10BR 1393 5100 5210 9540
                    do_not_honor: DECLINED_BY_PROCESSOR BUYER_COMPLAINT CHARGEBACK
                    suspected_fraud: 0580 5160 9500 DECLINED_BY_RISK_FRAUD_FILTERS
                    lost_or_stolen: 5150 9520
                    card_restricted: 1352 5180 5930 9530 PPAB PPAE PPCT PPDI PPFR PPMC
                    account_closed: 0390 1335 5140 5950 6300 PP06
                    revoked: 0R00
                    not_permitted: 5700 PPAG PPBG PPCO PPQC PPUA
                    currency_not_supported: PPCU
                    invalid_amount: 1310 PPAI
                    duplicate: 5200 PPIF
                    issuer_unavailable: 5910 5920 9100
                    processor_error: 0800 0880 0960 5800 5900 8000 8010 8100 8110 8220 PPER PPNT
                    compliance: 9510
                    excessive_retries: PPRN
                    invalid_pin: 0890 5130 5500 7900
                    pin_blocked: 5135
                    invalid_request: 1300 1312 1317 1320 1340 1350 1360 1370 1384 1390 8020 8030
                    invalid_request: PPFV PPII PPMB PPNM
                    """);

    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{4}");
    private static final Pattern REASON =
            Pattern.compile("[A-Z][A-Z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");

    private ProcessorCodes() {}

    /**
     * Why an attempt failed.
     *
     * @param code of the processor's response; recorded where there is one
     * @param reason of the status details; recorded else
     * @param advice {@code payment_advice_code} of the processor's response
     */
    static Declined declined(
            String attempt,
            @Nullable String code,
            @Nullable String reason,
            @Nullable String advice) {
        String given = DeclineTable.UNRECOGNISED;
        if (code != null && CODE.matcher(code).matches()) {
            given = code;
        } else if (reason != null && REASON.matcher(reason).matches()) {
            given = reason;
        }
        return new Declined(attempt, TABLE.cause(given), given, DeclineTable.advice(advice));
    }
}
