package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.api.Tamper;
import java.util.ArrayList;
import java.util.List;

/** One operation while it is carried out: what a fault changes in it, and what it causes. */
final class Execution {
    private final Tamper tamper;
    private final List<AdyenNotification> notifications = new ArrayList<>();

    Execution(Tamper tamper) {
        this.tamper = tamper;
    }

    Tamper tamper() {
        return tamper;
    }

    void emit(AdyenNotification notification) {
        notifications.add(notification);
    }

    /** In the order in which they happened. */
    List<AdyenNotification> notifications() {
        return List.copyOf(notifications);
    }
}
