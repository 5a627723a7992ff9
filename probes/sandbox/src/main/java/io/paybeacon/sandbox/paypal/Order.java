package io.paybeacon.sandbox.paypal;

import java.time.Instant;
import java.util.Optional;

/**
 * An order (developer.paypal.com/docs/api/orders/v2).
 *
 * @param created the sandbox's clock, as is {@code updated}
 * @param unit what it is for; the sandbox takes orders of one purchase unit only
 * @param source how it is paid; empty while that is not known
 */
record Order(
        String id,
        Instant created,
        Instant updated,
        Intent intent,
        Status status,
        PurchaseUnit unit,
        Optional<Source> source) {
    /** What is to be done with the money. */
    enum Intent {
        AUTHORIZE,
        CAPTURE
    }

    /** The documented states that an order of the sandbox can be in. */
    enum Status {
        CREATED,
        APPROVED,
        PAYER_ACTION_REQUIRED,
        COMPLETED
    }

    /** How an order is paid. */
    sealed interface Source {
        /** With a card. */
        record OfCard(Card card) implements Source {}

        /** With the payer's PayPal account. */
        record Wallet() implements Source {}
    }

    Optional<Card> card() {
        return source.flatMap(s ->
                switch (s) {
                    case Source.OfCard(Card card) -> Optional.of(card);
                    case Source.Wallet() -> Optional.<Card>empty();
                });
    }

    Order with(Status nextStatus, Instant at) {
        return new Order(id, created, at, intent, nextStatus, unit, source);
    }

    Order paidWith(Source next, Instant at) {
        return new Order(id, created, at, intent, status, unit, Optional.of(next));
    }
}
