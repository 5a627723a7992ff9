package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.message.DeclineTable;
import io.paybeacon.gateways.message.MessageFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The facts of one message of Stripe while it is being mapped. */
final class StripeFacts extends MessageFacts {
    /** What the platform calls the payment: the first of these fields that is there. */
    void describeOrder(StripeObject object, List<String> orderFields) {
        StripeObject metadata = object.child("metadata");
        if (metadata == null) {
            return;
        }
        for (String field : orderFields) {
            String reference = metadata.merchantReference(field);
            if (reference != null) {
                describe(Property.MERCHANT_REFERENCE, reference);
                return;
            }
        }
    }

    /** What the charge was paid with. */
    void describeMethod(StripeObject charge, boolean methodToo) {
        StripeObject details = charge.child("payment_method_details");
        String type = details == null ? null : details.word("type");
        if (details == null || type == null) {
            return;
        }
        if (methodToo) {
            describe(Property.METHOD, type);
        }
        StripeObject method = details.child(type);
        if (method != null) {
            String network = method.word("network");
            describe(Property.NETWORK, network != null ? network : method.word("brand"));
            describe(Property.ISSUER_COUNTRY, method.country("country"));
        }
    }

    /** What the network, or else Stripe, says of a next try; empty where neither does. */
    static String advice(StripeObject holder) {
        return DeclineTable.advice(holder.text("network_advice_code"), holder.text("advice_code"));
    }

    /** Whether there is any money. */
    static boolean some(@Nullable Money amount) {
        return amount != null && !amount.isZero();
    }
}
