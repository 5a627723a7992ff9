package io.paybeacon.sandbox.fault;

import java.util.Optional;

/**
 * The part of the card traffic that a fault hits.
 *
 * @param network empty means every network; so for the others
 * @param issuer the issuing bank's name in the sandbox
 * @param country of the issuer, ISO 3166 two letters in upper case
 */
public record Slice(Optional<String> network, Optional<String> issuer, Optional<String> country) {
    /** All traffic, with or without a card. */
    public static final Slice ALL = new Slice(Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether a request with that card, if any, is part of it. */
    boolean contains(Optional<CardFacts> card) {
        return equals(ALL)
                || card.filter(c ->
                                network.map(c.network()::equals).orElse(true)
                                        && issuer.map(c.issuer()::equals).orElse(true)
                                        && country.map(c.country()::equals).orElse(true))
                        .isPresent();
    }
}
