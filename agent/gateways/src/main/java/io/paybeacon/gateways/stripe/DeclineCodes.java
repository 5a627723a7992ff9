package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.DeclineClass;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.core.event.PaymentFactCodec;
import io.paybeacon.gateways.Limits;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whose doing a failure is, by Stripe's codes.
 *
 * <p>Sources: docs.stripe.com/declines/codes (decline codes), docs.stripe.com/error-codes and
 * stripe-go error.go (error codes and types), and the values of {@code outcome} of a charge. Errors
 * of the integration, such as an amount that is too small, count as technical: they are not the
 * customer's doing. A code that is not here is unknown.
 */
final class DeclineCodes {
    /** The code recorded where Stripe gave none, or one that is written unlike any of its codes. */
    static final String UNRECOGNISED = "unrecognised";

    private static final int DIGITS_MAX = 8;
    private static final Pattern CODE =
            Pattern.compile("[a-z][a-z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");

    private static final Map<String, DeclineClass> CLASSES = new HashMap<>();

    static {
        put(
                DeclineClass.BUSINESS,
                // the issuer
                "approve_with_id call_issuer card_declined card_not_supported",
                "card_velocity_exceeded currency_not_supported do_not_honor do_not_try_again",
                "duplicate_transaction expired_card fraudulent generic_decline",
                "incorrect_address incorrect_cvc incorrect_number incorrect_pin incorrect_zip",
                "insufficient_funds invalid_account invalid_amount invalid_cvc",
                "invalid_expiry_month invalid_expiry_year invalid_number invalid_pin",
                "lost_card merchant_blacklist new_account_information_available",
                "no_action_taken not_permitted offline_pin_required",
                "online_or_offline_pin_required pickup_card pin_try_exceeded",
                "reenter_transaction restricted_card revocation_of_all_authorizations",
                "revocation_of_authorization security_violation service_not_allowed stolen_card",
                "stop_payment_order transaction_not_allowed withdrawal_count_limit_exceeded",
                "mobile_device_authentication_required",
                // authentication
                "authentication_required authentication_not_handled",
                "payment_intent_authentication_failure",
                // other payment methods
                "account_closed bank_account_declined bank_account_restricted",
                "bank_account_unusable balance_insufficient debit_not_authorized no_account",
                "charge_exceeds_source_limit charge_exceeds_transaction_limit",
                "payment_method_customer_decline payment_method_provider_decline",
                "payment_intent_mandate_invalid",
                // Stripe itself: too many tries, and its risk rules
                "card_decline_rate_limit_exceeded highest_risk_level elevated_risk_level rule",
                "requested_block_on_incorrect_cvc requested_block_on_incorrect_zip",
                // types of error, and types of a charge's outcome
                "card_error issuer_declined blocked");
        put(
                DeclineClass.TECHNICAL,
                // it broke, or could not be reached
                "issuer_not_available processing_error try_again_later lock_timeout rate_limit",
                "payment_method_provider_timeout payment_method_not_available",
                "idempotency_key_in_use",
                // the integration
                "amount_too_large amount_too_small api_key_expired platform_api_key_expired",
                "livemode_mismatch testmode_charges_only testmode_decline test_mode_live_card",
                "parameter_invalid_empty parameter_invalid_integer parameter_missing",
                "parameter_unknown parameters_exclusive payment_intent_invalid_parameter",
                "payment_method_invalid_parameter payment_method_currency_mismatch",
                "payment_intent_incompatible_payment_method payment_method_unactivated",
                "payment_intent_unexpected_state payment_method_unexpected_state",
                "secret_key_required tls_version_unsupported url_invalid",
                // types of error, and types of a charge's outcome
                "api_error api_connection_error authentication_error idempotency_error",
                "invalid_request_error rate_limit_error invalid");
    }

    private DeclineCodes() {}

    private static void put(DeclineClass declineClass, String... lines) {
        for (String line : lines) {
            for (String code : line.split(" ", -1)) {
                if (CLASSES.put(code, declineClass) != null) {
                    throw new IllegalStateException("listed twice: " + code);
                }
            }
        }
    }

    private static boolean isCode(String text) {
        // None of Stripe's codes has many digits, and numbers of cards and accounts have.
        return CODE.matcher(text).matches()
                && text.chars().filter(Character::isDigit).count() <= DIGITS_MAX;
    }

    /**
     * Why an attempt failed.
     *
     * @param codes what Stripe gives as reasons, the most telling first; nulls are passed over. The
     *     first that is written like a code is recorded, the first that is known decides the class
     */
    static Declined declined(String attempt, @Nullable String... codes) {
        List<String> given =
                Arrays.stream(codes).filter(Objects::nonNull).filter(DeclineCodes::isCode).toList();
        DeclineClass declineClass =
                given.stream()
                        .map(CLASSES::get)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(DeclineClass.UNKNOWN);
        return new Declined(
                attempt,
                PaymentFactCodec.causeOf(declineClass),
                given.isEmpty() ? UNRECOGNISED : given.getFirst());
    }
}
