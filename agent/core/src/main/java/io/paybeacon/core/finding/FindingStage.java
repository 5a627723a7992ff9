package io.paybeacon.core.finding;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.FindingEvent;
import io.paybeacon.core.event.FindingEvent.Acknowledge;
import io.paybeacon.core.event.FindingEvent.Acted;
import io.paybeacon.core.event.FindingEvent.Assign;
import io.paybeacon.core.event.FindingEvent.Comment;
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
 * Keeps what people do to findings, in the order in which they did it, and says what it comes to.
 *
 * <p>It does not know which findings there are: whoever lets an act in has looked. An act on a
 * finding that there is not is kept, and shows nowhere.
 */
public final class FindingStage implements Stage<Handling, FindingEvent> {
    /** How many acts on one finding are kept: the first ones; further ones are counted. */
    public static final int ACTS_MAX = 500;

    /** How long the acts are kept after the last: the dispute tail of the card networks. */
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
    public Effect<Handling> apply(@Nullable Handling state, FindingEvent event, Context context) {
        return switch (event) {
            case Acted acted -> act(state, acted, context);
        };
    }

    private static Effect<Handling> act(@Nullable Handling state, Acted acted, Context context) {
        List<Entry> entries = new ArrayList<>(state == null ? List.of() : state.entries());
        Entry told =
                new Entry(
                        acted.origin().occurredAt(),
                        acted.origin().eventId(),
                        acted.actor(),
                        acted.act());
        int at = Collections.binarySearch(entries, told, ORDER);
        if (at >= 0) {
            return effect(state, handling(entries, context.now()), List.of(), context);
        }
        Series dropped = Series.of(Metric.FINDING_ACTS_OVER_LIMIT, acted.origin().gateway());
        if (entries.size() >= ACTS_MAX) {
            return effect(
                    state,
                    handling(entries, context.now()),
                    List.of(new Count(dropped, 1)),
                    context);
        }
        entries.add(-at - 1, told);
        Handling after = handling(entries, context.now());
        return effect(after, after, List.of(new FindingHandled(acted.finding(), after)), context);
    }

    @Override
    public Effect<Handling> onDeadline(String key, Handling state, Context context) {
        Instant last = state.entries().getLast().at();
        Handling after = handling(state.entries(), context.now());
        if (!after.equals(state)) {
            return effect(after, after, List.of(new FindingHandled(key, after)), context);
        }
        if (!context.now().isBefore(last.plus(KEPT_FOR))) {
            return Effect.forget(List.of());
        }
        return effect(state, state, List.of(), context);
    }

    private static Effect<Handling> effect(
            @Nullable Handling state, Handling current, List<Output> outputs, Context context) {
        Handling kept = state == null ? current : state;
        Instant wakes = kept.snoozedUntil();
        Instant forgotten = kept.entries().getLast().at().plus(KEPT_FOR);
        // An act may be dated by a clock that was wrong: a deadline is never in the past.
        Instant earliest = context.now().plusMillis(1);
        Instant due = wakes == null || forgotten.isBefore(wakes) ? forgotten : wakes;
        return new Effect<>(kept, outputs, due.isBefore(earliest) ? earliest : due);
    }

    /** What the acts, in their order, come to at that moment. */
    static Handling handling(List<Entry> entries, Instant now) {
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
    public Codec<Handling> codec() {
        return HandlingCodec.INSTANCE;
    }

    /** Layout 1: {@link Handling#write}. */
    private enum HandlingCodec implements Codec<Handling> {
        INSTANCE;

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Handling value, ByteWriter out) {
            value.write(out);
        }

        @Override
        public Handling read(int version, ByteReader in) {
            return Handling.read(in);
        }
    }
}
