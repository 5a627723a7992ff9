package io.paybeacon.core.output;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Named;
import io.paybeacon.core.event.FindingEvent.Act;
import io.paybeacon.core.event.PeopleEventCodec;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What people have done with a finding. What the facts say of it, open or not, is apart.
 *
 * @param state what the acts came to
 * @param assignee whose it is; empty while it is nobody's
 * @param snoozedUntil by the agent's clock; null while it is not snoozed
 * @param entries every act that was kept, in order
 */
public record Handling(
        State state, String assignee, @Nullable Instant snoozedUntil, List<Entry> entries) {
    public Handling {
        entries = List.copyOf(entries);
    }

    /**
     * An act, as the audit trail shows it.
     *
     * @param at by the agent's clock
     * @param eventId tells two acts of one moment apart
     * @param actor who did it; no secret
     */
    public record Entry(Instant at, String eventId, String actor, Act act) {}

    /** What the acts came to. */
    public enum State {
        /** Nobody took it, or somebody opened it again. */
        OPEN("open"),
        /** Somebody saw it. */
        ACKNOWLEDGED("acknowledged"),
        /** It is somebody's. */
        ASSIGNED("assigned"),
        /** Not to be shown as open before a time. */
        SNOOZED("snoozed"),
        /** Somebody says that it is done. */
        RESOLVED("resolved"),
        /** Somebody says that there was nothing wrong. */
        FALSE_POSITIVE("false_positive");

        /** All of them by label. */
        public static final Named<State> NAMES = Named.of(State.class, State::label);

        private final String label;

        State(String label) {
            this.label = label;
        }

        /** The word in the API and the store. */
        public String label() {
            return label;
        }
    }

    /** Writes it. */
    public void write(ByteWriter out) {
        State.NAMES.write(out, state);
        out.text(assignee);
        out.optional(snoozedUntil, ByteWriter::instant);
        out.list(entries, Handling::writeEntry);
    }

    /** Reads what {@link #write} wrote. */
    public static Handling read(ByteReader in) {
        return new Handling(
                State.NAMES.read(in),
                in.text(),
                in.optional(ByteReader::instant),
                in.list(Handling::readEntry));
    }

    private static void writeEntry(ByteWriter out, Entry entry) {
        out.instant(entry.at());
        out.text(entry.eventId());
        out.text(entry.actor());
        PeopleEventCodec.writeAct(out, entry.act());
    }

    private static Entry readEntry(ByteReader in) {
        return new Entry(in.instant(), in.text(), in.text(), PeopleEventCodec.readAct(in));
    }
}
