package io.paybeacon.gateways.paypal;

import io.paybeacon.core.event.IntakeEvent.SkipReason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * The types of PayPal's events: which are mapped, and why the others are skipped. MAPPINGS.md lists
 * the same, and a test keeps the two equal. Source: developer.paypal.com/api/rest/webhooks/
 * event-names.
 */
final class PayPalEventTypes {
    /** What kind of object an event is about. */
    enum Kind {
        ORDER,
        APPROVAL_REVERSED,
        AUTHORIZATION,
        CAPTURE,
        CAPTURE_REVERSED,
        REFUND,
        DISPUTE,
        RISK_DISPUTE,
        PAYOUT_ITEM
    }

    private static final Map<String, Kind> MAPPED = new TreeMap<>();
    private static final Map<String, SkipReason> SKIPPED_FAMILIES = new LinkedHashMap<>();

    static {
        map(
                Kind.ORDER,
                "CHECKOUT.ORDER.APPROVED CHECKOUT.ORDER.COMPLETED CHECKOUT.ORDER.PROCESSED",
                "CHECKOUT.ORDER.SAVED CHECKOUT.ORDER.VOIDED");
        map(Kind.APPROVAL_REVERSED, "CHECKOUT.PAYMENT-APPROVAL.REVERSED");
        map(Kind.AUTHORIZATION, "PAYMENT.AUTHORIZATION.CREATED PAYMENT.AUTHORIZATION.VOIDED");
        map(
                Kind.CAPTURE,
                "PAYMENT.CAPTURE.COMPLETED PAYMENT.CAPTURE.PENDING PAYMENT.CAPTURE.DECLINED",
                "PAYMENT.CAPTURE.DENIED");
        map(Kind.CAPTURE_REVERSED, "PAYMENT.CAPTURE.REVERSED");
        map(Kind.REFUND, "PAYMENT.CAPTURE.REFUNDED PAYMENT.REFUND.PENDING PAYMENT.REFUND.FAILED");
        map(
                Kind.DISPUTE,
                "CUSTOMER.DISPUTE.CREATED CUSTOMER.DISPUTE.UPDATED CUSTOMER.DISPUTE.RESOLVED");
        map(Kind.RISK_DISPUTE, "RISK.DISPUTE.CREATED");
        map(
                Kind.PAYOUT_ITEM,
                "PAYMENT.PAYOUTS-ITEM.SUCCEEDED PAYMENT.PAYOUTS-ITEM.FAILED",
                "PAYMENT.PAYOUTS-ITEM.BLOCKED PAYMENT.PAYOUTS-ITEM.CANCELED",
                "PAYMENT.PAYOUTS-ITEM.DENIED PAYMENT.PAYOUTS-ITEM.HELD",
                "PAYMENT.PAYOUTS-ITEM.REFUNDED PAYMENT.PAYOUTS-ITEM.RETURNED",
                "PAYMENT.PAYOUTS-ITEM.UNCLAIMED");
        skip(SkipReason.NOTHING_NEW, "PAYMENT.PAYOUTSBATCH.");
        skip(
                SkipReason.UNSUPPORTED,
                "PAYMENT.REFERENCED-PAYOUT-ITEM. PAYMENT.SALE. PAYMENT.ORDER. CHECKOUT.ORDER.");
        skip(
                SkipReason.NOT_RELEVANT,
                "BILLING. CATALOG. CUSTOMER. IDENTITY. INVOICING. MERCHANT. VAULT.");
    }

    private PayPalEventTypes() {}

    private static void map(Kind kind, String... lines) {
        for (String line : lines) {
            for (String type : line.split(" ", -1)) {
                MAPPED.put(type, kind);
            }
        }
    }

    private static void skip(SkipReason reason, String... lines) {
        for (String line : lines) {
            for (String family : line.split(" ", -1)) {
                SKIPPED_FAMILIES.put(family, reason);
            }
        }
    }

    /** The types that are mapped, with the kind of object that they are about. */
    static Map<String, Kind> mapped() {
        return Collections.unmodifiableMap(MAPPED);
    }

    /** The families that are skipped: what their types begin with, and the reason. */
    static Map<String, SkipReason> skippedFamilies() {
        return Collections.unmodifiableMap(SKIPPED_FAMILIES);
    }

    /** Why a type that is not mapped is skipped: as the narrowest family says that it is of. */
    static SkipReason skipReason(String type) {
        for (int dot = type.lastIndexOf('.'); dot > 0; dot = type.lastIndexOf('.', dot - 1)) {
            SkipReason reason = SKIPPED_FAMILIES.get(type.substring(0, dot + 1));
            if (reason != null) {
                return reason;
            }
        }
        return SkipReason.UNKNOWN_TYPE;
    }
}
