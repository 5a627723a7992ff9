package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.IntakeEvent.SkipReason;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The types of Stripe's events: which are mapped, and why the others are skipped. MAPPINGS.md lists
 * the same, and a test keeps the two equal. Source: stripe-go event.go.
 */
final class StripeEventTypes {
    /** What kind of object an event is about. */
    enum Kind {
        PAYMENT_INTENT("payment_intent"),
        CHARGE("charge"),
        REFUND("refund"),
        DISPUTE("dispute"),
        FRAUD_WARNING("radar.early_fraud_warning"),
        PAYOUT("payout"),
        TRANSFER("transfer"),
        APPLICATION_FEE("application_fee"),
        REPORT_RUN("reporting.report_run");

        private final String object;

        Kind(String object) {
            this.object = object;
        }

        /** Whether its facts are about a payment alone. */
        boolean ofPayment() {
            return this == PAYMENT_INTENT || this == CHARGE || this == REFUND;
        }

        /** The kind by what Stripe writes into the field {@code object}; null for any other. */
        static @Nullable Kind of(String object) {
            for (Kind kind : values()) {
                if (kind.object.equals(object)) {
                    return kind;
                }
            }
            return null;
        }
    }

    private static final Map<String, Kind> MAPPED = new TreeMap<>();
    private static final Map<String, SkipReason> SKIPPED_FAMILIES = new LinkedHashMap<>();

    static {
        map(
                Kind.PAYMENT_INTENT,
                """
                payment_intent.created payment_intent.processing payment_intent.requires_action
                payment_intent.amount_capturable_updated payment_intent.partially_funded
                payment_intent.payment_failed payment_intent.succeeded payment_intent.canceled
                """);
        map(
                Kind.CHARGE,
                """
                charge.pending charge.succeeded charge.captured charge.failed charge.expired
                charge.refunded charge.updated
                """);
        map(Kind.REFUND, "charge.refund.updated refund.created refund.updated refund.failed");
        map(
                Kind.DISPUTE,
                """
                charge.dispute.created charge.dispute.updated charge.dispute.closed
                charge.dispute.funds_withdrawn charge.dispute.funds_reinstated
                """);
        map(
                Kind.FRAUD_WARNING,
                "radar.early_fraud_warning.created radar.early_fraud_warning.updated");
        map(
                Kind.PAYOUT,
                """
                payout.created payout.updated payout.paid payout.failed payout.canceled
                payout.reconciliation_completed
                """);
        map(
                Kind.TRANSFER,
                """
                transfer.created transfer.updated transfer.reversed transfer.paid transfer.failed
                """);
        map(Kind.APPLICATION_FEE, "application_fee.created application_fee.refunded");
        map(Kind.REPORT_RUN, "reporting.report_run.succeeded");
        skip(
                SkipReason.UNSUPPORTED,
                "topup. reserve. cash_balance. customer_cash_balance_transaction.");
        skip(
                SkipReason.NOTHING_NEW,
                """
                application_fee.refund. balance. checkout.session. invoice. invoice_payment.
                review.
                """);
        skip(
                SkipReason.NOT_RELEVANT,
                """
                account. billing. billing_portal. capability. climate. coupon. credit_note.
                customer. entitlements. file. financial_connections. identity. invoiceitem.
                issuing_authorization. issuing_card. issuing_cardholder. issuing_dispute.
                issuing_personalization_design. issuing_token. issuing_transaction. mandate.
                payment_link. payment_method. person. plan. price. product. promotion_code. quote.
                reporting. setup_intent. sigma. source. subscription_schedule. tax. tax_rate.
                terminal. test_helpers. treasury.
                """);
    }

    private StripeEventTypes() {}

    private static void map(Kind kind, String types) {
        for (String type : types.strip().split("\\s+", -1)) {
            MAPPED.put(type, kind);
        }
    }

    private static void skip(SkipReason reason, String families) {
        for (String family : families.strip().split("\\s+", -1)) {
            SKIPPED_FAMILIES.put(family, reason);
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
