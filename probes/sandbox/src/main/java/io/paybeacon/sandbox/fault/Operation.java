package io.paybeacon.sandbox.fault;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a client can ask of the fake gateway, and {@link #WEBHOOKS}, what it sends by itself. */
public enum Operation {
    PAYMENT_INTENTS_CREATE("payment_intents.create"),
    PAYMENT_INTENTS_CONFIRM("payment_intents.confirm"),
    PAYMENT_INTENTS_CAPTURE("payment_intents.capture"),
    PAYMENT_INTENTS_CANCEL("payment_intents.cancel"),
    PAYMENT_INTENTS_RETRIEVE("payment_intents.retrieve"),
    PAYMENT_INTENTS_LIST("payment_intents.list"),
    PAYMENT_INTENTS_SEARCH("payment_intents.search"),
    REFUNDS_CREATE("refunds.create"),
    REFUNDS_RETRIEVE("refunds.retrieve"),
    REFUNDS_LIST("refunds.list"),
    CHARGES_RETRIEVE("charges.retrieve"),
    BALANCE_RETRIEVE("balance.retrieve"),
    WEBHOOKS("webhooks");

    private final String wireName;

    Operation(String wireName) {
        this.wireName = wireName;
    }

    /** The name in faults, for example {@code payment_intents.capture}. */
    public String wireName() {
        return wireName;
    }

    /** The operation of that name, if there is one. */
    public static Optional<Operation> named(String name) {
        return Arrays.stream(values()).filter(o -> o.wireName.equals(name)).findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(Operation::wireName).collect(Collectors.joining(", "));
    }
}
