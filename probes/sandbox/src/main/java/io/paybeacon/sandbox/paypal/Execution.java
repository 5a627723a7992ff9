package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.api.Tamper;
import java.util.ArrayList;
import java.util.List;

/** One request while it is executed: what a fault changes, which events it causes. */
final class Execution {
    private final Tamper tamper;
    private final List<PayPalEvent> events = new ArrayList<>();

    Execution(Tamper tamper) {
        this.tamper = tamper;
    }

    /** Something that happens by itself, such as a payer passing a challenge. */
    static Execution spontaneous() {
        return new Execution(Tamper.NONE);
    }

    Tamper tamper() {
        return tamper;
    }

    void emit(PayPalEvent event) {
        events.add(event);
    }

    List<PayPalEvent> events() {
        return List.copyOf(events);
    }
}
