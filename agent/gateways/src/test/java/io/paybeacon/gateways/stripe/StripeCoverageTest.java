package io.paybeacon.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.IntakeEvent.SkipReason;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of each of Stripe's types that bear on money (stripe-go event.go). */
class StripeCoverageTest {
    @ParameterizedTest
    @CsvSource({
        "charge.{pending succeeded captured failed expired refunded updated}, charge",
        "charge.refund.{updated}, refund",
        "charge.dispute.{created updated closed funds_withdrawn funds_reinstated}, dispute",
        "payment_intent.{created processing requires_action amount_capturable_updated},"
                + " payment_intent",
        "payment_intent.{partially_funded payment_failed succeeded canceled}, payment_intent",
        "refund.{created updated failed}, refund",
        "payout.{created updated paid failed canceled reconciliation_completed}, payout",
        "transfer.{created updated reversed paid failed}, transfer",
        "application_fee.{created refunded}, application_fee",
        "application_fee.refund.{updated}, nothing_new",
        "radar.early_fraud_warning.{created updated}, fraud_warning",
        "review.{opened closed}, nothing_new",
        "balance.{available}, nothing_new",
        "checkout.session.{completed async_payment_succeeded async_payment_failed expired},"
                + " nothing_new",
        "topup.{created succeeded failed canceled reversed}, unsupported",
        "reserve.hold.{created updated}, unsupported",
        "reserve.plan.{created updated disabled expired}, unsupported",
        "reserve.release.{created}, unsupported",
        "reporting.report_run.{succeeded}, report_run",
        "reporting.report_run.{failed}, not_relevant",
        "account.{updated}, not_relevant",
        "mandate.{updated}, not_relevant",
    })
    void every_type_has_its_end(String types, String end) {
        String family = types.substring(0, types.indexOf('{'));
        String names = types.substring(family.length() + 1, types.length() - 1);
        for (String name : names.split(" ", -1)) {
            String type = family + name;
            StripeEventTypes.Kind kind = StripeEventTypes.mapped().get(type);
            SkipReason reason = StripeEventTypes.skipReason(type);
            assertThat(kind == null ? reason.label() : kind.name().toLowerCase(Locale.ROOT))
                    .as(type)
                    .isEqualTo(end);
        }
    }
}
