package io.paybeacon.sandbox.fault;

import java.util.Map;
import java.util.Optional;

/**
 * What a request is about, as far as faults choose by it.
 *
 * @param metadata the metadata of its payment; empty when it is about no payment
 * @param card the card of its payment; empty when there is none or it is not known yet
 */
public record Subject(Optional<Map<String, String>> metadata, Optional<CardFacts> card) {
    /** A request about no payment. */
    public static final Subject NONE = new Subject(Optional.empty(), Optional.empty());

    public Subject {
        metadata = metadata.map(Map::copyOf);
    }

    /** A request about a payment with that metadata whose card plays no part. */
    public static Subject of(Map<String, String> metadata) {
        return new Subject(Optional.of(metadata), Optional.empty());
    }
}
