package io.paybeacon.core.probe;

import io.paybeacon.core.codec.Codec;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.event.ProbeEvent.OrphanSettled;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.core.event.ProbeEvent.StepResult;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.Level;
import io.paybeacon.core.output.Output.Observation;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.probe.ProbeState.Confirmation;
import io.paybeacon.core.probe.ProbeState.LastRun;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Measures what probes found. A run during which the agent itself was ill is counted as such and
 * is no sample of the gateway.
 */
public final class ProbeStage implements Stage<ProbeState, ProbeEvent> {
    /** How many event ids a probe remembers to tell repeats. */
    static final int RECENT_EVENTS_MAX = 128;

    /** How many runs with something left behind a probe names; more are not told apart. */
    static final int ORPHANS_MAX = 1_000;

    /**
     * How many runs a probe names that were settled before they were told of. Those of runs that
     * were never told of, because the agent died first, stay; there is one a crash at most.
     */
    static final int SETTLED_BEFORE_MAX = 128;

    private static final String PASSED = "passed";
    private static final String FAILED = "failed";
    private static final String CONFIRMED = "confirmed";
    private static final String NOT_CONFIRMED = "not_confirmed";

    @Override
    public String name() {
        return "probe";
    }

    @Override
    public String key(ProbeEvent event) {
        return event.origin().gateway() + ":" + probe(event);
    }

    @Override
    public Codec<ProbeState> codec() {
        return ProbeStateCodec.INSTANCE;
    }

    @Override
    public Effect<ProbeState> apply(@Nullable ProbeState state, ProbeEvent event, Context context) {
        Origin origin = event.origin();
        ProbeState before =
                state != null ? state : ProbeState.unknown(origin.gateway(), probe(event));
        if (before.recent().contains(origin.eventId())) {
            return Effect.hold(before, List.of());
        }
        return switch (event) {
            case RunCompleted run ->
                    run.confirmation() ? confirmed(before, run) : completed(before, run);
            case OrphanSettled settled -> settled(before, settled);
            case SlotAccounted slot -> slot(before, slot);
            case WebhookSeen seen -> seen(before, seen, context);
        };
    }

    @Override
    public Effect<ProbeState> onDeadline(String key, ProbeState state, Context context) {
        return Effect.hold(state, List.of());
    }

    private static String probe(ProbeEvent event) {
        return switch (event) {
            case RunCompleted run -> run.probe();
            case OrphanSettled settled -> settled.probe();
            case SlotAccounted slot -> slot.probe();
            case WebhookSeen _ -> "";
        };
    }

    private static Effect<ProbeState> completed(ProbeState before, RunCompleted run) {
        String gateway = before.gateway();
        String probe = before.probe();
        Failure failure = run.failure();
        boolean ill = failure != null && failure.reason().ofAgent();
        List<Output> outputs = new ArrayList<>();
        outputs.add(new Count(Series.of(Metric.PROBE_RUNS, gateway, probe, outcome(failure)), 1));
        outputs.add(attempts(before, run));
        if (!ill) {
            sample(before, run, outputs);
        }
        LastRun last = before.last();
        boolean latest = last == null || !run.startedAt().isBefore(last.startedAt());
        if (latest) {
            last =
                    new LastRun(
                            run.run(), run.traceId(), run.startedAt(), run.totalNanos(), failure);
            if (!ill) {
                outputs.add(
                        new Level(
                                Series.of(Metric.PROBE_UP, gateway, probe),
                                failure == null ? 1 : 0));
            }
        }
        Instant passedAt = before.lastPassedAt();
        if (failure == null && (passedAt == null || run.startedAt().isAfter(passedAt))) {
            passedAt = run.startedAt();
            outputs.add(
                    new Level(
                            Series.of(Metric.PROBE_LAST_SUCCESS, gateway, probe),
                            passedAt.getEpochSecond()));
        }
        ProbeState after =
                new ProbeState(
                        gateway,
                        probe,
                        remember(before, run.origin()),
                        last,
                        passedAt,
                        failuresInARow(before, run, latest, ill),
                        orphans(before, run),
                        without(before.settledBefore(), run.run()),
                        before.confirmation());
        outputs.addAll(levels(after));
        return Effect.hold(after, outputs);
    }

    /** A confirmation says whether a failure lasts; it is no sample of how often there is one. */
    private static Effect<ProbeState> confirmed(ProbeState before, RunCompleted run) {
        Failure failure = run.failure();
        Confirmation confirmation = before.confirmation();
        List<Output> outputs = new ArrayList<>();
        outputs.add(attempts(before, run));
        if (failure == null || !failure.reason().ofAgent()) {
            confirmation =
                    new Confirmation(run.run(), run.startedAt(), failure != null)
                            .later(confirmation);
            outputs.add(
                    new Count(
                            Series.of(
                                    Metric.PROBE_CONFIRMATIONS,
                                    before.gateway(),
                                    before.probe(),
                                    failure != null ? CONFIRMED : NOT_CONFIRMED),
                            1));
        }
        ProbeState after =
                new ProbeState(
                        before.gateway(),
                        before.probe(),
                        remember(before, run.origin()),
                        before.last(),
                        before.lastPassedAt(),
                        before.failuresInARow(),
                        orphans(before, run),
                        without(before.settledBefore(), run.run()),
                        confirmation);
        outputs.addAll(levels(after));
        return Effect.hold(after, outputs);
    }

    private static Output attempts(ProbeState probe, RunCompleted run) {
        long attempts = run.steps().stream().filter(StepResult::onWire).count();
        return new Count(
                Series.of(Metric.PROBE_ATTEMPTS, probe.gateway(), probe.probe()), attempts);
    }

    private static List<Output> levels(ProbeState probe) {
        return List.of(
                new Level(
                        Series.of(Metric.PROBE_ORPHANS, probe.gateway(), probe.probe()),
                        probe.orphans().size()),
                new Level(
                        Series.of(Metric.PROBE_CONFIRMED_DOWN, probe.gateway(), probe.probe()),
                        probe.confirmedDown() ? 1 : 0));
    }

    private static List<String> orphans(ProbeState before, RunCompleted run) {
        List<String> orphans = before.orphans();
        boolean settled = before.settledBefore().contains(run.run());
        boolean left = run.cleanup() == Cleanup.ORPHANED && !settled;
        return left && orphans.size() < ORPHANS_MAX ? with(orphans, run.run()) : orphans;
    }

    private static String outcome(@Nullable Failure failure) {
        if (failure == null) {
            return PASSED;
        }
        return failure.reason().ofAgent() ? failure.reason().label() : FAILED;
    }

    /** A run that is told late neither ends a row that began after it nor lengthens one. */
    private static long failuresInARow(
            ProbeState before, RunCompleted run, boolean latest, boolean ill) {
        if (run.failure() == null) {
            return latest ? 0 : before.failuresInARow();
        }
        Instant passedAt = before.lastPassedAt();
        boolean since = passedAt == null || run.startedAt().isAfter(passedAt);
        return before.failuresInARow() + (since && !ill ? 1 : 0);
    }

    /** What a run says about the gateway. Failures and timeouts are samples like any other. */
    private static void sample(ProbeState probe, RunCompleted run, List<Output> outputs) {
        String gateway = probe.gateway();
        String name = probe.probe();
        Failure failure = run.failure();
        Duration total = Duration.ofNanos(run.totalNanos());
        Duration ofGateway = Duration.ofNanos(Math.max(0, run.totalNanos() - ownNanos(run)));
        Duration waited = Duration.between(run.dueAt(), run.startedAt());
        outputs.add(
                Observation.of(
                        Series.of(Metric.PROBE_DURATION, gateway, name), ofGateway, run.traceId()));
        outputs.add(
                Observation.of(
                        Series.of(Metric.PROBE_DURATION_FROM_DUE, gateway, name),
                        waited.isNegative() ? total : total.plus(waited),
                        run.traceId()));
        for (StepResult step : run.steps()) {
            if (step.purpose() != Purpose.FLOW) {
                // What customers would not have sent is no sample of what they wait for.
                continue;
            }
            step.phases()
                    .forEach((phase, nanos) ->
                            outputs.add(
                                    new Observation(
                                            Series.of(
                                                    Metric.PROBE_PHASE,
                                                    gateway,
                                                    name,
                                                    phase.label(),
                                                    step.connection().label()),
                                            Math.max(0, nanos),
                                            run.traceId())));
        }
        if (failure != null) {
            outputs.add(new Count(Series.of(Metric.PROBE_FAILURES, gateway, name), 1));
            outputs.add(
                    new Count(
                            Series.of(
                                    Metric.PROBE_STEP_FAILURES,
                                    gateway,
                                    name,
                                    failure.step(),
                                    failure.reason().label()),
                            1));
        }
    }

    /**
     * What of a run no customer would have waited for: the gateway's pace, which the agent keeps of
     * its own accord, getting tokens, which a shop has at hand, and checking replays.
     */
    private static long ownNanos(RunCompleted run) {
        long nanos = 0;
        for (StepResult step : run.steps()) {
            nanos +=
                    switch (step.purpose()) {
                        case FLOW, RECOVERY ->
                                step.phases().getOrDefault(Phase.QUEUE, 0L)
                                        + step.phases().getOrDefault(Phase.TOKEN, 0L);
                        case REPLAY_CHECK -> step.totalNanos();
                        // The time of a token is in the attempt that needed it; cleanup is not in
                        // the total at all.
                        case TOKEN, CLEANUP -> 0;
                    };
        }
        return nanos;
    }

    private static Effect<ProbeState> settled(ProbeState before, OrphanSettled event) {
        boolean told = before.orphans().contains(event.run());
        List<String> orphans = without(before.orphans(), event.run());
        List<String> settledBefore = before.settledBefore();
        if (!told && settledBefore.size() < SETTLED_BEFORE_MAX) {
            settledBefore = with(settledBefore, event.run());
        }
        Series series = Series.of(Metric.PROBE_ORPHANS, before.gateway(), before.probe());
        return Effect.hold(
                new ProbeState(
                        before.gateway(),
                        before.probe(),
                        remember(before, event.origin()),
                        before.last(),
                        before.lastPassedAt(),
                        before.failuresInARow(),
                        orphans,
                        settledBefore,
                        before.confirmation()),
                List.of(new Level(series, orphans.size())));
    }

    private static Effect<ProbeState> slot(ProbeState before, SlotAccounted slot) {
        String gateway = before.gateway();
        String probe = before.probe();
        List<Output> outputs = new ArrayList<>();
        outputs.add(
                new Count(
                        Series.of(Metric.PROBE_SLOTS, gateway, probe, slot.outcome().label()),
                        slot.count()));
        if (slot.outcome() == SlotOutcome.RAN || slot.outcome() == SlotOutcome.LATE) {
            Series series = Series.of(Metric.PROBE_LAG, gateway, probe);
            outputs.add(new Observation(series, Math.max(0, slot.lagNanos())));
        }
        return Effect.hold(remembering(before, slot.origin()), outputs);
    }

    private static Effect<ProbeState> seen(ProbeState before, WebhookSeen seen, Context context) {
        Duration lag = Duration.between(seen.origin().occurredAt(), context.now());
        Series series = Series.of(Metric.PROBE_WEBHOOK_LAG, before.gateway());
        return Effect.hold(
                remembering(before, seen.origin()), List.of(Observation.of(series, lag, "")));
    }

    private static ProbeState remembering(ProbeState before, Origin origin) {
        return new ProbeState(
                before.gateway(),
                before.probe(),
                remember(before, origin),
                before.last(),
                before.lastPassedAt(),
                before.failuresInARow(),
                before.orphans(),
                before.settledBefore(),
                before.confirmation());
    }

    private static List<String> remember(ProbeState before, Origin origin) {
        List<String> recent = with(before.recent(), origin.eventId());
        int surplus = recent.size() - RECENT_EVENTS_MAX;
        return surplus > 0 ? recent.subList(surplus, recent.size()) : recent;
    }

    private static List<String> without(List<String> texts, String one) {
        List<String> fewer = new ArrayList<>(texts);
        fewer.remove(one);
        return fewer;
    }

    private static List<String> with(List<String> texts, String one) {
        List<String> more = new ArrayList<>(texts);
        more.add(one);
        return more;
    }
}
