package io.paybeacon.probe;

import io.paybeacon.probe.journal.OpenRun;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.run.ProbeTarget;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The targets that the process knows: those of the present configuration, and earlier ones for as
 * long as something of theirs may have to be cleaned up. Not thread-safe.
 */
final class ProbeRoster {

    private final Map<String, ProbeTarget> current = new LinkedHashMap<>();

    /** Targets that are known but not scheduled, the latest of each probe; the oldest first. */
    private final SequencedMap<String, ProbeTarget> others = new LinkedHashMap<>();

    /** The target of each run that has left something behind, by run id; the oldest first. */
    private final SequencedMap<String, ProbeTarget> begunWith = new LinkedHashMap<>();

    /** Makes these the probes of the configuration. */
    Applied apply(List<ProbeTarget> probes) {
        Set<String> added = new HashSet<>();
        Set<String> changed = new HashSet<>();
        Set<String> untouched = new HashSet<>();
        Map<String, ProbeTarget> before = new LinkedHashMap<>(current);
        current.clear();
        for (ProbeTarget probe : probes) {
            ProbeTarget old = before.remove(probe.name());
            current.put(probe.name(), probe);
            if (old == null) {
                added.add(probe.name());
            } else if (old.equals(probe)) {
                untouched.add(probe.name());
            } else {
                changed.add(probe.name());
                know(old);
            }
        }
        before.values().forEach(this::know);
        return new Applied(added, before.keySet(), changed, untouched);
    }

    /** Remembers a target that is not scheduled, for what its probe may have left. */
    void know(ProbeTarget target) {
        others.remove(target.name());
        others.put(target.name(), target);
        trim(others);
    }

    /** The probe of that name in the present configuration. */
    Optional<ProbeTarget> scheduled(String probe) {
        return Optional.ofNullable(current.get(probe));
    }

    /** A run has left something behind: its cleanup is to use the target that it began with. */
    void leftBehind(String run, ProbeTarget target) {
        begunWith.put(run, target);
        trim(begunWith);
    }

    /** Nothing is left of a run any more. */
    void settled(String run) {
        begunWith.remove(run);
    }

    /**
     * The targets with which a leftover can be cleaned, the best first: the one it began with, then
     * the others of its probe, whose key may be a newer one. Never one of another gateway account
     * or plan: there, that nothing is found would prove nothing.
     */
    List<ProbeTarget> candidates(OpenRun run) {
        Set<ProbeTarget> all = new LinkedHashSet<>();
        add(all, begunWith.get(run.run()));
        add(all, current.get(run.probe()));
        add(all, others.get(run.probe()));
        all.removeIf(target ->
                !target.gateway().equals(run.gateway())
                        || !target.plan().name().equals(run.plan()));
        return List.copyOf(all);
    }

    /** Whether any target of that probe is known. */
    boolean knows(String probe) {
        return current.containsKey(probe) || others.containsKey(probe);
    }

    /** The gateway accounts of all known targets. */
    Set<String> gateways() {
        Set<String> gateways = new HashSet<>();
        Stream.of(current, others, begunWith)
                .flatMap(targets -> targets.values().stream())
                .forEach(target -> gateways.add(target.gateway()));
        return gateways;
    }

    private static void add(Set<ProbeTarget> all, @Nullable ProbeTarget target) {
        if (target != null) {
            all.add(target);
        }
    }

    private static void trim(SequencedMap<String, ProbeTarget> targets) {
        if (targets.size() > Limits.RETIRED_TARGETS_MAX) {
            targets.pollFirstEntry();
        }
    }
}
