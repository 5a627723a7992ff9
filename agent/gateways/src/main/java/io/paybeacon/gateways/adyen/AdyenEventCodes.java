package io.paybeacon.gateways.adyen;

import io.paybeacon.core.event.IntakeEvent.SkipReason;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The codes of Adyen's events: which are mapped, and why the others are skipped. MAPPINGS.md lists
 * the same, and a test keeps the two equal. Source: adyen-openapi Webhooks-v1, and its
 * notifications of balance platforms.
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
        CANCEL_OR_REFUND,
        DISPUTE,
        PAYOUT,
        REPORT
    }

    private static final Map<String, Kind> MAPPED = new TreeMap<>();
    private static final Map<String, SkipReason> SKIPPED = new TreeMap<>();

    /** What is told of the accounts of a platform; its types are written as families. */
    private static final String PLATFORM = "balancePlatform.";

    static {
        map(Kind.AUTHORISATION, "AUTHORISATION");
        map(Kind.ADJUSTMENT, "AUTHORISATION_ADJUSTMENT");
        map(Kind.CAPTURE, "CAPTURE");
        map(Kind.CAPTURE_FAILED, "CAPTURE_FAILED");
        map(Kind.CANCELLATION, "CANCELLATION TECHNICAL_CANCEL");
        map(Kind.EXPIRY, "EXPIRE OFFER_CLOSED");
        map(Kind.REFUND, "REFUND REFUND_WITH_DATA");
        map(Kind.REFUND_PENDING, "POSTPONED_REFUND");
        map(Kind.REFUND_FAILED, "REFUND_FAILED REFUNDED_REVERSED");
        map(Kind.CANCEL_OR_REFUND, "CANCEL_OR_REFUND");
        map(
                Kind.DISPUTE,
                """
                CHARGEBACK CHARGEBACK_REVERSED DISPUTE_DEFENSE_PERIOD_ENDED INFORMATION_SUPPLIED
                ISSUER_RESPONSE_TIMEFRAME_EXPIRED NOTIFICATION_OF_CHARGEBACK
                NOTIFICATION_OF_FRAUD PREARBITRATION_ACCEPTED PREARBITRATION_DECLINED
                PREARBITRATION_ISSUER_WITHDRAWN PREARBITRATION_LOST PREARBITRATION_OPEN
                PREARBITRATION_WON REQUEST_FOR_INFORMATION SCHEME_ARBITRATION
                SCHEME_ARBITRATION_LOST SCHEME_ARBITRATION_WON SECOND_CHARGEBACK
                """);
        map(Kind.PAYOUT, "PAIDOUT_REVERSED PAYOUT_DECLINE PAYOUT_EXPIRE PAYOUT_THIRDPARTY");
        map(Kind.REPORT, "REPORT_AVAILABLE");
        skip(SkipReason.UNSUPPORTED, "VOID_PENDING_REFUND");
        skip(
                SkipReason.NOTHING_NEW,
                """
                AUTORESCUE CANCEL_AUTORESCUE ISSUER_COMMENTS MANUAL_REVIEW_ACCEPT
                MANUAL_REVIEW_REJECT ORDER_CLOSED ORDER_OPENED
                """);
        skip(
                SkipReason.NOT_RELEVANT,
                """
                ACH_NOTIFICATION_OF_CHANGE DIRECT_DEBIT_NOTICE_OF_CHANGE_NOTIFICATION
                RECURRING_CONTRACT
                """);
    }

    private AdyenEventCodes() {}

    private static void map(Kind kind, String codes) {
        for (String code : codes.strip().split("\\s+", -1)) {
            MAPPED.put(code, kind);
        }
    }

    private static void skip(SkipReason reason, String codes) {
        for (String code : codes.strip().split("\\s+", -1)) {
            SKIPPED.put(code, reason);
        }
    }

    /** The codes that are mapped, with what they are about. */
    static Map<String, Kind> mapped() {
        return Collections.unmodifiableMap(MAPPED);
    }

    /** The codes that are skipped, and the reason. */
    static Map<String, SkipReason> skipped() {
        return Collections.unmodifiableMap(SKIPPED);
    }

    /** Why a code, or a type of a platform, that is not mapped is skipped. */
    static SkipReason skipReason(String code) {
        if (code.startsWith(PLATFORM)) {
            return switch (code.substring(PLATFORM.length()).replaceAll("\\..*", "")) {
                case "negativeBalanceCompensationWarning" -> SkipReason.UNSUPPORTED;
                case "transaction", "transfer" -> SkipReason.NOTHING_NEW;
                case "accountHolder",
                        "balanceAccount",
                        "balanceAccountSweep",
                        "dispute",
                        "paymentInstrument",
                        "score",
                        "authorisation",
                        "mandate",
                        "networkToken",
                        "report" ->
                        SkipReason.NOT_RELEVANT;
                default -> SkipReason.UNKNOWN_TYPE;
            };
        }
        return Objects.requireNonNullElse(SKIPPED.get(code), SkipReason.UNKNOWN_TYPE);
    }
}
