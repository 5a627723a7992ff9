package io.paybeacon.core.event;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.Objects;

/**
 * Where an event comes from.
 *
 * @param gateway the configured name of the gateway account, without a colon; a label of metrics
 * @param eventId the source's own id of the event, unique within the gateway account
 * @param occurredAt when it happened, by the source's clock (many send whole seconds only), cut to
 *     milliseconds; from {@link #EARLIEST} to {@link #LATEST}
 */
public record Origin(String gateway, String eventId, Instant occurredAt)
        implements Comparable<Origin> {
    /** The earliest time that is taken for one: what is before it cannot be computed with. */
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    /** The latest time that is taken for one. */
    public static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

    private static final Comparator<Origin> ORDER =
            Comparator.comparing(Origin::occurredAt).thenComparing(Origin::eventId);

    public Origin {
        requireGateway(gateway);
        requireText(eventId, "eventId");
        occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
        if (occurredAt.isBefore(EARLIEST) || occurredAt.isAfter(LATEST)) {
            throw new IllegalArgumentException("occurredAt is not in the years 1 to 9999");
        }
    }

    /** Earlier first; ties by event id, so that the order never depends on arrival. */
    @Override
    public int compareTo(Origin other) {
        return ORDER.compare(this, other);
    }

    /** Writes it. */
    public void write(ByteWriter out) {
        out.text(gateway);
        out.text(eventId);
        out.instant(occurredAt);
    }

    /** Reads what {@link #write} wrote. */
    public static Origin read(ByteReader in) {
        return new Origin(in.text(), in.text(), in.instant());
    }

    /** Keys are made of a gateway, a colon and an id, and must not be read in two ways. */
    static void requireGateway(String gateway) {
        requireText(gateway, "gateway");
        if (gateway.indexOf(':') >= 0) {
            throw new IllegalArgumentException("gateway has a colon: " + gateway);
        }
    }

    static String requireText(String value, String name) {
        Objects.requireNonNull(value, () -> name + " is null");
        if (value.isEmpty()) {
            throw new IllegalArgumentException(name + " is empty");
        }
        return value;
    }
}
