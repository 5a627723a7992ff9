package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.fault.FaultVocabulary;
import io.paybeacon.sandbox.fault.Operation;
import java.util.List;
import java.util.regex.Pattern;

/** What a client can ask of the card processor. */
enum CardOperation implements Operation {
    AUTHORIZATIONS_CREATE("authorizations.create", Money.ASKED_OF_ISSUER),
    AUTHORIZATIONS_CAPTURE("authorizations.capture", Money.BOOKED),
    AUTHORIZATIONS_VOID("authorizations.void", Money.NONE),
    AUTHORIZATIONS_RETRIEVE("authorizations.retrieve", Money.NONE),
    AUTHORIZATIONS_SEARCH("authorizations.search", Money.NONE),
    CAPTURES_REFUND("captures.refund", Money.BOOKED),
    CAPTURES_RETRIEVE("captures.retrieve", Money.NONE),
    REFUNDS_RETRIEVE("refunds.retrieve", Money.NONE);

    /** The names faults can use. */
    static final FaultVocabulary VOCABULARY =
            new FaultVocabulary(
                    List.of(values()), CardEvent.TYPES, Pattern.compile("[0-9A-Z]{2}"), "51");

    private final String wireName;
    private final Money money;

    CardOperation(String wireName, Money money) {
        this.wireName = wireName;
        this.money = money;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public Money money() {
        return money;
    }
}
