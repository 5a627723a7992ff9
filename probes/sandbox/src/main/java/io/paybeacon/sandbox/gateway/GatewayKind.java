package io.paybeacon.sandbox.gateway;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The payment gateways the sandbox can imitate. */
public enum GatewayKind {
    STRIPE(0),
    PAYPAL(1),
    ADYEN(2),
    /** A card processor of no name: JSON with ISO 8583 response codes. */
    CARD(3);

    private final int place;

    GatewayKind(int place) {
        this.place = place;
    }

    /** Its place among the gateways, from 0: added to a fixed port, and makes its seed its own. */
    public int place() {
        return place;
    }

    /** The name in options, faults and addresses, lower case. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The kind of that name, if there is one. */
    public static Optional<GatewayKind> named(String name) {
        return Arrays.stream(values()).filter(k -> k.wireName().equals(name)).findFirst();
    }

    /** All names, for messages. */
    public static String names() {
        return Arrays.stream(values()).map(GatewayKind::wireName).collect(Collectors.joining(", "));
    }
}
