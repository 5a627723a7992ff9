package io.paybeacon.gateways.stripe;

import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.WebhookAdapter;
import io.paybeacon.gateways.message.DeclineTable;
import io.paybeacon.gateways.message.MessageFacts;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The facts of one message of Stripe while it is being mapped. */
final class StripeFacts extends MessageFacts {
    private static final Pattern CONFIGURATION = Pattern.compile("[A-Za-z0-9._-]{1,64}");

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

    /** Whose payment it is, where it was taken, and by which configuration of the platform. */
    void describeParties(StripeMessage message) {
        StripeObject object = message.object();
        StripeObject metadata = object.child("metadata");
        String customer =
                metadata == null ? null : metadata.merchantReference(WebhookAdapter.CUSTOMER_FIELD);
        describe(
                Property.CUSTOMER,
                customer == null ? object.matching("customer", StripeObject.ID) : customer);
        String account = message.account();
        describe(
                Property.MERCHANT_ACCOUNT,
                account.isEmpty() ? object.matching("on_behalf_of", StripeObject.ID) : account);
        if (metadata != null) {
            describe(
                    Property.CONFIGURATION,
                    metadata.matching(WebhookAdapter.CONFIGURATION_FIELD, CONFIGURATION));
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
