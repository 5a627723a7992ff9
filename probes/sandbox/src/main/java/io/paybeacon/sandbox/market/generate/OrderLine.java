package io.paybeacon.sandbox.market.generate;

/**
 * One line of an order.
 *
 * @param amountMinor what the customer pays for it, minor units of the order's currency
 * @param shareMinor what of it goes to the vendor; the rest is the marketplace's commission
 */
public record OrderLine(String product, String vendor, long amountMinor, long shareMinor) {
    public OrderLine {
        if (amountMinor < 1 || shareMinor < 0 || shareMinor > amountMinor) {
            throw new IllegalArgumentException(
                    "a line of " + amountMinor + " with a vendor's share of " + shareMinor);
        }
    }
}
