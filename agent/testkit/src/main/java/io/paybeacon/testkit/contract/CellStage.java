package io.paybeacon.testkit.contract;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.GatewayEvent;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.Level;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds deltas up; it cannot tell a repeated one, so it shows whether forwards arrive exactly once.
 *
 * @param combines whether deltas may be combined before they arrive
 */
record CellStage(boolean combines) implements Stage<CellStage.Cell, GatewayEvent> {
    static final String NAME = "toy_cell";

    /**
     * The state.
     *
     * @param captured how many captures were forwarded
     * @param alarms how many deadlines were
     */
    record Cell(long captured, long alarms) {}

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String key(GatewayEvent event) {
        return event.gateway();
    }

    @Override
    public Effect<Cell> apply(@Nullable Cell state, GatewayEvent event, Context context) {
        return switch (event) {
            case CellDelta delta -> {
                Cell old = state == null ? new Cell(0, 0) : state;
                long captured = delta.payments().getOrDefault(PaymentStatus.CAPTURED, 0L);
                long alarms = delta.payments().getOrDefault(PaymentStatus.UNKNOWN, 0L);
                Cell cell = new Cell(old.captured + captured, old.alarms + alarms);
                List<Output> outputs =
                        List.of(
                                new Count(Series.of(Metric.ORDERS_PAID, delta.gateway()), captured),
                                new Level(
                                        Series.of(
                                                Metric.GATEWAY_RECENT_ATTEMPTS,
                                                delta.gateway(),
                                                "approved"),
                                        cell.captured));
                yield Effect.hold(cell, outputs);
            }
        };
    }

    @Override
    public Effect<Cell> onDeadline(String key, Cell state, Context context) {
        throw new IllegalStateException("a cell sets no deadlines");
    }

    @Override
    public @Nullable GatewayEvent combine(GatewayEvent first, GatewayEvent second) {
        if (!combines) {
            return null;
        }
        return switch (first) {
            case CellDelta one ->
                    switch (second) {
                        case CellDelta two -> one.plus(two);
                    };
        };
    }

    @Override
    public Codec<Cell> codec() {
        return new Bytes();
    }

    private static final class Bytes implements Codec<Cell> {
        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Cell value, ByteWriter out) {
            out.signed(value.captured);
            out.signed(value.alarms);
        }

        @Override
        public Cell read(int version, ByteReader in) {
            return new Cell(in.signed(), in.signed());
        }
    }
}
