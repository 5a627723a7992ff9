package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.ledger.LedgerSnapshot.Balance;
import io.paybeacon.sandbox.stripe.PaymentIntent.Progress;
import io.paybeacon.sandbox.stripe.PaymentIntent.Status;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The documented JSON shapes of the gateway's objects (docs.stripe.com/api). */
final class StripeJson {
    /** The API version whose shapes these are. */
    static final String API_VERSION = "2025-09-30.clover";

    private static final int CARD_EXPIRY_YEAR = 2034;
    private static final String ACCOUNT_CURRENCY = "usd";

    private StripeJson() {}

    static JsonObject paymentIntent(PaymentIntent intent) {
        PaymentIntent.Terms terms = intent.terms();
        Progress progress = intent.progress();
        return new JsonObject()
                .put("id", intent.id())
                .put("object", "payment_intent")
                .put("amount", terms.amountMinor())
                .put("amount_capturable", progress.capturableMinor())
                .put("amount_details", new JsonObject().put("tip", new JsonObject()))
                .put("amount_received", progress.receivedMinor())
                .putNull("application")
                .putNull("application_fee_amount")
                .putNull("automatic_payment_methods")
                .put("canceled_at", progress.cancellation().map(c -> c.atSeconds()).orElse(null))
                .put(
                        "cancellation_reason",
                        progress.cancellation().flatMap(c -> c.reason()).orElse(null))
                .put("capture_method", terms.captureMethod().wireName())
                .put("client_secret", intent.clientSecret())
                .put("confirmation_method", "automatic")
                .put("created", intent.createdSeconds())
                .put("currency", terms.currency().code())
                .put("customer", terms.customer().orElse(null))
                .put("description", terms.description().orElse(null))
                .put(
                        "last_payment_error",
                        progress.lastError().map(StripeJson::failure).orElse(null))
                .put("latest_charge", progress.latestChargeId().orElse(null))
                .put("livemode", false)
                .put("metadata", metadata(terms.metadata()))
                .put("next_action", nextAction(intent).orElse(null))
                .putNull("on_behalf_of")
                .put("payment_method", progress.method().map(m -> m.paymentMethodId()).orElse(null))
                .putNull("payment_method_configuration_details")
                .put("payment_method_options", methodOptions())
                .put("payment_method_types", new JsonArray().add("card"))
                .putNull("processing")
                .putNull("receipt_email")
                .putNull("review")
                .putNull("setup_future_usage")
                .putNull("shipping")
                .putNull("source")
                .putNull("statement_descriptor")
                .putNull("statement_descriptor_suffix")
                .put("status", intent.status().wireName())
                .putNull("transfer_data")
                .putNull("transfer_group");
    }

    private static JsonObject methodOptions() {
        return new JsonObject()
                .put(
                        "card",
                        new JsonObject()
                                .putNull("installments")
                                .putNull("mandate_options")
                                .putNull("network")
                                .put("request_three_d_secure", "automatic"));
    }

    private static Optional<JsonObject> nextAction(PaymentIntent intent) {
        if (intent.status() != Status.REQUIRES_ACTION) {
            return Optional.empty();
        }
        JsonObject redirect =
                new JsonObject()
                        .put("return_url", intent.terms().returnUrl().orElse(null))
                        .put("url", "https://hooks.stripe.com/3d_secure_2/hosted?" + intent.id());
        JsonObject action =
                intent.terms().returnUrl().isPresent()
                        ? new JsonObject()
                                .put("redirect_to_url", redirect)
                                .put("type", "redirect_to_url")
                        : new JsonObject()
                                .put("type", "use_stripe_sdk")
                                .put(
                                        "use_stripe_sdk",
                                        new JsonObject().put("type", "three_d_secure_redirect"));
        return Optional.of(action);
    }

    static JsonObject charge(Charge charge) {
        boolean failed = charge.failure().isPresent();
        return new JsonObject()
                .put("id", charge.id())
                .put("object", "charge")
                .put("amount", charge.amountMinor())
                .put("amount_captured", charge.capturedMinor())
                .put("amount_refunded", charge.refundedMinor())
                .put("application", (String) null)
                .put(
                        "balance_transaction",
                        charge.captured() ? "txn" + charge.id().substring(2) : null)
                .put("billing_details", new JsonObject().putNull("address").putNull("name"))
                .put("calculated_statement_descriptor", "SANDBOX")
                .put("captured", charge.captured())
                .put("created", charge.createdSeconds())
                .put("currency", charge.currency().code())
                .putNull("customer")
                .putNull("description")
                .put("disputed", false)
                .putNull("failure_balance_transaction")
                .put("failure_code", charge.failure().map(f -> f.code()).orElse(null))
                .put("failure_message", charge.failure().map(f -> f.message()).orElse(null))
                .put("fraud_details", new JsonObject())
                .put("livemode", false)
                .put("metadata", metadata(charge.metadata()))
                .put("outcome", outcome(charge))
                .put("paid", !failed)
                .put("payment_intent", charge.paymentIntentId())
                .put("payment_method", charge.method().paymentMethodId())
                .put("payment_method_details", methodDetails(charge))
                .putNull("receipt_email")
                .put(
                        "refunded",
                        charge.refundedMinor() > 0
                                && charge.refundedMinor() >= charge.amountMinor())
                .put("status", failed ? "failed" : "succeeded");
    }

    private static JsonObject outcome(Charge charge) {
        Optional<CardFailure> failure = charge.failure();
        return new JsonObject()
                .put(
                        "network_status",
                        failure.isPresent() ? "declined_by_network" : "approved_by_network")
                .put("reason", failure.flatMap(CardFailure::declineCode).orElse(null))
                .put("risk_level", "normal")
                .put("risk_score", 20)
                .put(
                        "seller_message",
                        failure.isPresent()
                                ? "The bank did not return any further details with this decline."
                                : "Payment complete.")
                .put("type", failure.isPresent() ? "issuer_declined" : "authorized");
    }

    private static JsonObject methodDetails(Charge charge) {
        TestCard card = charge.method().card();
        return new JsonObject().put("card", card(card)).put("type", "card");
    }

    private static JsonObject card(TestCard card) {
        return new JsonObject()
                .put("brand", card.brand())
                .put("country", card.country())
                .put("exp_month", 12)
                .put("exp_year", CARD_EXPIRY_YEAR)
                .put("funding", card.funding())
                .put("last4", card.last4())
                .put("network", card.brand())
                .putNull("three_d_secure")
                .putNull("wallet");
    }

    static JsonObject refund(Refund refund, boolean referenced) {
        JsonObject destination =
                new JsonObject()
                        .put("reference_status", referenced ? "available" : "pending")
                        .put("reference_type", "acquirer_reference_number")
                        .put("type", "refund");
        JsonObject json = new JsonObject();
        if (refund.failed()) {
            json.put("failure_balance_transaction", "txn" + refund.id().substring(2) + "F")
                    .put("failure_reason", "expired_or_canceled_card");
        }
        return json.put("id", refund.id())
                .put("object", "refund")
                .put("amount", refund.amountMinor())
                .put("balance_transaction", "txn" + refund.id().substring(2))
                .put("charge", refund.chargeId())
                .put("created", refund.createdSeconds())
                .put("currency", refund.currency().code())
                .put(
                        "destination_details",
                        new JsonObject().put("card", destination).put("type", "card"))
                .put("metadata", metadata(refund.metadata()))
                .put("payment_intent", refund.paymentIntentId())
                .put("reason", refund.reason().orElse(null))
                .putNull("receipt_number")
                .putNull("source_transfer_reversal")
                .put("status", refund.failed() ? "failed" : "succeeded")
                .putNull("transfer_reversal");
    }

    static JsonObject failure(CardFailure failure) {
        JsonObject error =
                new JsonObject()
                        .put("code", failure.code())
                        .put(
                                "doc_url",
                                "https://stripe.com/docs/error-codes/"
                                        + failure.code().replace('_', '-'))
                        .put("message", failure.message())
                        .put("type", failure.type());
        failure.declineCode().ifPresent(code -> error.put("decline_code", code));
        return error;
    }

    static JsonObject balance(Map<String, Balance> balances) {
        JsonArray pending = new JsonArray();
        JsonArray available = new JsonArray();
        new TreeMap<>(balances)
                .forEach((currency, b) -> {
                    pending.add(funds(currency, b.capturedMinor() - b.refundedMinor()));
                    available.add(funds(currency, 0));
                });
        if (available.isEmpty()) {
            // An account that no money ever reached has nothing of its own currency.
            pending.add(funds(ACCOUNT_CURRENCY, 0));
            available.add(funds(ACCOUNT_CURRENCY, 0));
        }
        return new JsonObject()
                .put("object", "balance")
                .put("available", available)
                .put("livemode", false)
                .put("pending", pending);
    }

    private static JsonObject funds(String currency, long amountMinor) {
        return new JsonObject()
                .put("amount", amountMinor)
                .put("currency", currency)
                .put("source_types", new JsonObject().put("card", amountMinor));
    }

    static JsonObject list(String url, List<JsonObject> page, boolean more) {
        return new JsonObject()
                .put("object", "list")
                .put("url", url)
                .put("has_more", more)
                .put("data", new JsonArray(page));
    }

    private static JsonObject metadata(Map<String, String> metadata) {
        JsonObject object = new JsonObject();
        new TreeMap<>(metadata).forEach(object::put);
        return object;
    }
}
