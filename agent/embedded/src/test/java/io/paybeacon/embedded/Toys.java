package io.paybeacon.embedded;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.GatewayEvent;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact.Described;
import io.paybeacon.core.event.PaymentFact.Property;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Change;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Level;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.output.Severity;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.pipeline.Step;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Stages that do as they are told, so that what an engine has to make of them is plain. */
final class Toys {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final String GATEWAY = "toy";

    /** What each item observes. */
    static final long LAG_NANOS = 1_500_000_000;

    static final String ITEM = "item";
    static final String CELL = "cell";

    private Toys() {}

    /** Items, then the cells they are counted in. */
    static Pipeline pipeline() {
        return new Pipeline(
                List.of(
                        new Step<>(new ItemStage(), PaymentEvent.class),
                        new Step<>(new CellStage(), GatewayEvent.class)));
    }

    /**
     * Tells an item to do something: {@code add}, {@code find}, {@code due:MILLIS} after START,
     * {@code again:MILLIS}, {@code forget}, {@code throw}, {@code throw-due}, {@code unwritable},
     * {@code back}.
     */
    static Event tell(String id, String item, String command) {
        return new Observed(
                new Origin(GATEWAY, id, START),
                new PaymentId(GATEWAY, item),
                List.of(new Described(Property.MERCHANT_REFERENCE, command)));
    }

    static String key(String item) {
        return GATEWAY + ":" + item;
    }

    /**
     * The state of an item.
     *
     * @param seen the ids of the events it was told, so that a repeat changes nothing
     * @param again how far behind a deadline the next one is; 0 for none
     * @param note what its codec and deadline do: a bug on demand
     */
    record Item(TreeSet<String> seen, long fired, long again, String note) {}

    /**
     * The state of a cell: it cannot tell a repeat, so it shows whether forwards come exactly once.
     *
     * @param applied how often a delta was applied
     * @param sum of all deltas
     */
    record Cell(long applied, long sum) {}

    private static final class ItemStage implements Stage<Item, PaymentEvent> {
        @Override
        public String name() {
            return ITEM;
        }

        @Override
        public String key(PaymentEvent event) {
            return event.payment().key();
        }

        @Override
        public Effect<Item> apply(@Nullable Item state, PaymentEvent event, Context context) {
            Observed told = (Observed) event;
            String id = told.origin().eventId();
            String[] command = ((Described) told.facts().getFirst()).value().split(":", -1);
            Item item = state == null ? new Item(new TreeSet<>(), 0, 0, "") : state;
            if (item.seen.contains(id)) {
                return Effect.hold(item, List.of());
            }
            TreeSet<String> seen = new TreeSet<>(item.seen);
            seen.add(id);
            Item next = new Item(seen, item.fired, item.again, item.note);
            List<Output> outputs = new ArrayList<>();
            outputs.add(new Count(Series.of(Metric.PAYMENTS_CREATED, GATEWAY), 1));
            outputs.add(new Observation(Series.of(Metric.WEBHOOK_LAG, GATEWAY), LAG_NANOS, id));
            outputs.add(new Change(Series.of(Metric.IDENTITY_PARKED, GATEWAY), 1));
            outputs.add(forward(told.origin()));
            return switch (command[0]) {
                case "add" -> Effect.hold(next, outputs);
                case "find" -> {
                    outputs.add(new FindingOpened(finding(id, context.now())));
                    yield Effect.hold(next, outputs);
                }
                case "due" -> new Effect<>(next, outputs, in(command[1]));
                case "again" -> {
                    long again = Long.parseLong(command[2]);
                    yield new Effect<>(
                            new Item(seen, item.fired, again, item.note), outputs, in(command[1]));
                }
                case "throw-due" ->
                        new Effect<>(
                                new Item(seen, item.fired, 0, "throw"), outputs, in(command[1]));
                case "unwritable" ->
                        Effect.hold(new Item(seen, item.fired, 0, "unwritable"), outputs);
                case "forget" -> Effect.forget(outputs);
                case "back" -> {
                    outputs.add(new Forward(told));
                    yield Effect.hold(next, outputs);
                }
                default -> throw new IllegalStateException("told to throw");
            };
        }

        @Override
        public Effect<Item> onDeadline(String key, Item state, Context context) {
            if (state.note.equals("throw")) {
                throw new IllegalStateException("told to throw");
            }
            Item fired = new Item(state.seen, state.fired + 1, state.again, "");
            Origin origin = new Origin(GATEWAY, "due", context.now());
            Instant next = state.again == 0 ? null : context.now().plusMillis(state.again);
            String id = key + "#" + fired.fired;
            return new Effect<>(
                    fired,
                    List.of(new FindingOpened(finding(id, context.now())), forward(origin)),
                    next);
        }

        @Override
        public Codec<Item> codec() {
            return new ItemCodec();
        }

        private static Instant in(String millis) {
            return START.plusMillis(Long.parseLong(millis));
        }

        private static Forward forward(Origin origin) {
            return new Forward(new CellDelta(origin, Map.of(PaymentStatus.CAPTURED, 1L), Map.of()));
        }

        private static Finding finding(String id, Instant at) {
            return new Finding(
                    id,
                    FindingKind.STUCK_PAYMENT,
                    Severity.INFO,
                    GATEWAY,
                    id,
                    at,
                    null,
                    "told to",
                    "nothing",
                    Map.of());
        }
    }

    private static final class ItemCodec implements Codec<Item> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Item value, ByteWriter out) {
            if (value.note.equals("unwritable")) {
                throw new IllegalArgumentException("told to be unwritable");
            }
            out.list(value.seen, ByteWriter::text);
            out.unsigned(value.fired);
            out.signed(value.again);
            out.text(value.note);
        }

        @Override
        public Item read(int version, ByteReader in) {
            return new Item(
                    new TreeSet<>(in.list(ByteReader::text)),
                    in.unsigned(),
                    in.signed(),
                    in.text());
        }
    }

    private static final class CellStage implements Stage<Cell, GatewayEvent> {
        @Override
        public String name() {
            return CELL;
        }

        @Override
        public String key(GatewayEvent event) {
            return event.gateway();
        }

        @Override
        public Effect<Cell> apply(@Nullable Cell state, GatewayEvent event, Context context) {
            CellDelta delta = (CellDelta) event;
            Cell cell = state == null ? new Cell(0, 0) : state;
            long by = delta.payments().getOrDefault(PaymentStatus.CAPTURED, 0L);
            Cell next = new Cell(cell.applied + 1, cell.sum + by);
            Series series = Series.of(Metric.GATEWAY_RECENT_ATTEMPTS, GATEWAY, "approved");
            return Effect.hold(next, List.of(new Level(series, next.sum)));
        }

        @Override
        public Effect<Cell> onDeadline(String key, Cell state, Context context) {
            throw new IllegalStateException("sets no deadlines");
        }

        @Override
        public GatewayEvent combine(GatewayEvent first, GatewayEvent second) {
            return ((CellDelta) first).plus((CellDelta) second);
        }

        @Override
        public Codec<Cell> codec() {
            return new Codec<>() {
                @Override
                public int version() {
                    return 1;
                }

                @Override
                public void write(Cell value, ByteWriter out) {
                    out.unsigned(value.applied);
                    out.signed(value.sum);
                }

                @Override
                public Cell read(int version, ByteReader in) {
                    return new Cell(in.unsigned(), in.signed());
                }
            };
        }
    }
}
