package io.paybeacon.sandbox.market.generate;

/**
 * With what somebody pays.
 *
 * @param method {@code card}, {@code wallet}, {@code bank_transfer} or {@code direct_debit}
 * @param network of a card, such as {@code visa}; empty for other methods
 * @param issuer a bucket of banks, such as {@code issuer_03}; a bank has one country
 * @param country of the issuer, ISO 3166-1 alpha-2
 */
public record Payer(String method, String network, String issuer, String country) {
    /** Whether a card pays. */
    public boolean card() {
        return method.equals("card");
    }
}
