package io.paybeacon.server.config.schema;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.server.config.schema.Shape.Group;
import io.paybeacon.server.config.schema.Shape.Span;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The keys of what is expected of payments. */
public final class PaymentKeys {
    /** The statuses in which a payment can be stuck, by their key. */
    public static final Map<String, PaymentStatus> OPEN_STATUSES = openStatuses();

    /** How long a payment may stay in each open status. */
    public static final Group STUCK_AFTER = stuckAfter();

    /** What is expected of payments. */
    public static final Group PAYMENTS =
            Group.of(
                    Key.optional(
                            "stuckAfter",
                            STUCK_AFTER,
                            "as below",
                            "How long a payment may stay in a status before it counts as stuck."),
                    Key.optional(
                            "settle",
                            limit("10s"),
                            Defaults.text(Reference.defaults().settle()),
                            "How long after its last news a payment is left alone before it can"
                                    + " count as stuck."),
                    Key.optional(
                            "parkedFor",
                            limit("30m"),
                            Defaults.text(Reference.defaults().parkedFor()),
                            "How long messages wait for their payment to become known."),
                    Key.optional(
                            "holdExpiryLead",
                            limit("2d"),
                            Defaults.text(Reference.defaults().holdExpiryLead()),
                            "How long before a hold runs out it is told that nobody captured it."),
                    Key.optional(
                            "orderGrace",
                            limit("1h"),
                            Defaults.text(Reference.defaults().orderGrace()),
                            "How long after its last news an order may be paid in part before that"
                                    + " counts as wrong."),
                    Key.optional(
                            "keptFor",
                            new Span("at most " + Defaults.text(Defaults.PAYMENT_KEPT_MAX), "400d"),
                            Defaults.text(Reference.defaults().keptFor()),
                            "How long a payment, and what belongs to it, is kept after its last"
                                    + " news. Card networks take disputes for up to 540 days."));

    private PaymentKeys() {}

    private static Span limit(String example) {
        return new Span("at most " + Defaults.text(Defaults.PAYMENT_LIMIT_MAX), example);
    }

    private static Group stuckAfter() {
        List<Key> keys = new ArrayList<>();
        OPEN_STATUSES.forEach((key, status) -> {
            Duration standard = Reference.defaults().stuckAfter(status);
            keys.add(
                    Key.optional(
                            key,
                            limit("3h"),
                            standard == null ? "never" : Defaults.text(standard),
                            "In the status `" + status.label() + "`."));
        });
        return new Group(keys);
    }

    private static Map<String, PaymentStatus> openStatuses() {
        Map<String, PaymentStatus> statuses = new TreeMap<>();
        for (PaymentStatus status : PaymentStatus.values()) {
            if (status.open()) {
                statuses.put(camelCase(status.label()), status);
            }
        }
        return Collections.unmodifiableMap(statuses);
    }

    private static String camelCase(String label) {
        StringBuilder text = new StringBuilder();
        for (String word : label.split("_", -1)) {
            text.append(
                    text.isEmpty()
                            ? word
                            : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return text.toString();
    }
}
