package io.paybeacon.core.event;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import java.time.Instant;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A value that a source may replace: the latest by the source's clock holds, ties by event id and
 * then by the value itself, so that the order of arrival does not matter.
 *
 * @param occurredAt when the source said it, by its own clock
 * @param eventId the event that said it
 */
public record Stamped<T>(T value, Instant occurredAt, String eventId) {
    /** The value as an event told it. */
    public static <T> Stamped<T> of(T value, Origin origin) {
        return new Stamped<>(value, origin.occurredAt(), origin.eventId());
    }

    /** The later of the two. Commutative, associative and idempotent. */
    public static <T> Stamped<T> later(@Nullable Stamped<T> first, Stamped<T> second) {
        if (first == null) {
            return second;
        }
        int order = first.occurredAt.compareTo(second.occurredAt);
        if (order == 0) {
            order = first.eventId.compareTo(second.eventId);
        }
        if (order == 0) {
            // One message that says two things: neither is later, so any fixed choice will do.
            order = first.value.toString().compareTo(second.value.toString());
        }
        return order >= 0 ? first : second;
    }

    /** Writes it. */
    public static <T> void write(ByteWriter out, Stamped<T> stamped, BiConsumer<ByteWriter, T> e) {
        e.accept(out, stamped.value);
        out.instant(stamped.occurredAt);
        out.text(stamped.eventId);
    }

    /** Reads what {@link #write} wrote. */
    public static <T> Stamped<T> read(ByteReader in, Function<ByteReader, T> element) {
        return new Stamped<>(element.apply(in), in.instant(), in.text());
    }
}
