package io.paybeacon.gateways.paypal;

import io.paybeacon.core.event.DisputeEvent.FraudWarned;
import io.paybeacon.core.event.DisputeEvent.Reported;
import io.paybeacon.core.event.DisputeStatus;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentFact.Disputed;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import io.paybeacon.gateways.message.MessageObject;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A dispute (paypal-rest-api-specifications, customer_disputes_v1). PayPal's stage {@code
 * CHARGEBACK} is a claim of the buyer at PayPal, not a chargeback of a card.
 */
final class DisputeMapping {
    private static final Pattern WORD =
            Pattern.compile("[A-Z][A-Z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");

    private final Origin origin;
    private final MessageObject resource;
    private final MessageFacts out;
    private final ProviderReference dispute;
    private final @Nullable ProviderReference payment;

    private DisputeMapping(Origin origin, MessageObject resource, MessageFacts out)
            throws MalformedMessageException {
        this.origin = origin;
        this.resource = resource;
        this.out = out;
        String id = resource.plainId("dispute_id");
        this.dispute =
                new ProviderReference(
                        origin.gateway(), id == null ? resource.requiredPlainId("id") : id);
        String transaction = transaction(resource);
        this.payment =
                transaction == null ? null : new ProviderReference(origin.gateway(), transaction);
        if (transaction != null) {
            out.aboutPaymentOf(transaction);
        }
    }

    /** Adds what a dispute says. */
    static void dispute(Origin origin, MessageObject resource, MessageFacts out)
            throws MalformedMessageException {
        DisputeMapping mapping = new DisputeMapping(origin, resource, out);
        mapping.report(mapping.status());
    }

    /** Adds what a warning of PayPal's risk department says. */
    static void warning(Origin origin, MessageObject resource, MessageFacts out)
            throws MalformedMessageException {
        DisputeMapping mapping = new DisputeMapping(origin, resource, out);
        if (mapping.payment == null) {
            mapping.report(DisputeStatus.FRAUD_WARNING);
            return;
        }
        out.add(new Disputed(mapping.dispute.value(), DisputeStatus.FRAUD_WARNING));
        out.tell(
                new FraudWarned(origin, mapping.dispute, mapping.payment, mapping.reason(), false));
    }

    private void report(DisputeStatus status) throws MalformedMessageException {
        Money amount =
                resource.has("dispute_amount")
                        ? PayPalObject.money(resource, "dispute_amount")
                        : null;
        if (payment != null) {
            out.add(new Disputed(dispute.value(), status));
        }
        out.tell(
                new Reported(
                        origin,
                        dispute,
                        payment,
                        status,
                        amount,
                        reason(),
                        "",
                        resource.optionalInstant("seller_response_due_date")));
    }

    /** The capture that is disputed: the first that is named. */
    private static @Nullable String transaction(MessageObject resource)
            throws MalformedMessageException {
        for (MessageObject disputed : resource.items("disputed_transactions")) {
            String id = disputed.plainId("seller_transaction_id");
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    private String reason() {
        String word = resource.matching("reason", WORD);
        return word == null ? "" : word.toLowerCase(Locale.ROOT);
    }

    private DisputeStatus status() throws MalformedMessageException {
        String word = Objects.requireNonNullElse(resource.text("status"), "");
        String stage = Objects.requireNonNullElse(resource.text("dispute_life_cycle_stage"), "");
        return switch (word) {
            case "RESOLVED" -> outcome(stage.equals("ARBITRATION"));
            case "OPEN", "WAITING_FOR_SELLER_RESPONSE", "OTHER" ->
                    open(stage, DisputeStatus.NEEDS_RESPONSE);
            case "WAITING_FOR_BUYER_RESPONSE", "UNDER_REVIEW" ->
                    open(stage, DisputeStatus.UNDER_REVIEW);
            default -> throw resource.bad("status", "missing, or not known");
        };
    }

    private static DisputeStatus open(String stage, DisputeStatus ofClaim) {
        return switch (stage) {
            case "INQUIRY" -> DisputeStatus.INQUIRY;
            case "PRE_ARBITRATION" -> DisputeStatus.PRE_ARBITRATION;
            case "ARBITRATION" -> DisputeStatus.ARBITRATION;
            default -> ofClaim;
        };
    }

    private DisputeStatus outcome(boolean arbitrated) throws MalformedMessageException {
        MessageObject outcome = resource.child("dispute_outcome");
        String word = outcome == null ? null : outcome.text("outcome_code");
        return switch (word == null ? "" : word) {
            case "RESOLVED_BUYER_FAVOUR" ->
                    arbitrated ? DisputeStatus.LOST_FINAL : DisputeStatus.LOST;
            // "With payout": PayPal bore the loss, the seller keeps the money.
            case "RESOLVED_SELLER_FAVOUR", "RESOLVED_WITH_PAYOUT", "DENIED" ->
                    arbitrated ? DisputeStatus.WON_FINAL : DisputeStatus.WON;
            case "ACCEPTED" -> DisputeStatus.ACCEPTED;
            case "CANCELED_BY_BUYER", "NONE" -> DisputeStatus.CANCELLED;
            default -> throw resource.bad("dispute_outcome.outcome_code", "missing, or not known");
        };
    }
}
