package io.paybeacon.sandbox.fault;

import io.paybeacon.sandbox.limit.Limits;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * The installed faults, and the decision which of them strike.
 *
 * <p>Each fault draws from a generator of its own, seeded by the sandbox's seed and the number of
 * the fault, so that the n-th match of a fault always has the same fate. Thread-safe.
 */
public final class FaultEngine {
    /** Tail index of the Pareto-distributed latency: 6 % of draws exceed ten times the floor. */
    private static final double TAIL_INDEX = 1.2;

    private final long seed;
    private final InstantSource clock;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private long installed;

    /** An engine without faults. */
    public FaultEngine(long seed, InstantSource clock) {
        this.seed = seed;
        this.clock = clock;
    }

    /** A fault with what it did: how often it matched, and struck. */
    public record Installed(String id, Fault fault, long matched, long struck) {}

    private static final class Slot {
        private final Fault fault;
        private final Instant installedAt;
        private final SplittableRandom random;
        private long matched;
        private long struck;

        Slot(Fault fault, Instant installedAt, SplittableRandom random) {
            this.fault = fault;
            this.installedAt = installedAt;
            this.random = random;
        }
    }

    /**
     * Installs a fault.
     *
     * @return its id
     * @throws IllegalStateException when {@link Limits#FAULTS_MAX} are installed
     */
    public synchronized String install(Fault fault) {
        if (slots.size() >= Limits.FAULTS_MAX) {
            throw new IllegalStateException(
                    "at most " + Limits.FAULTS_MAX + " faults at a time: remove one first");
        }
        installed++;
        String id = "fault_" + installed;
        SplittableRandom random = new SplittableRandom(seed * 31 + installed);
        slots.put(id, new Slot(fault, clock.instant(), random));
        return id;
    }

    /** Parses and installs, see {@link FaultParser#parse}. */
    public String install(String shortForm) {
        return install(FaultParser.parse(shortForm));
    }

    /** Removes one; false when there is none of that id. */
    public synchronized boolean remove(String id) {
        return slots.remove(id) != null;
    }

    /** Removes all. */
    public synchronized void clear() {
        slots.clear();
    }

    /** The installed faults, oldest first. */
    public synchronized List<Installed> list() {
        List<Installed> all = new ArrayList<>();
        slots.forEach((id, s) -> all.add(new Installed(id, s.fault, s.matched, s.struck)));
        return List.copyOf(all);
    }

    /**
     * The effects that strike this request now.
     *
     * @param metadata the metadata of the payment it is about, empty when it is about none
     */
    public synchronized List<Effect.OnRequest> decide(
            Operation operation, Optional<Map<String, String>> metadata) {
        List<Effect.OnRequest> effects = new ArrayList<>();
        for (Slot slot : slots.values()) {
            if (slot.fault.effect() instanceof Effect.OnRequest effect
                    && slot.fault.operation().map(o -> o == operation).orElse(true)
                    && strikes(slot, metadata)) {
                effects.add(sample(effect, slot.random));
            }
        }
        return List.copyOf(effects);
    }

    /** The effects that strike this delivery now. */
    public synchronized List<Effect.OnWebhook> decideWebhook(
            String eventType, Map<String, String> metadata) {
        List<Effect.OnWebhook> effects = new ArrayList<>();
        for (Slot slot : slots.values()) {
            if (slot.fault.effect() instanceof Effect.OnWebhook effect
                    && (slot.fault.events().isEmpty() || slot.fault.events().contains(eventType))
                    && strikes(slot, Optional.of(metadata))) {
                effects.add(sampleWebhook(effect, slot.random));
            }
        }
        return List.copyOf(effects);
    }

    private boolean strikes(Slot slot, Optional<Map<String, String>> metadata) {
        Fault fault = slot.fault;
        Duration age = Duration.between(slot.installedAt, clock.instant());
        boolean active =
                age.compareTo(fault.start()) >= 0
                        && fault.lasting()
                                .map(d -> age.minus(fault.start()).compareTo(d) < 0)
                                .orElse(true)
                        && fault.count().map(n -> slot.struck < n).orElse(true);
        if (!active || !inScope(fault, metadata)) {
            return false;
        }
        slot.matched++;
        if (slot.random.nextDouble() >= fault.probability()) {
            return false;
        }
        slot.struck++;
        return true;
    }

    private static boolean inScope(Fault fault, Optional<Map<String, String>> metadata) {
        boolean scoped =
                switch (fault.scope()) {
                    case ALL -> true;
                    case PROBE -> metadata.filter(m -> m.containsKey(Scope.PROBE_KEY)).isPresent();
                    case MARKET ->
                            metadata.filter(m -> !m.containsKey(Scope.PROBE_KEY)).isPresent();
                };
        return scoped
                && fault.metadata().entrySet().stream()
                        .allMatch(e ->
                                metadata.filter(m -> e.getValue().equals(m.get(e.getKey())))
                                        .isPresent());
    }

    private static Effect.OnRequest sample(Effect.OnRequest effect, SplittableRandom random) {
        if (effect instanceof Effect.Latency latency && latency.tail().isPresent()) {
            double factor = Math.pow(1 - random.nextDouble(), -1 / TAIL_INDEX);
            double millis = (double) Math.max(1, latency.delay().toMillis()) * factor;
            long bounded = Math.min((long) millis, latency.tail().get().toMillis());
            return new Effect.Latency(Duration.ofMillis(bounded), Optional.empty(), latency.when());
        }
        return effect;
    }

    private static Effect.OnWebhook sampleWebhook(
            Effect.OnWebhook effect, SplittableRandom random) {
        if (effect instanceof Effect.Reordered reordered) {
            long millis = random.nextLong(reordered.window().toMillis() + 1);
            return new Effect.Delayed(Duration.ofMillis(millis));
        }
        return effect;
    }
}
