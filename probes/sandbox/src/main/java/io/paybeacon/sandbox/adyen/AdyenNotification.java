package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.webhook.WebhookEvent;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An item of a standard webhook (docs.adyen.com/development-resources/webhooks/
 * webhook-types/standard). The event code alone says nothing: read {@code success} too.
 *
 * @param pspReference of the payment, or of the modification it tells about
 * @param originalReference of the payment, when it tells about a modification
 * @param merchantReference of the modification, or of the payment when that has none
 * @param reason for a failure; for an approval the code, last four digits and expiry
 * @param eventDate the gateway's clock
 * @param additionalData without the signature
 */
record AdyenNotification(
        EventCode eventCode,
        boolean success,
        String pspReference,
        Optional<String> originalReference,
        String merchantAccount,
        String merchantReference,
        Amount amount,
        String paymentMethod,
        String reason,
        Instant eventDate,
        Map<String, String> additionalData,
        Map<String, String> paymentMetadata)
        implements WebhookEvent {
    private static final ZoneId ADYEN_TIME = ZoneId.of("Europe/Amsterdam");
    private static final DateTimeFormatter EVENT_DATE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx");

    /** The events that are sent. */
    enum EventCode {
        AUTHORISATION,
        CAPTURE,
        CAPTURE_FAILED,
        CANCELLATION,
        REFUND,
        REFUND_FAILED,
        CANCEL_OR_REFUND,
        TECHNICAL_CANCEL,
        EXPIRE,
        NOTIFICATION_OF_FRAUD,
        REQUEST_FOR_INFORMATION,
        NOTIFICATION_OF_CHARGEBACK,
        CHARGEBACK,
        INFORMATION_SUPPLIED,
        CHARGEBACK_REVERSED,
        SECOND_CHARGEBACK,
        PAYOUT_THIRDPARTY,
        PAIDOUT_REVERSED,
        REPORT_AVAILABLE
    }

    AdyenNotification {
        additionalData = Map.copyOf(additionalData);
        paymentMetadata = Map.copyOf(paymentMetadata);
    }

    /** What makes two deliveries the same event to a receiver. */
    @Override
    public String id() {
        return pspReference + ":" + eventCode + ":" + success;
    }

    @Override
    public String type() {
        return eventCode.name();
    }

    @Override
    public boolean terminal() {
        return eventCode != EventCode.AUTHORISATION || !success;
    }

    @Override
    public Message message(Signing signing) {
        Map<String, String> data = new TreeMap<>(additionalData);
        String signed = signing.valid() ? payload() : payload() + "!";
        HmacSignature.of(signing.secret(), signed).ifPresent(s -> data.put("hmacSignature", s));
        JsonObject item = item(data);
        JsonObject body =
                new JsonObject()
                        .put("live", "false")
                        .put(
                                "notificationItems",
                                new JsonArray()
                                        .add(
                                                new JsonObject()
                                                        .put("NotificationRequestItem", item)));
        return new Message(
                Map.of("Content-Type", "application/json; charset=utf-8"), body.encode());
    }

    /** The eight fields that are signed. */
    private String payload() {
        return String.join(
                ":",
                pspReference,
                originalReference.orElse(""),
                merchantAccount,
                merchantReference,
                Long.toString(amount.valueMinor()),
                amount.currency(),
                eventCode.name(),
                Boolean.toString(success));
    }

    private JsonObject item(Map<String, String> data) {
        JsonObject additional = new JsonObject();
        data.forEach(additional::put);
        JsonObject item =
                new JsonObject()
                        .put("additionalData", additional)
                        .put("amount", amount.toJson())
                        .put("eventCode", eventCode.name())
                        .put("eventDate", EVENT_DATE.format(eventDate.atZone(ADYEN_TIME)))
                        .put("merchantAccountCode", merchantAccount)
                        .put("merchantReference", merchantReference);
        originalReference.ifPresent(o -> item.put("originalReference", o));
        if (eventCode == EventCode.AUTHORISATION && success) {
            item.put("operations", new JsonArray(List.of("CANCEL", "CAPTURE", "REFUND")));
        }
        return item.put("paymentMethod", paymentMethod)
                .put("pspReference", pspReference)
                .put("reason", reason)
                .put("success", Boolean.toString(success));
    }
}
