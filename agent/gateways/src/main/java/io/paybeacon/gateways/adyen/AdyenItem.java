package io.paybeacon.gateways.adyen;

import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.json.JsonValue;
import io.paybeacon.gateways.json.JsonValue.Bool;
import io.paybeacon.gateways.json.JsonValue.Fields;
import io.paybeacon.gateways.json.JsonValue.Text;
import io.paybeacon.gateways.json.JsonValue.Whole;
import io.paybeacon.gateways.message.Envelope;
import io.paybeacon.gateways.message.MalformedMessageException;
import io.paybeacon.gateways.message.MessageObject;
import io.paybeacon.gateways.message.MinorUnits;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A {@code NotificationRequestItem}, read in Adyen's terms. */
final class AdyenItem extends MessageObject {
    /**
     * Adyen's amounts are in minor units of ISO 4217 but for these, which it sends with two
     * decimals, or with none (docs.adyen.com/development-resources/currency-codes).
     */
    static final MinorUnits UNITS =
            new MinorUnits(Map.of("CLP", 100L, "ISK", 100L), Map.of("CVE", 100L, "IDR", 100L));

    private final Fields additionalData;

    AdyenItem(Fields fields, String path) {
        super(fields, path);
        this.additionalData =
                Objects.requireNonNullElse(fields.fields("additionalData"), Fields.NONE);
    }

    /** The signature, or null when there is none. */
    @Nullable String signature() {
        return additionalData.text("hmacSignature");
    }

    /** What is signed: eight fields, joined by colons. */
    String signed() {
        Fields amount = Objects.requireNonNullElse(fields().fields("amount"), Fields.NONE);
        return String.join(
                ":",
                asText(fields().get("pspReference")),
                asText(fields().get("originalReference")),
                asText(fields().get("merchantAccountCode")),
                asText(fields().get("merchantReference")),
                asText(amount.get("value")),
                asText(amount.get("currency")),
                asText(fields().get("eventCode")),
                asText(fields().get("success")));
    }

    private static String asText(JsonValue value) {
        return switch (value) {
            case Text(String text) -> text;
            case Whole(long number) -> Long.toString(number);
            case Bool(boolean truth) -> Boolean.toString(truth);
            case Fields _, JsonValue.Items _, JsonValue.Special _ -> "";
        };
    }

    /**
     * Whether what the event is called happened: {@code "true"} or {@code "false"}, mostly written
     * as a text. The name of an event alone says nothing.
     *
     * @throws MalformedMessageException if it is neither
     */
    boolean success() throws MalformedMessageException {
        return switch (successWord()) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw has("success") ? bad("success", "not true or false") : missing("success");
        };
    }

    /** How {@code success} is written. */
    String successWord() {
        return asText(fields().get("success"));
    }

    /** When it happened, by Adyen's clock; null when that cannot be read. */
    @Nullable Instant eventDate() {
        return Envelope.instant(fields().get("eventDate"));
    }

    /**
     * The amount.
     *
     * @throws MalformedMessageException if it is missing or cannot be money
     */
    Money amount() throws MalformedMessageException {
        Fields amount = fields().fields("amount");
        if (amount == null) {
            throw missing("amount");
        }
        String currency = amount.text("currency");
        if (currency == null) {
            throw missing("amount.currency");
        }
        if (!(amount.get("value") instanceof Whole(long value))) {
            throw bad("amount.value", "not a whole number");
        }
        return UNITS.money(value, currency, path("amount.value"));
    }

    /** The brand or the name of the method; null when there is none. */
    @Nullable String paymentMethod() {
        String text = text("paymentMethod");
        return text != null && text.isEmpty() ? null : matching("paymentMethod", AdyenMethods.WORD);
    }

    /** A field of the additional data, whose names have dots in them; null when it is no text. */
    @Nullable String additional(String name) {
        return additionalData.text(name);
    }

    /** An object within the additional data; no fields when there is none. */
    Fields additionalFields(String name) {
        return Objects.requireNonNullElse(additionalData.fields(name), Fields.NONE);
    }

    /** The additional data, in terms of an object. */
    MessageObject additionalData() {
        MessageObject child = child("additionalData");
        return child == null ? new MessageObject(Fields.NONE, path("additionalData")) : child;
    }
}
