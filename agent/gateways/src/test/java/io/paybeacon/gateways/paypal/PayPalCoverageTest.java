package io.paybeacon.gateways.paypal;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.gateways.paypal.PayPalEventTypes.Kind;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of each of PayPal's types that bear on money. */
class PayPalCoverageTest {
    @ParameterizedTest
    @CsvSource({
        "PAYMENT.CAPTURE.{COMPLETED PENDING DECLINED DENIED}, capture",
        "PAYMENT.CAPTURE.{REFUNDED}, refund",
        "PAYMENT.CAPTURE.{REVERSED}, capture_reversed",
        "PAYMENT.REFUND.{PENDING FAILED}, refund",
        "PAYMENT.AUTHORIZATION.{CREATED VOIDED}, authorization",
        "CHECKOUT.ORDER.{APPROVED COMPLETED PROCESSED SAVED VOIDED}, order",
        "CHECKOUT.ORDER.{DECLINED}, unsupported",
        "CHECKOUT.PAYMENT-APPROVAL.{REVERSED}, approval_reversed",
        "CUSTOMER.DISPUTE.{CREATED UPDATED RESOLVED}, dispute",
        "RISK.DISPUTE.{CREATED}, risk_dispute",
        "PAYMENT.PAYOUTSBATCH.{DENIED PROCESSING SUCCESS}, nothing_new",
        "PAYMENT.PAYOUTS-ITEM.{BLOCKED CANCELED DENIED FAILED HELD REFUNDED RETURNED SUCCEEDED"
                + " UNCLAIMED}, payout_item",
        "PAYMENT.REFERENCED-PAYOUT-ITEM.{COMPLETED FAILED}, unsupported",
        "PAYMENT.SALE.{COMPLETED DENIED PENDING REFUNDED REVERSED}, unsupported",
    })
    void every_type_has_its_end(String types, String end) {
        String family = types.substring(0, types.indexOf('{'));
        String names = types.substring(family.length() + 1, types.length() - 1);
        for (String name : names.split(" ", -1)) {
            String type = family + name;
            Kind kind = PayPalEventTypes.mapped().get(type);
            SkipReason reason = PayPalEventTypes.skipReason(type);
            assertThat(kind == null ? reason.label() : kind.name().toLowerCase(Locale.ROOT))
                    .as(type)
                    .isEqualTo(end);
        }
    }
}
