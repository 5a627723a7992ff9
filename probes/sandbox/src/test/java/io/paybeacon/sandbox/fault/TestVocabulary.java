package io.paybeacon.sandbox.fault;

import java.util.List;
import java.util.regex.Pattern;

/** The words of a small gateway, for tests of the grammar. */
final class TestVocabulary {
    record Word(String wireName, Money money) implements Operation {}

    static final Operation PAYMENT_INTENTS_CREATE =
            new Word("payment_intents.create", Operation.Money.ASKED_OF_ISSUER);
    static final Operation PAYMENT_INTENTS_CAPTURE =
            new Word("payment_intents.capture", Operation.Money.BOOKED);
    static final Operation REFUNDS_CREATE = new Word("refunds.create", Operation.Money.BOOKED);
    static final Operation REFUNDS_LIST = new Word("refunds.list", Operation.Money.NONE);
    static final Operation CHARGES_RETRIEVE = new Word("charges.retrieve", Operation.Money.NONE);
    static final Operation BALANCE_RETRIEVE = new Word("balance.retrieve", Operation.Money.NONE);

    static final FaultVocabulary SHOP =
            new FaultVocabulary(
                    List.of(
                            PAYMENT_INTENTS_CREATE,
                            PAYMENT_INTENTS_CAPTURE,
                            REFUNDS_CREATE,
                            REFUNDS_LIST,
                            CHARGES_RETRIEVE,
                            BALANCE_RETRIEVE),
                    List.of("charge.captured", "refund.created"),
                    Pattern.compile("[a-z][a-z0-9_]{1,60}"),
                    "insufficient_funds");

    private TestVocabulary() {}
}
