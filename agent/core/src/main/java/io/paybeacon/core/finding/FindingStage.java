package io.paybeacon.core.finding;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.EventCodec;
import io.paybeacon.core.event.FindingEvent;
import io.paybeacon.core.event.FindingEvent.Acknowledge;
import io.paybeacon.core.event.FindingEvent.Acted;
import io.paybeacon.core.event.FindingEvent.Assign;
import io.paybeacon.core.event.FindingEvent.Comment;
import io.paybeacon.core.event.FindingEvent.Ended;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.event.FindingEvent.MarkFalsePositive;
import io.paybeacon.core.event.FindingEvent.Reopen;
import io.paybeacon.core.event.FindingEvent.Resolve;
import io.paybeacon.core.event.FindingEvent.Snooze;
import io.paybeacon.core.output.Handling;
import io.paybeacon.core.output.Handling.Entry;
import io.paybeacon.core.output.Handling.State;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the record of each finding: what the facts say of it, as other stages tell, and what people
 * do to it, in the order in which they did it; and says what the acts come to.
 *
 * <p>Whoever lets an act in has looked whether there is the finding. An act on one that there is
 * not is kept, and shows nowhere.
 */
public final class FindingStage implements Stage<FindingRecord, FindingEvent> {
    /** How many acts on one finding are kept: the first ones; further ones are counted. */
    public static final int ACTS_MAX = 500;

    /** How long a finding is kept after its end and the last act: the networks' dispute tail. */
    private static final Duration KEPT_FOR = Duration.ofDays(540);

    private static final Comparator<Entry> ORDER =
            Comparator.comparing(Entry::at).thenComparing(Entry::eventId);

    @Override
    public String name() {
        return "finding";
    }

    @Override
    public String key(FindingEvent event) {
        return event.finding();
    }

    @Override
    public Effect<FindingRecord> apply(
            @Nullable FindingRecord state, FindingEvent event, Context context) {
        FindingRecord before = state == null ? FindingRecord.NONE : state;
        return switch (event) {
            case Acted acted -> act(before, acted, context);
            case Found found ->
                    effect(
                            new FindingRecord(
                                    later(before.found(), found),
                                    before.ended(),
                                    before.handling()),
                            List.of(),
                            context);
            case Ended ended ->
                    effect(
                            new FindingRecord(
                                    before.found(),
                                    later(before.ended(), ended),
                                    before.handling()),
                            List.of(),
                            context);
        };
    }

    /** The one told later; of two told in one millisecond, the same whichever came first. */
    private static <E extends FindingEvent> E later(@Nullable E known, E told) {
        if (known == null) {
            return told;
        }
        int order = known.origin().occurredAt().compareTo(told.origin().occurredAt());
        if (order == 0) {
            order = known.toString().compareTo(told.toString());
        }
        return order > 0 ? known : told;
    }

    private static Effect<FindingRecord> act(FindingRecord before, Acted acted, Context context) {
        Handling known = before.handling();
        List<Entry> entries = new ArrayList<>(known == null ? List.of() : known.entries());
        Entry told =
                new Entry(
                        acted.origin().occurredAt(),
                        acted.origin().eventId(),
                        acted.actor(),
                        acted.act());
        int at = Collections.binarySearch(entries, told, ORDER);
        if (at >= 0) {
            return effect(before, List.of(), context);
        }
        if (entries.size() >= ACTS_MAX) {
            Series dropped = Series.of(Metric.FINDING_ACTS_OVER_LIMIT, acted.origin().gateway());
            return effect(before, List.of(new Count(dropped, 1)), context);
        }
        entries.add(-at - 1, told);
        Handling after = handling(entries, context.now());
        return effect(
                before.withHandling(after),
                List.of(new FindingHandled(acted.finding(), after)),
                context);
    }

    @Override
    public Effect<FindingRecord> onDeadline(String key, FindingRecord state, Context context) {
        Handling handling = state.handling();
        if (handling != null) {
            Handling after = handling(handling.entries(), context.now());
            if (!after.equals(handling)) {
                return effect(
                        state.withHandling(after),
                        List.of(new FindingHandled(key, after)),
                        context);
            }
        }
        Instant forgotten = forgottenAt(state);
        return forgotten != null && !context.now().isBefore(forgotten)
                ? Effect.forget(List.of())
                : effect(state, List.of(), context);
    }

    private static Effect<FindingRecord> effect(
            FindingRecord state, List<Output> outputs, Context context) {
        Handling handling = state.handling();
        Instant wakes = handling == null ? null : handling.snoozedUntil();
        Instant forgotten = forgottenAt(state);
        Instant due =
                wakes == null || (forgotten != null && forgotten.isBefore(wakes))
                        ? forgotten
                        : wakes;
        // An act may be dated by a clock that was wrong: a deadline is never in the past.
        Instant earliest = context.now().plusMillis(1);
        return new Effect<>(state, outputs, due != null && due.isBefore(earliest) ? earliest : due);
    }

    /** When it is forgotten; null while the facts say that it holds. */
    private static @Nullable Instant forgottenAt(FindingRecord state) {
        if (state.open()) {
            return null;
        }
        Instant last = state.endedAt();
        Handling handling = state.handling();
        if (handling != null) {
            Instant acted = handling.entries().getLast().at();
            last = last == null || acted.isAfter(last) ? acted : last;
        }
        return last == null ? null : last.plus(KEPT_FOR);
    }

    /** What the acts, in their order, come to at that moment. */
    public static Handling handling(List<Entry> entries, Instant now) {
        State state = State.OPEN;
        String assignee = "";
        Instant snoozedUntil = null;
        for (Entry entry : entries) {
            switch (entry.act()) {
                case Acknowledge() -> {
                    state = assignee.isEmpty() ? State.ACKNOWLEDGED : State.ASSIGNED;
                    snoozedUntil = null;
                }
                case Assign(String to) -> {
                    assignee = to;
                    state = State.ASSIGNED;
                    snoozedUntil = null;
                }
                case Snooze(Instant until) -> {
                    state = State.SNOOZED;
                    snoozedUntil = until;
                }
                case Resolve _ -> {
                    state = State.RESOLVED;
                    snoozedUntil = null;
                }
                case MarkFalsePositive _ -> {
                    state = State.FALSE_POSITIVE;
                    snoozedUntil = null;
                }
                case Reopen() -> {
                    state = assignee.isEmpty() ? State.OPEN : State.ASSIGNED;
                    snoozedUntil = null;
                }
                case Comment _ -> {
                    // A remark changes nothing else.
                }
            }
        }
        if (snoozedUntil != null && !snoozedUntil.isAfter(now)) {
            state = assignee.isEmpty() ? State.OPEN : State.ASSIGNED;
            snoozedUntil = null;
        }
        return new Handling(state, assignee, snoozedUntil, entries);
    }

    @Override
    public Codec<FindingRecord> codec() {
        return RecordCodec.INSTANCE;
    }

    /** Layout 1: found and ended as events, handling. */
    private enum RecordCodec implements Codec<FindingRecord> {
        INSTANCE;

        private static final EventCodec EVENTS = new EventCodec();

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(FindingRecord value, ByteWriter out) {
            out.optional(value.found(), (writer, event) -> writer.blob(EVENTS.encode(event)));
            out.optional(value.ended(), (writer, event) -> writer.blob(EVENTS.encode(event)));
            out.optional(value.handling(), (writer, handling) -> handling.write(writer));
        }

        @Override
        public FindingRecord read(int version, ByteReader in) {
            return new FindingRecord(
                    in.optional(reader -> event(reader, Found.class)),
                    in.optional(reader -> event(reader, Ended.class)),
                    in.optional(Handling::read));
        }

        private static <E extends FindingEvent> E event(ByteReader in, Class<E> type) {
            Event event = EVENTS.decode(in.blob());
            if (!type.isInstance(event)) {
                throw new CodecException("not an event of a finding's record");
            }
            return type.cast(event);
        }
    }
}
