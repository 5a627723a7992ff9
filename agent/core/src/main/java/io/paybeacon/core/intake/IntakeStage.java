package io.paybeacon.core.intake;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.IntakeEvent;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts messages that no feature reads, each once, however often its sender repeats it.
 *
 * <p>The state of a key says that its message was counted, for as long as senders repeat messages:
 * Stripe for three days (docs.stripe.com/webhooks, "Retry behavior").
 */
public final class IntakeStage implements Stage<IntakeStage.Counted, IntakeEvent> {
    private static final Duration REMEMBERED_FOR = Duration.ofDays(4);

    /** The message was counted. */
    public record Counted() {
        static final Counted ONCE = new Counted();
    }

    @Override
    public String name() {
        return "intake";
    }

    @Override
    public String key(IntakeEvent event) {
        return event.origin().gateway() + ":" + event.origin().eventId();
    }

    @Override
    public Effect<Counted> apply(@Nullable Counted state, IntakeEvent event, Context context) {
        String reason =
                switch (event) {
                    case Skipped skipped -> skipped.reason().label();
                    case Malformed malformed -> malformed.reason().label();
                };
        Series series = Series.of(Metric.INTAKE_UNUSED, event.origin().gateway(), reason);
        return new Effect<>(
                Counted.ONCE,
                state == null ? List.of(new Count(series, 1)) : List.of(),
                context.now().plus(REMEMBERED_FOR));
    }

    @Override
    public Effect<Counted> onDeadline(String key, Counted state, Context context) {
        return Effect.forget(List.of());
    }

    @Override
    public Codec<Counted> codec() {
        return CountedCodec.INSTANCE;
    }

    private enum CountedCodec implements Codec<Counted> {
        INSTANCE;

        @Override
        public int version() {
            return 1;
        }

        @Override
        public void write(Counted value, ByteWriter out) {
            // Being there says it all.
        }

        @Override
        public Counted read(int version, ByteReader in) {
            return Counted.ONCE;
        }
    }
}
