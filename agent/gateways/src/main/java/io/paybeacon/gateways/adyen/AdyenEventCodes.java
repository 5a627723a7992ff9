package io.paybeacon.gateways.adyen;

import io.paybeacon.core.event.IntakeEvent.SkipReason;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The codes of Adyen's events: which are mapped, and why the others are skipped. MAPPINGS.md lists
 * the same, and a test keeps the two equal. Source: adyen-openapi Webhooks-v1.
 */
final class AdyenEventCodes {
    /** What an event is about. */
    enum Kind {
        AUTHORISATION,
        ADJUSTMENT,
        CAPTURE,
        CAPTURE_FAILED,
        CANCELLATION,
        EXPIRY,
        REFUND,
        REFUND_PENDING,
        REFUND_FAILED,
        CANCEL_OR_REFUND
    }

    private static final Map<String, Kind> MAPPED =
            Map.ofEntries(
                    Map.entry("AUTHORISATION", Kind.AUTHORISATION),
                    Map.entry("AUTHORISATION_ADJUSTMENT", Kind.ADJUSTMENT),
                    Map.entry("CAPTURE", Kind.CAPTURE),
                    Map.entry("CAPTURE_FAILED", Kind.CAPTURE_FAILED),
                    Map.entry("CANCELLATION", Kind.CANCELLATION),
                    Map.entry("TECHNICAL_CANCEL", Kind.CANCELLATION),
                    Map.entry("EXPIRE", Kind.EXPIRY),
                    Map.entry("OFFER_CLOSED", Kind.EXPIRY),
                    Map.entry("REFUND", Kind.REFUND),
                    Map.entry("REFUND_WITH_DATA", Kind.REFUND),
                    Map.entry("POSTPONED_REFUND", Kind.REFUND_PENDING),
                    Map.entry("REFUND_FAILED", Kind.REFUND_FAILED),
                    Map.entry("REFUNDED_REVERSED", Kind.REFUND_FAILED),
                    Map.entry("CANCEL_OR_REFUND", Kind.CANCEL_OR_REFUND));

    private static final Map<String, SkipReason> SKIPPED = new TreeMap<>();

    static {
        skip(
                SkipReason.UNSUPPORTED,
                """
                CHARGEBACK CHARGEBACK_REVERSED DISPUTE_DEFENSE_PERIOD_ENDED INFORMATION_SUPPLIED
                ISSUER_COMMENTS ISSUER_RESPONSE_TIMEFRAME_EXPIRED NOTIFICATION_OF_CHARGEBACK
                NOTIFICATION_OF_FRAUD PREARBITRATION_ACCEPTED PREARBITRATION_DECLINED
                PREARBITRATION_ISSUER_WITHDRAWN PREARBITRATION_LOST PREARBITRATION_OPEN
                PREARBITRATION_WON REQUEST_FOR_INFORMATION SCHEME_ARBITRATION
                SCHEME_ARBITRATION_LOST SCHEME_ARBITRATION_WON SECOND_CHARGEBACK
                PAIDOUT_REVERSED PAYOUT_DECLINE PAYOUT_EXPIRE PAYOUT_THIRDPARTY
                REPORT_AVAILABLE ORDER_CLOSED VOID_PENDING_REFUND
                """);
        skip(
                SkipReason.NOTHING_NEW,
                """
                AUTORESCUE CANCEL_AUTORESCUE MANUAL_REVIEW_ACCEPT MANUAL_REVIEW_REJECT
                ORDER_OPENED
                """);
        skip(
                SkipReason.NOT_RELEVANT,
                """
                ACH_NOTIFICATION_OF_CHANGE DIRECT_DEBIT_NOTICE_OF_CHANGE_NOTIFICATION
                RECURRING_CONTRACT
                """);
    }

    private AdyenEventCodes() {}

    private static void skip(SkipReason reason, String codes) {
        for (String code : codes.strip().split("\\s+", -1)) {
            SKIPPED.put(code, reason);
        }
    }

    /** The codes that are mapped, with what they are about. */
    static Map<String, Kind> mapped() {
        return MAPPED;
    }

    /** The codes that are skipped, and the reason. */
    static Map<String, SkipReason> skipped() {
        return Collections.unmodifiableMap(SKIPPED);
    }

    /** Why a code that is not mapped is skipped. */
    static SkipReason skipReason(String code) {
        return Objects.requireNonNullElse(SKIPPED.get(code), SkipReason.UNKNOWN_TYPE);
    }
}
