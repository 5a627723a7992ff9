package io.paybeacon.gateways.platform;

import com.fasterxml.jackson.core.JsonGenerator;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.ProviderReference;
import io.paybeacon.core.money.Money;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes fields in the platform's terms; what is empty or null is left out. */
record FieldWriter(JsonGenerator out) {
    void text(String name, String value) throws IOException {
        out.writeStringField(name, value);
    }

    void optionalText(String name, String value) throws IOException {
        if (!value.isEmpty()) {
            out.writeStringField(name, value);
        }
    }

    /** A moment or a day, as ISO 8601 writes it. */
    void optionalTime(String name, @Nullable Object value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value.toString());
        }
    }

    void money(String name, Money money) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeNumberField("minorUnits", money.minorUnits());
        out.writeStringField("currency", money.currencyCode());
        out.writeEndObject();
    }

    void optionalMoney(String name, @Nullable Money money) throws IOException {
        if (money != null) {
            money(name, money);
        }
    }

    void reference(String name, ProviderReference reference) throws IOException {
        reference(name, reference.gateway(), reference.value());
    }

    void optionalReference(String name, @Nullable ProviderReference reference) throws IOException {
        if (reference != null) {
            reference(name, reference);
        }
    }

    void payment(String name, PaymentId payment) throws IOException {
        reference(name, payment.gateway(), payment.reference());
    }

    private void reference(String name, String gateway, String value) throws IOException {
        out.writeObjectFieldStart(name);
        out.writeStringField("gateway", gateway);
        out.writeStringField("reference", value);
        out.writeEndObject();
    }
}
