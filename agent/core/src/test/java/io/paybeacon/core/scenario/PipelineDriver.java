package io.paybeacon.core.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Handling;
import io.paybeacon.core.output.Notification;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Change;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Level;
import io.paybeacon.core.output.Output.Notify;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.pipeline.Step;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Reference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * The pipeline on a map of states: the contract of an engine without its durability. Forwards wait
 * until they are delivered, so that tests may have them late and in any order.
 *
 * <p>Every state goes through its bytes before it is kept, so every test proves the codecs too.
 */
public final class PipelineDriver {
    private final Pipeline pipeline = Pipeline.standard();
    private final Map<String, Map<String, Object>> states = new TreeMap<>();
    private final Map<String, Map<String, Instant>> deadlines = new TreeMap<>();
    private final Map<Series, Long> values = new HashMap<>();
    private final Map<Series, List<Long>> observations = new HashMap<>();
    private final Map<String, Finding> openFindings = new TreeMap<>();
    private final Map<String, Handling> handled = new TreeMap<>();
    private final List<Notification> notifications = new ArrayList<>();
    private final List<Output> outputs = new ArrayList<>();
    private final List<Event> forwards = new ArrayList<>();
    private Reference reference = Reference.defaults();

    public PipelineDriver() {
        for (Step<?, ?> step : pipeline.steps()) {
            states.put(step.name(), new TreeMap<>());
            deadlines.put(step.name(), new TreeMap<>());
        }
    }

    public void refer(Reference next) {
        reference = next;
    }

    /** Applies one event; what it forwards waits. */
    public void apply(Event event, Instant now) {
        Step<?, ?> step = pipeline.steps().get(pipeline.route(event));
        String key = step.key(event);
        assertThat(key).isNotEmpty();
        Object before = states(step).get(key);
        Context context = new Context(now, reference);
        Effect<?> effect = step.apply(before, event, context);
        assertThat(step.apply(before, event, context)).as("a stage is pure").isEqualTo(effect);
        keep(step, key, effect);
    }

    /** Applies an event and everything that follows from it, in order. */
    public void applyAll(Event event, Instant now) {
        apply(event, now);
        deliverAll(now);
    }

    public int waiting() {
        return forwards.size();
    }

    /** Delivers the forward at this place in the queue. */
    public void deliver(int index, Instant now) {
        apply(forwards.remove(index), now);
    }

    public void deliverAll(Instant now) {
        while (!forwards.isEmpty()) {
            deliver(0, now);
        }
    }

    /** Fires every deadline up to now, in order of its time, with what follows from it. */
    public void tick(Instant now) {
        // A stage that set a deadline that is past, again and again, would hold a tick for ever.
        for (int fired = 0; fired < 100_000; fired++) {
            Due due = earliest(now);
            if (due == null) {
                return;
            }
            deadlines(due.step).remove(due.key);
            Object state = Objects.requireNonNull(states(due.step).get(due.key));
            keep(
                    due.step,
                    due.key,
                    due.step.onDeadline(due.key, state, new Context(now, reference)));
            deliverAll(now);
        }
        throw new AssertionError("deadlines that never end, up to " + now);
    }

    private record Due(Step<?, ?> step, String key, Instant at) {}

    private Due earliest(Instant now) {
        Due earliest = null;
        for (Step<?, ?> step : pipeline.steps()) {
            for (Map.Entry<String, Instant> entry : deadlines(step).entrySet()) {
                Instant at = entry.getValue();
                if (!at.isAfter(now) && (earliest == null || at.isBefore(earliest.at))) {
                    earliest = new Due(step, entry.getKey(), at);
                }
            }
        }
        return earliest;
    }

    private void keep(Step<?, ?> step, String key, Effect<?> effect) {
        Object state = effect.state();
        if (state == null) {
            states(step).remove(key);
        } else {
            Object read = step.decode(step.encode(state));
            assertThat(read).as("the %s state after its bytes", step.name()).isEqualTo(state);
            states(step).put(key, read);
        }
        if (effect.deadline() == null) {
            deadlines(step).remove(key);
        } else {
            deadlines(step).put(key, effect.deadline());
        }
        effect.outputs().forEach(this::take);
    }

    private void take(Output output) {
        outputs.add(output);
        switch (output) {
            case Forward(Event event) -> forwards.add(event);
            case Count(Series series, long by) -> values.merge(series, by, Long::sum);
            case Change(Series series, long by) -> values.merge(series, by, Long::sum);
            case Level(Series series, long value) -> values.put(series, value);
            case Observation(Series series, long value, _) -> {
                assertThat(value).as("what %s observes", series).isNotNegative();
                observations.computeIfAbsent(series, _ -> new ArrayList<>()).add(value);
            }
            case FindingOpened(Finding finding) ->
                    assertThat(openFindings.put(finding.id(), finding))
                            .as("opened, and was not open: %s", finding.id())
                            .isNull();
            case FindingUpdated(Finding finding) ->
                    assertThat(openFindings.put(finding.id(), finding))
                            .as("updated, and was open: %s", finding.id())
                            .isNotNull();
            case FindingHandled(String id, Handling handling) -> handled.put(id, handling);
            case Notify(Notification notification) -> notifications.add(notification);
            case FindingResolved(String id, _, _) ->
                    assertThat(openFindings.remove(id))
                            .as("resolved, and was open: %s", id)
                            .isNotNull();
        }
    }

    private Map<String, Object> states(Step<?, ?> step) {
        return Objects.requireNonNull(states.get(step.name()));
    }

    private Map<String, Instant> deadlines(Step<?, ?> step) {
        return Objects.requireNonNull(deadlines.get(step.name()));
    }

    /** What a stage holds, by key. */
    public Map<String, Object> states(String stage) {
        return Objects.requireNonNull(states.get(stage));
    }

    /** The state of a key; null when it holds nothing. */
    public <S> S find(String stage, String key, Class<S> type) {
        return type.cast(states(stage).get(key));
    }

    /** When the deadline of a key is due; null when it has none. */
    public Instant deadline(String stage, String key) {
        return Objects.requireNonNull(deadlines.get(stage)).get(key);
    }

    /** A counter or gauge; 0 when nothing touched it. */
    public long value(Series series) {
        return values.getOrDefault(series, 0L);
    }

    public List<Long> observed(Series series) {
        return observations.getOrDefault(series, List.of());
    }

    /** The findings that are open, by id. */
    public Map<String, Finding> openFindings() {
        return openFindings;
    }

    /** What people did to findings, by the id of the finding. */
    public Map<String, Handling> handled() {
        return handled;
    }

    /** Who was to be told what, in order. */
    public List<Notification> notifications() {
        return notifications;
    }

    /** Every output so far, in order. */
    public List<Output> outputs() {
        return outputs;
    }
}
