package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.DeclineCause;
import io.paybeacon.core.event.PaymentFact.Declined;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.message.DeclineTable;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Why an attempt failed, by Stripe's codes.
 *
 * <p>Sources: docs.stripe.com/declines/codes (decline codes), docs.stripe.com/error-codes and
 * stripe-go error.go (error codes and types), and the values of {@code outcome} of a charge; what
 * they mean in the agent's words follows the gateway status mapping of Juspay's decision engine,
 * except that {@code fraudulent} is never tried again. Errors of the integration, such as a
 * parameter that is missing, are requests that are not understood: not the customer's doing. A code
 * that is not here is unknown.
 */
final class DeclineCodes {
    /** The codes and types. */
    static final DeclineTable TABLE =
            DeclineTable.of(
                    """
                    insufficient_funds: insufficient_funds balance_insufficient
                    limit_exceeded: card_velocity_exceeded withdrawal_count_limit_exceeded
                    limit_exceeded: charge_exceeds_source_limit charge_exceeds_transaction_limit
                    expired_card: expired_card invalid_expiry_month invalid_expiry_year
                    invalid_number: incorrect_number invalid_number
                    invalid_cvc: incorrect_cvc invalid_cvc requested_block_on_incorrect_cvc
                    address_mismatch: incorrect_address incorrect_zip
                    address_mismatch: requested_block_on_incorrect_zip
                    authentication_required: authentication_required authentication_not_handled
                    authentication_required: mobile_device_authentication_required
                    authentication_failed: payment_intent_authentication_failure
                    do_not_honor: do_not_honor generic_decline call_issuer no_action_taken
                    do_not_honor: approve_with_id reenter_transaction card_declined
                    do_not_honor: do_not_try_again bank_account_declined
                    do_not_honor: payment_method_provider_decline card_error issuer_declined
                    suspected_fraud: fraudulent merchant_blacklist highest_risk_level
                    suspected_fraud: elevated_risk_level rule blocked
                    lost_or_stolen: lost_card stolen_card pickup_card
                    card_restricted: restricted_card card_not_supported bank_account_restricted
                    account_closed: invalid_account new_account_information_available
                    account_closed: account_closed bank_account_unusable no_account
                    revoked: revocation_of_authorization revocation_of_all_authorizations
                    revoked: stop_payment_order debit_not_authorized
                    revoked: payment_intent_mandate_invalid
                    not_permitted: transaction_not_allowed not_permitted service_not_allowed
                    currency_not_supported: currency_not_supported
                    invalid_amount: invalid_amount amount_too_large amount_too_small
                    duplicate: duplicate_transaction
                    issuer_unavailable: issuer_not_available try_again_later
                    issuer_unavailable: payment_method_provider_timeout
                    processor_error: processing_error api_error api_connection_error lock_timeout
                    processor_error: rate_limit rate_limit_error idempotency_key_in_use
                    processor_error: idempotency_error payment_method_not_available
                    compliance: security_violation
                    cancelled_by_customer: payment_method_customer_decline
                    excessive_retries: card_decline_rate_limit_exceeded
                    invalid_pin: incorrect_pin invalid_pin offline_pin_required
                    invalid_pin: online_or_offline_pin_required
                    pin_blocked: pin_try_exceeded
                    invalid_request: api_key_expired platform_api_key_expired livemode_mismatch
                    invalid_request: testmode_charges_only testmode_decline test_mode_live_card
                    invalid_request: parameter_invalid_empty parameter_invalid_integer
                    invalid_request: parameter_missing parameter_unknown parameters_exclusive
                    invalid_request: payment_intent_invalid_parameter
                    invalid_request: payment_method_invalid_parameter
                    invalid_request: payment_method_currency_mismatch
                    invalid_request: payment_intent_incompatible_payment_method
                    invalid_request: payment_method_unactivated payment_intent_unexpected_state
                    invalid_request: payment_method_unexpected_state secret_key_required
                    invalid_request: tls_version_unsupported url_invalid authentication_error
                    invalid_request: invalid_request_error invalid
                    """);

    private static final int DIGITS_MAX = 8;
    private static final Pattern CODE =
            Pattern.compile("[a-z][a-z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");

    private DeclineCodes() {}

    private static boolean isCode(String text) {
        // None of Stripe's codes has many digits, and numbers of cards and accounts have.
        return CODE.matcher(text).matches()
                && text.chars().filter(Character::isDigit).count() <= DIGITS_MAX;
    }

    /**
     * Why an attempt failed.
     *
     * @param advice of the network, in the form of {@link DeclineTable#advice}
     * @param codes what Stripe gives as reasons, the most telling first; nulls are passed over. The
     *     first that is written like a code is recorded, the first that is known is the cause
     */
    static Declined declined(String attempt, String advice, @Nullable String... codes) {
        List<String> given =
                Arrays.stream(codes).filter(Objects::nonNull).filter(DeclineCodes::isCode).toList();
        DeclineCause cause =
                given.stream()
                        .map(TABLE::find)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(DeclineCause.UNKNOWN);
        return new Declined(
                attempt,
                cause,
                given.isEmpty() ? DeclineTable.UNRECOGNISED : given.getFirst(),
                advice);
    }
}
