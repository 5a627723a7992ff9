package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.fault.Scope;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an order is for. Its references are copied to every authorisation, capture and refund.
 *
 * @param referenceId {@code default} when the client gave none
 * @param customId the client's own reference, in the form {@code name:value} or any other
 * @param invoiceId the client's invoice, to be paid by one order only
 */
record PurchaseUnit(
        String referenceId,
        Money amount,
        Optional<String> customId,
        Optional<String> invoiceId,
        Optional<String> description,
        Optional<String> softDescriptor) {
    /**
     * What faults and tests find a payment by. PayPal has no metadata; {@code custom_id} takes its
     * place, and {@code paybeacon_run:7} in it becomes an entry {@link Scope#PROBE_KEY} = 7.
     */
    Map<String, String> metadata() {
        Map<String, String> metadata = new TreeMap<>();
        invoiceId.ifPresent(invoice -> metadata.put("invoice_id", invoice));
        customId.ifPresent(custom -> {
            metadata.put("custom_id", custom);
            int colon = custom.indexOf(':');
            if (colon > 0 && custom.substring(0, colon).matches("[a-z_]{1,40}")) {
                metadata.put(custom.substring(0, colon), custom.substring(colon + 1));
            }
        });
        return metadata;
    }
}
