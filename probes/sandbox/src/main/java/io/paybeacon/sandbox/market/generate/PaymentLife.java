package io.paybeacon.sandbox.market.generate;

/**
 * One payment for an order.
 *
 * @param gateway the name of the gateway account
 * @param reference what the gateway calls it; unique for the gateway
 * @param afterMillis after the order was placed
 * @param amountMinor what the gateway is asked for, in the order's currency
 */
public record PaymentLife(
        String gateway,
        String reference,
        long afterMillis,
        Payer payer,
        long amountMinor,
        Course course) {
    /** {@code gateway:reference}, as the agent calls it. */
    public String key() {
        return gateway + ":" + reference;
    }
}
