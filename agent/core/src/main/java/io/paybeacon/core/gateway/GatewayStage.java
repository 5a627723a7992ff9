package io.paybeacon.core.gateway;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.GatewayEvent;
import io.paybeacon.core.event.GatewayEvent.CellDelta;
import io.paybeacon.core.event.GatewayEvent.Outcomes;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Level;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds up what the payments of a gateway account tell, now and over the last minutes. */
public final class GatewayStage implements Stage<GatewayCell, GatewayEvent> {
    /** How far back the recent attempts go. */
    static final Duration WINDOW = Duration.ofMinutes(15);

    @Override
    public String name() {
        return "gateway";
    }

    @Override
    public String key(GatewayEvent event) {
        return event.gateway();
    }

    @Override
    public Codec<GatewayCell> codec() {
        return GatewayCellCodec.INSTANCE;
    }

    @Override
    public GatewayEvent combine(GatewayEvent first, GatewayEvent second) {
        return switch (first) {
            case CellDelta one ->
                    switch (second) {
                        case CellDelta other -> one.plus(other);
                    };
        };
    }

    @Override
    public Effect<GatewayCell> apply(
            @Nullable GatewayCell state, GatewayEvent event, Context context) {
        GatewayCell before =
                state != null ? state : new GatewayCell(event.gateway(), Map.of(), new TreeMap<>());
        return switch (event) {
            case CellDelta delta -> {
                Map<PaymentStatus, Long> payments = new EnumMap<>(PaymentStatus.class);
                payments.putAll(before.payments());
                delta.payments().forEach((status, by) -> payments.merge(status, by, Long::sum));
                SortedMap<Instant, Outcomes> minutes = new TreeMap<>(before.minutes());
                delta.outcomes().forEach((minute, by) -> minutes.merge(minute, by, Outcomes::plus));
                GatewayCell after = new GatewayCell(before.gateway(), payments, minutes);
                yield effect(state, prune(after, context.now()), context.now());
            }
        };
    }

    @Override
    public Effect<GatewayCell> onDeadline(String key, GatewayCell state, Context context) {
        return effect(state, prune(state, context.now()), context.now());
    }

    private static GatewayCell prune(GatewayCell cell, Instant now) {
        Instant oldest = now.minus(WINDOW).truncatedTo(ChronoUnit.MINUTES);
        return new GatewayCell(cell.gateway(), cell.payments(), cell.minutes().tailMap(oldest));
    }

    private static Effect<GatewayCell> effect(
            @Nullable GatewayCell before, GatewayCell after, Instant now) {
        List<Output> outputs = new ArrayList<>();
        for (PaymentStatus status : PaymentStatus.values()) {
            long count = after.payments().getOrDefault(status, 0L);
            if (before == null || before.payments().getOrDefault(status, 0L) != count) {
                outputs.add(
                        new Level(
                                Series.of(Metric.PAYMENTS, after.gateway(), status.label()),
                                count));
            }
        }
        Outcomes recent = after.recent();
        if (before == null || !before.recent().equals(recent)) {
            outputs.add(recent(after.gateway(), "approved", recent.approved()));
            outputs.add(recent(after.gateway(), "declined", recent.declined()));
            outputs.add(recent(after.gateway(), "error", recent.errors()));
            outputs.add(recent(after.gateway(), "abandoned", recent.abandoned()));
        }
        Instant next = now.truncatedTo(ChronoUnit.MINUTES).plus(Duration.ofMinutes(1));
        return new Effect<>(after, outputs, after.minutes().isEmpty() ? null : next);
    }

    private static Output recent(String gateway, String outcome, long count) {
        return new Level(Series.of(Metric.GATEWAY_RECENT_ATTEMPTS, gateway, outcome), count);
    }

    /** Layout 1: gateway, payments by status, outcomes by minute. */
    private enum GatewayCellCodec implements Codec<GatewayCell> {
        INSTANCE;

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(GatewayCell value, ByteWriter out) {
            out.text(value.gateway());
            out.list(
                    value.payments().entrySet(),
                    (w, entry) -> {
                        PaymentStatus.NAMES.write(w, entry.getKey());
                        w.signed(entry.getValue());
                    });
            out.list(
                    value.minutes().entrySet(),
                    (w, entry) -> {
                        w.instant(entry.getKey());
                        Outcomes outcomes = entry.getValue();
                        w.signed(outcomes.approved());
                        w.signed(outcomes.declined());
                        w.signed(outcomes.errors());
                        w.signed(outcomes.abandoned());
                    });
        }

        @Override
        public GatewayCell read(int version, ByteReader in) {
            String gateway = in.text();
            Map<PaymentStatus, Long> payments = new EnumMap<>(PaymentStatus.class);
            for (var entry : in.list(r -> Map.entry(PaymentStatus.NAMES.read(r), r.signed()))) {
                payments.put(entry.getKey(), entry.getValue());
            }
            SortedMap<Instant, Outcomes> minutes = new TreeMap<>();
            for (var entry : in.list(r -> Map.entry(r.instant(), readOutcomes(r)))) {
                minutes.put(entry.getKey(), entry.getValue());
            }
            return new GatewayCell(gateway, payments, minutes);
        }

        private static Outcomes readOutcomes(ByteReader in) {
            return new Outcomes(in.signed(), in.signed(), in.signed(), in.signed());
        }
    }
}
