package io.paybeacon.core.source;

import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.SourceEvent;
import io.paybeacon.core.event.SourceEvent.Sampled;
import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.event.SourceEvent.SourceFailed;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.Level;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.source.SourceState.Failure;
import io.paybeacon.core.source.SourceState.Sample;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows what sources say of their gateway: the latest value of each signal, and whether the source
 * still answers. A value stays when the source fails; how old it is, its last success tells.
 */
public final class SourceStage implements Stage<SourceState, SourceEvent> {
    /** How many ids of failures a source remembers to tell repeats. */
    static final int RECENT_FAILURES_MAX = 128;

    @Override
    public String name() {
        return "source";
    }

    @Override
    public String key(SourceEvent event) {
        return event.origin().gateway() + ":" + event.source();
    }

    @Override
    public Codec<SourceState> codec() {
        return SourceStateCodec.INSTANCE;
    }

    @Override
    public Effect<SourceState> apply(
            @Nullable SourceState state, SourceEvent event, Context context) {
        SourceState before =
                state != null
                        ? state
                        : SourceState.unknown(event.origin().gateway(), event.source());
        return switch (event) {
            case Sampled sampled -> sampled(before, sampled);
            case SourceFailed failed -> failed(before, failed);
        };
    }

    @Override
    public Effect<SourceState> onDeadline(String key, SourceState state, Context context) {
        return Effect.hold(state, List.of());
    }

    private static Effect<SourceState> sampled(SourceState before, Sampled event) {
        Sample told = new Sample(event.value(), event.at(), event.origin());
        Sample known = before.samples().get(event.signal());
        Sample latest = known == null ? told : told.later(known);
        Map<Signal, Sample> samples = new EnumMap<>(Signal.class);
        samples.putAll(before.samples());
        samples.put(event.signal(), latest);
        Origin answered = before.answered();
        if (answered == null || event.origin().compareTo(answered) > 0) {
            answered = event.origin();
        }
        SourceState after =
                new SourceState(
                        before.gateway(),
                        before.source(),
                        samples,
                        answered,
                        before.failure(),
                        before.recentFailures());
        List<Output> outputs = new ArrayList<>();
        outputs.add(level(metric(event.signal()), after, latest.value()));
        outputs.add(
                level(Metric.SOURCE_LAST_SUCCESS, after, answered.occurredAt().getEpochSecond()));
        outputs.add(level(Metric.SOURCE_UP, after, after.up() ? 1 : 0));
        return Effect.hold(after, outputs);
    }

    private static Effect<SourceState> failed(SourceState before, SourceFailed event) {
        if (before.recentFailures().contains(event.origin().eventId())) {
            return Effect.hold(before, List.of());
        }
        Failure failure = before.failure();
        if (failure == null || event.origin().compareTo(failure.told()) > 0) {
            failure = new Failure(event.reason(), event.detail(), event.origin());
        }
        List<String> recent = new ArrayList<>(before.recentFailures());
        recent.add(event.origin().eventId());
        int surplus = Math.max(0, recent.size() - RECENT_FAILURES_MAX);
        SourceState after =
                new SourceState(
                        before.gateway(),
                        before.source(),
                        before.samples(),
                        before.answered(),
                        failure,
                        recent.subList(surplus, recent.size()));
        Series failures =
                Series.of(
                        Metric.SOURCE_FAILURES,
                        before.gateway(),
                        before.source(),
                        event.reason().label());
        return Effect.hold(
                after,
                List.of(
                        new Count(failures, 1),
                        level(Metric.SOURCE_UP, after, after.up() ? 1 : 0)));
    }

    private static Metric metric(Signal signal) {
        return switch (signal) {
            case LATENCY -> Metric.SOURCE_LATENCY;
            case ERROR_RATIO -> Metric.SOURCE_ERROR_RATIO;
            case STATUS -> Metric.SOURCE_STATUS;
        };
    }

    private static Level level(Metric metric, SourceState state, long value) {
        return new Level(Series.of(metric, state.gateway(), state.source()), value);
    }
}
