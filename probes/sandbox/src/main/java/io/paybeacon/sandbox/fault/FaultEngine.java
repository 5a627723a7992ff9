package io.paybeacon.sandbox.fault;

import io.paybeacon.sandbox.fault.Effect.CertificateFlaw;
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
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The installed faults, and the decision which of them strike.
 *
 * <p>Each fault draws from a generator of its own, seeded by the sandbox's seed and the number of
 * the fault, so that the n-th match of a fault always has the same fate. Thread-safe.
 */
public final class FaultEngine {
    /** Tail index of the Pareto-distributed latency: 6 % of draws exceed ten times the floor. */
    private static final double TAIL_INDEX = 1.2;

    private final FaultParser parser;
    private final long seed;
    private final InstantSource clock;
    private final Map<String, Slot> slots = new LinkedHashMap<>();
    private final List<Runnable> watchers = new CopyOnWriteArrayList<>();
    private long installed;

    /**
     * An engine without faults.
     *
     * @param vocabulary what its faults can name
     * @param clock of their start and end
     */
    public FaultEngine(FaultVocabulary vocabulary, long seed, InstantSource clock) {
        this.parser = new FaultParser(vocabulary);
        this.seed = seed;
        this.clock = clock;
    }

    /**
     * A fault with what it did.
     *
     * @param since from when on it is active, at the earliest; the true clock
     * @param active whether it would strike now if something matched
     * @param matched how often something matched while it was active
     * @param struck how often it struck; 0 for connections and clock, which know no count
     */
    public record Installed(
            String id, Fault fault, Instant since, boolean active, long matched, long struck) {}

    /**
     * What is wrong with the listening ports now.
     *
     * @param flaw of the certificate; empty when it is right
     */
    public record Ports(boolean refused, boolean silent, Optional<CertificateFlaw> flaw) {}

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
    public String install(Fault fault) {
        String id = add(fault);
        watchers.forEach(Runnable::run);
        return id;
    }

    private synchronized String add(Fault fault) {
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
        return install(parser.parse(shortForm));
    }

    /** The reader of this gateway's faults. */
    public FaultParser parser() {
        return parser;
    }

    /** Removes one; false when there is none of that id. */
    public boolean remove(String id) {
        boolean removed;
        synchronized (this) {
            removed = slots.remove(id) != null;
        }
        watchers.forEach(Runnable::run);
        return removed;
    }

    /** Removes all. */
    public void clear() {
        synchronized (this) {
            slots.clear();
        }
        watchers.forEach(Runnable::run);
    }

    /**
     * Tells when faults were installed or removed, on the thread that did it and before it goes
     * on. A fault that begins or ends by itself is not told.
     */
    public void onChange(Runnable watcher) {
        watchers.add(watcher);
    }

    /** The installed faults, oldest first. */
    public synchronized List<Installed> list() {
        List<Installed> all = new ArrayList<>();
        slots.forEach((id, s) -> all.add(installed(id, s)));
        return List.copyOf(all);
    }

    private Installed installed(String id, Slot s) {
        Instant since = s.installedAt.plus(s.fault.start());
        return new Installed(id, s.fault, since, active(s), s.matched, s.struck);
    }

    /** The effects that strike this request now. */
    public synchronized List<Effect.OnRequest> decide(Operation operation, Subject subject) {
        List<Effect.OnRequest> effects = new ArrayList<>();
        for (Slot slot : slots.values()) {
            if (slot.fault.effect() instanceof Effect.OnRequest effect
                    && !(effect instanceof Effect.DoubleCharge)
                    && slot.fault.target().covers(operation)
                    && strikes(slot, subject)) {
                effects.add(sample(effect, slot.random));
            }
        }
        return List.copyOf(effects);
    }

    /**
     * Whether a repetition under a used idempotency key shall be executed once more. Asked for
     * repetitions only, so that the count of such a fault counts double charges.
     */
    public synchronized boolean doublesCharge(Operation operation, Subject subject) {
        boolean doubles = false;
        for (Slot slot : slots.values()) {
            if (slot.fault.effect() instanceof Effect.DoubleCharge
                    && operation.money() != Operation.Money.NONE
                    && slot.fault.target().covers(operation)
                    && strikes(slot, subject)) {
                doubles = true;
            }
        }
        return doubles;
    }

    /** The effects that strike this delivery now. */
    public synchronized List<Effect.OnWebhook> decideWebhook(
            String eventType, Map<String, String> metadata) {
        List<Effect.OnWebhook> effects = new ArrayList<>();
        for (Slot slot : slots.values()) {
            if (slot.fault.effect() instanceof Effect.OnWebhook effect
                    && (slot.fault.events().isEmpty() || slot.fault.events().contains(eventType))
                    && strikes(slot, Subject.of(metadata))) {
                effects.add(
                        effect instanceof Effect.Held
                                ? untilTheEnd(slot)
                                : sampleWebhook(effect, slot.random));
            }
        }
        return List.copyOf(effects);
    }

    /** A fault without an end never lets go of what it holds. */
    private Effect.OnWebhook untilTheEnd(Slot slot) {
        Duration age =
                Duration.between(slot.installedAt, clock.instant()).minus(slot.fault.start());
        return slot.fault
                .lasting()
                .<Effect.OnWebhook>map(lasting -> new Effect.Delayed(lasting.minus(age)))
                .orElseGet(Effect.Lost::new);
    }

    /** What is wrong with the listening ports now. */
    public synchronized Ports ports() {
        boolean refused = false;
        boolean silent = false;
        Optional<CertificateFlaw> flaw = Optional.empty();
        for (Slot slot : slots.values()) {
            if (slot.fault.effect() instanceof Effect.OnConnection effect && active(slot)) {
                switch (effect) {
                    case Effect.Refused() -> refused = true;
                    case Effect.Silent() -> silent = true;
                    case Effect.Certificate(CertificateFlaw shown) -> flaw = Optional.of(shown);
                }
            }
        }
        return new Ports(refused, silent, flaw);
    }

    /** How wrong the gateway's clock is now; zero when it is right. */
    public synchronized Duration clockSkew() {
        Duration skew = Duration.ZERO;
        for (Slot slot : slots.values()) {
            if (slot.fault.effect() instanceof Effect.Skew(Duration by) && active(slot)) {
                skew = skew.plus(by);
            }
        }
        return skew;
    }

    private boolean active(Slot slot) {
        Fault fault = slot.fault;
        Duration age = Duration.between(slot.installedAt, clock.instant()).minus(fault.start());
        return !age.isNegative()
                && fault.lasting().map(d -> age.compareTo(d) < 0).orElse(true)
                && fault.burst().map(b -> b.coversAge(age)).orElse(true)
                && fault.count().map(n -> slot.struck < n).orElse(true);
    }

    private boolean strikes(Slot slot, Subject subject) {
        Fault fault = slot.fault;
        if (!active(slot)
                || !fault.slice().contains(subject.card())
                || !inScope(fault, subject.metadata())) {
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
