package io.paybeacon.core.finding;

import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.FindingEvent.Ended;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Notify;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage whose findings are on record: what it tells the world of a finding it tells the stage of
 * findings, too, which remembers it when the facts that made it are long gone.
 *
 * @param stage what watches the facts
 */
public record RecordedStage<S, E extends Event>(Stage<S, E> stage) implements Stage<S, E> {
    /** Whose account the record is told under: the agent's own, which is no gateway's. */
    public static final String ACCOUNT = "paybeacon";

    @Override
    public String name() {
        return stage.name();
    }

    @Override
    public String key(E event) {
        return stage.key(event);
    }

    @Override
    public Effect<S> apply(@Nullable S state, E event, Context context) {
        return recorded(stage.apply(state, event, context), context.now());
    }

    @Override
    public Effect<S> onDeadline(String key, S state, Context context) {
        return recorded(stage.onDeadline(key, state, context), context.now());
    }

    @Override
    public Codec<S> codec() {
        return stage.codec();
    }

    @Override
    public @Nullable E combine(E first, E second) {
        return stage.combine(first, second);
    }

    private static <S> Effect<S> recorded(Effect<S> effect, Instant now) {
        List<Output> record = new ArrayList<>();
        for (Output output : effect.outputs()) {
            switch (output) {
                case FindingOpened(Finding finding) -> record.add(found(finding, now));
                case FindingUpdated(Finding finding) -> record.add(found(finding, now));
                case FindingResolved(var id, var resolvedAt, var resolution) ->
                        record.add(
                                new Forward(new Ended(origin(resolvedAt), id, resolution.label())));
                case FindingHandled _, Notify _, Forward _, Measurement _ -> {
                    // Nothing that the facts say of a finding.
                }
            }
        }
        if (record.isEmpty()) {
            return effect;
        }
        record.addAll(0, effect.outputs());
        return new Effect<>(effect.state(), record, effect.deadline());
    }

    private static Output found(Finding finding, Instant now) {
        return new Forward(
                new Found(
                        origin(now),
                        finding.id(),
                        finding.kind().label(),
                        finding.severity().label(),
                        finding.gateway(),
                        finding.subject(),
                        finding.openedAt(),
                        finding.atStake(),
                        finding.cause(),
                        finding.remedy(),
                        finding.evidence()));
    }

    private static Origin origin(Instant at) {
        return new Origin(ACCOUNT, "finding", at);
    }
}
