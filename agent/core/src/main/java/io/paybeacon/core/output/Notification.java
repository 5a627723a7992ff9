package io.paybeacon.core.output;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Named;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Something that somebody is to be told. It holds opaque ids only: who they are, and how they are
 * reached, is known to the platform that delivers it.
 *
 * @param id what it is about, so that the same news is told once: at most one goes out an id
 * @param audience who is told
 * @param recipient the opaque id of the customer or vendor; the name of a queue for support
 * @param topic what is told, and the key of its template
 * @param parameters what the template may show, by name; nothing secret, no raw code of a gateway
 */
public record Notification(
        String id,
        Audience audience,
        String recipient,
        Topic topic,
        Map<String, String> parameters) {
    public Notification {
        parameters = Collections.unmodifiableMap(new TreeMap<>(parameters));
    }

    /** Who is told. */
    public enum Audience {
        /** Who buys. */
        CUSTOMER("customer"),
        /** Who sells. */
        VENDOR("vendor"),
        /** Who answers for the platform. */
        SUPPORT("support");

        /** All of them by label. */
        public static final Named<Audience> NAMES = Named.of(Audience.class, Audience::label);

        private final String label;

        Audience(String label) {
            this.label = label;
        }

        /** The word in deliveries and stored bytes, and the value of the metric label. */
        public String label() {
            return label;
        }
    }

    /** What is told. */
    public enum Topic {
        /** A payment was refused; the parameter {@code cause} leads to the guidance. */
        PAYMENT_DECLINED("payment_declined"),
        /** A payment waits for the customer to confirm. */
        PAYMENT_ACTION_REQUIRED("payment_action_required"),
        /** A payment hangs, and is looked into. */
        PAYMENT_STUCK("payment_stuck"),
        /** More was collected than ordered, and will be looked into. */
        PAYMENT_DUPLICATE("payment_duplicate"),
        /** A refund could not be paid. */
        REFUND_FAILED("refund_failed"),
        /** What was collected turned out not to be. */
        PAYMENT_UNDONE("payment_undone");

        /** All of them by label. */
        public static final Named<Topic> NAMES = Named.of(Topic.class, Topic::label);

        private final String label;

        Topic(String label) {
            this.label = label;
        }

        /** The word in deliveries and stored bytes, and the value of the metric label. */
        public String label() {
            return label;
        }
    }

    /** Writes it. */
    public void write(ByteWriter out) {
        out.text(id);
        Audience.NAMES.write(out, audience);
        out.text(recipient);
        Topic.NAMES.write(out, topic);
        out.list(
                parameters.entrySet(),
                (writer, entry) -> {
                    writer.text(entry.getKey());
                    writer.text(entry.getValue());
                });
    }

    /** Reads what {@link #write} wrote. */
    public static Notification read(ByteReader in) {
        String id = in.text();
        Audience audience = Audience.NAMES.read(in);
        String recipient = in.text();
        Topic topic = Topic.NAMES.read(in);
        Map<String, String> parameters = new TreeMap<>();
        for (Map.Entry<String, String> entry : in.list(r -> Map.entry(r.text(), r.text()))) {
            parameters.put(entry.getKey(), entry.getValue());
        }
        return new Notification(id, audience, recipient, topic, parameters);
    }
}
