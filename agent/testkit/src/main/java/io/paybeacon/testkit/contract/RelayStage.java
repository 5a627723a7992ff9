package io.paybeacon.testkit.contract;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.IdentityEvent;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the facts of each unresolved message, once, to the payment of the same name, which is
 * kept under another key of another stage. A link sets a deadline, at which the key is forgotten
 * and a finding opened.
 */
record RelayStage() implements Stage<RelayStage.Relay, IdentityEvent> {
    static final String NAME = "toy_relay";

    /**
     * The state.
     *
     * @param seen the messages that were forwarded
     * @param due when the key is forgotten; null when never
     */
    record Relay(SortedSet<String> seen, @Nullable Instant due) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String key(IdentityEvent event) {
        return event.reference().key();
    }

    @Override
    public Effect<Relay> apply(@Nullable Relay state, IdentityEvent event, Context context) {
        Relay relay = state == null ? new Relay(new TreeSet<>(), null) : state;
        return switch (event) {
            case Linked _ -> {
                Instant due = relay.due;
                if (due == null) {
                    due = context.now().plus(context.reference().parkedFor());
                }
                yield new Effect<>(new Relay(relay.seen, due), List.of(), due);
            }
            case Unresolved(var origin, var reference, var facts) -> {
                if (relay.seen.contains(origin.eventId())) {
                    yield new Effect<>(relay, List.of(), relay.due);
                }
                SortedSet<String> seen = new TreeSet<>(relay.seen);
                seen.add(origin.eventId());
                PaymentId payment = new PaymentId(reference.gateway(), reference.value());
                yield new Effect<>(
                        new Relay(seen, relay.due),
                        List.of(new Forward(new Observed(origin, payment, facts))),
                        relay.due);
            }
        };
    }

    @Override
    public Effect<Relay> onDeadline(String key, Relay state, Context context) {
        Finding finding =
                new Finding(
                        key + "/forgotten",
                        FindingKind.ORPHAN_EVENT,
                        Severity.INFO,
                        key.substring(0, key.indexOf(':')),
                        key,
                        context.now(),
                        null,
                        "the deadline was reached",
                        "nothing",
                        Map.of());
        return Effect.forget(List.of(new FindingOpened(finding)));
    }

    @Override
    public Codec<Relay> codec() {
        return new Bytes();
    }

    private static final class Bytes implements Codec<Relay> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Relay value, ByteWriter out) {
            out.list(value.seen, ByteWriter::text);
            out.optional(value.due, ByteWriter::instant);
        }

        @Override
        public Relay read(int version, ByteReader in) {
            return new Relay(
                    new TreeSet<>(in.list(ByteReader::text)), in.optional(ByteReader::instant));
        }
    }
}
