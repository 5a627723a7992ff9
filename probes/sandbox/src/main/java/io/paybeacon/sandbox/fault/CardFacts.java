package io.paybeacon.sandbox.fault;

/**
 * Where a payment's card comes from, for faults that hit one slice of the traffic.
 *
 * @param network lower case, for example {@code visa}
 * @param issuer the issuing bank's name in the sandbox, lower case with hyphens
 * @param country of the issuer, ISO 3166 two letters in upper case
 */
public record CardFacts(String network, String issuer, String country) {}
