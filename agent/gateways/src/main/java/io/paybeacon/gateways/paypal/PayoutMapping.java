package io.paybeacon.gateways.paypal;

import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PayoutEvent.Reported;
import io.paybeacon.core.event.PayoutStatus;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.Limits;
import io.paybeacon.gateways.message.Envelope;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageFacts;
import io.paybeacon.gateways.message.MessageObject;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * An item of a batch of payouts (paypal-rest-api-specifications, payments_payouts_batch_v1). Who is
 * paid is known by the platform's own id of the item; the receiver's address is never read.
 */
final class PayoutMapping {
    private static final Pattern ERROR =
            Pattern.compile("[A-Z][A-Z0-9_]{0," + (Limits.WORD_CHARS_MAX - 1) + "}");

    private PayoutMapping() {}

    /** Adds what the item says. */
    static void item(Envelope envelope, MessageObject resource, MessageFacts out)
            throws MalformedMessageException {
        Origin origin = envelope.origin();
        String id = resource.requiredPlainId("payout_item_id");
        MessageObject item = resource.requiredChild("payout_item");
        Money amount = PayPalObject.money(item, "amount");
        MessageObject errors = PayPalObject.orNone(resource.child("errors"));
        out.tell(
                new Reported(
                        origin,
                        new ProviderReference(origin.gateway(), id),
                        item.words("sender_item_id"),
                        status(resource, envelope.type()),
                        amount,
                        null,
                        Objects.requireNonNullElse(errors.matching("name", ERROR), ""),
                        ""));
    }

    private static PayoutStatus status(MessageObject resource, String type)
            throws MalformedMessageException {
        String word = Objects.requireNonNullElse(resource.text("transaction_status"), "");
        String told = word.isEmpty() ? type.substring(type.lastIndexOf('.') + 1) : word;
        return switch (told) {
            case "SUCCESS", "SUCCEEDED" -> PayoutStatus.PAID;
            case "NEW", "PENDING", "ONHOLD", "HELD", "UNCLAIMED" -> PayoutStatus.IN_TRANSIT;
            case "FAILED", "DENIED", "BLOCKED" -> PayoutStatus.FAILED;
            case "RETURNED", "REFUNDED", "REVERSED" -> PayoutStatus.RETURNED;
            case "CANCELED", "CANCELLED" -> PayoutStatus.CANCELLED;
            default -> throw resource.bad("transaction_status", "missing, or not known");
        };
    }
}
