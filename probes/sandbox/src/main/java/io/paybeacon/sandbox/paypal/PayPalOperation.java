package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.fault.FaultVocabulary;
import io.paybeacon.sandbox.fault.Operation;
import java.util.List;
import java.util.regex.Pattern;

/** What a client can ask of the fake PayPal. */
enum PayPalOperation implements Operation {
    OAUTH2_TOKEN("oauth2.token", Operation.Money.NONE),
    ORDERS_CREATE("orders.create", Operation.Money.ASKED_OF_ISSUER),
    ORDERS_GET("orders.get", Operation.Money.NONE),
    ORDERS_AUTHORIZE("orders.authorize", Operation.Money.ASKED_OF_ISSUER),
    ORDERS_CAPTURE("orders.capture", Operation.Money.ASKED_OF_ISSUER),
    AUTHORIZATIONS_GET("authorizations.get", Operation.Money.NONE),
    AUTHORIZATIONS_CAPTURE("authorizations.capture", Operation.Money.BOOKED),
    AUTHORIZATIONS_VOID("authorizations.void", Operation.Money.NONE),
    AUTHORIZATIONS_REAUTHORIZE("authorizations.reauthorize", Operation.Money.NONE),
    CAPTURES_GET("captures.get", Operation.Money.NONE),
    CAPTURES_REFUND("captures.refund", Operation.Money.BOOKED),
    REFUNDS_GET("refunds.get", Operation.Money.NONE);

    /** The names faults can use; decline codes are the processor's response codes. */
    static final FaultVocabulary VOCABULARY =
            new FaultVocabulary(
                    List.of(values()),
                    PayPalEventType.names(),
                    Pattern.compile("[0-9A-Z]{4}"),
                    "5120");

    private final String wireName;
    private final Operation.Money money;

    PayPalOperation(String wireName, Operation.Money money) {
        this.wireName = wireName;
        this.money = money;
    }

    @Override
    public String wireName() {
        return wireName;
    }

    @Override
    public Operation.Money money() {
        return money;
    }
}
