package io.paybeacon.bench.probe;

import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.probe.ProbeListener;
import io.paybeacon.probe.ProbeSet;
import io.paybeacon.probe.Prober;
import io.paybeacon.probe.ProberSettings;
import io.paybeacon.probe.health.HealthListener;
import io.paybeacon.probe.health.HealthSettings;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.PlanReader;
import io.paybeacon.probe.plan.PlanReading;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.RunPolicy;
import io.paybeacon.probe.yaml.Problem;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * How late 1,000 probes begin, each every 10 s, half of them over TLS: as the engine accounts it,
 * and as the server sees the requests arrive, connection and handshake included. And whether each
 * slot was accounted for, counted by the calendar and not by the engine.
 */
final class ScheduleLag {
    private static final int PROBES = 1_000;
    private static final int GATEWAYS = 20;
    private static final Duration INTERVAL = Duration.ofSeconds(10);
    private static final double GOAL_MILLIS = 20;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final GatewayPace PACE = new GatewayPace(1_000, 1_000, 64);

    private static final String PLAN =
            """
            name: get
            description: One request that is answered.
            gateway: card
            steps:
              - name: get
                http: {method: GET, path: "/slot"}
                assert:
                  - status: 200
            """;

    private final PrintStream out;
    private final Target target;
    private final Queue<SlotAccounted> slots = new ConcurrentLinkedQueue<>();
    private Instant from = Instant.MAX;
    private Instant to = Instant.MIN;

    private ScheduleLag(PrintStream out, Target target) {
        this.out = out;
        this.target = target;
    }

    /**
     * Runs it.
     *
     * @param seconds how long
     */
    static void run(PrintStream out, Path directory, Certificate.Pem pem, int seconds)
            throws Exception {
        try (Target target = Target.start(directory, pem)) {
            ScheduleLag lag = new ScheduleLag(out, target);
            lag.schedule(directory, Files.readString(pem.authority()), seconds);
            lag.print(target.arrivals(directory));
        }
    }

    private void schedule(Path directory, String authority, int seconds) throws Exception {
        Vertx vertx = Vertx.vertx();
        ProberSettings settings =
                new ProberSettings(
                        Files.createDirectory(directory.resolve("journal")),
                        InstantSource.system(),
                        System::nanoTime,
                        RandomGenerator.of("SecureRandom"),
                        new Listener(),
                        HealthSettings.DEFAULT,
                        HealthListener.NONE,
                        null);
        Prober prober = Prober.open(vertx, settings);
        await(prober.warmUp());
        await(prober.apply(probes(authority)));
        from = Instant.now();
        TimeUnit.SECONDS.sleep(seconds);
        to = Instant.now();
        await(prober.close());
        await(vertx.close());
    }

    private static <T> void await(Future<T> future) {
        future.toCompletionStage().toCompletableFuture().join();
    }

    private ProbeSet probes(String authority) throws IOException {
        Plan plan =
                switch (PlanReader.read("get.yaml", PLAN)) {
                    case PlanReading.Accepted(Plan read) -> read;
                    case PlanReading.Rejected(List<Problem> problems) ->
                            throw new IOException("the benchmark's plan is wrong: " + problems);
                };
        TlsProfile profile = TlsProfile.trusting(authority);
        List<ProbeTarget> probes = new ArrayList<>();
        Map<String, GatewayPace> paces = new HashMap<>();
        for (int i = 0; i < PROBES; i++) {
            String gateway = "gateway" + i % GATEWAYS;
            paces.put(gateway, PACE);
            URI base = i % 2 == 0 ? target.plain() : target.tls();
            probes.add(
                    new ProbeTarget(
                            "p" + i,
                            gateway,
                            plan,
                            base.resolve("/p" + i),
                            Map.of(),
                            Map.of(),
                            INTERVAL,
                            profile,
                            Optional.empty(),
                            RunPolicy.DEFAULT));
        }
        return new ProbeSet(probes, paces);
    }

    private final class Listener implements ProbeListener {
        @Override
        public void onEvent(ProbeEvent event) {
            if (event instanceof SlotAccounted slot) {
                slots.add(slot);
            }
        }
    }

    private void print(List<String> arrivals) {
        Map<String, List<SlotAccounted>> byProbe = new HashMap<>();
        Map<SlotOutcome, Long> outcomes = new EnumMap<>(SlotOutcome.class);
        for (SlotAccounted slot : slots) {
            outcomes.merge(slot.outcome(), slot.count(), Long::sum);
            byProbe.computeIfAbsent(slot.probe(), _ -> new ArrayList<>()).add(slot);
        }
        List<Double> accounted =
                slots.stream().map(slot -> slot.lagNanos() / NANOS_PER_MILLI).toList();
        Table table = new Table("lag of 1,000 probes every 10 s, ms", "slots", "p50", "p99", "max");
        row(table, "begun, as the engine accounts", Sample.of(accounted));
        row(table, "arrived, as the server sees", Sample.of(arrived(byProbe, arrivals)));
        table.print(out);
        long due = byProbe.values().stream().mapToLong(this::due).sum();
        long counted = slots.stream().mapToLong(this::counted).sum();
        out.printf(
                "%d probes had slots; outcomes %s; the server saw %d requests%n",
                byProbe.size(), outcomes, arrivals.size());
        double p99 = Sample.of(accounted).quantile(0.99);
        out.println(Ratio.verdict("p99 of the lag", p99, GOAL_MILLIS, "ms"));
        out.printf(
                Locale.ROOT,
                "slots accounted for: %.3f %% of %d, goal 100 %%: %s%n",
                100.0 * counted / due,
                due,
                counted == due && byProbe.size() == PROBES ? "met" : "MISSED");
    }

    /** Slots of a probe between begin and end, by the calendar: only its phase is the engine's. */
    private long due(List<SlotAccounted> slots) {
        return dueUntil(slots.getFirst(), to) - dueUntil(slots.getFirst(), from);
    }

    private static long dueUntil(SlotAccounted slot, Instant end) {
        return Math.floorDiv(Duration.between(slot.dueAt(), end).toNanos(), INTERVAL.toNanos());
    }

    private long counted(SlotAccounted account) {
        return LongStream.range(0, account.count())
                .mapToObj(i -> account.dueAt().plus(INTERVAL.multipliedBy(i)))
                .filter(at -> at.isAfter(from) && !at.isAfter(to))
                .count();
    }

    /** Milliseconds from each arrival back to the slot before it. */
    private static List<Double> arrived(
            Map<String, List<SlotAccounted>> byProbe, List<String> arrivals) {
        List<Double> millis = new ArrayList<>();
        long interval = INTERVAL.toNanos();
        for (String arrival : arrivals) {
            String[] words = arrival.split(" ", -1);
            Instant due = Objects.requireNonNull(byProbe.get(words[0])).getFirst().dueAt();
            long dueNanos = due.toEpochMilli() * 1_000_000;
            millis.add(
                    Math.floorMod(Long.parseLong(words[1]) - dueNanos, interval) / NANOS_PER_MILLI);
        }
        return millis;
    }

    private static void row(Table table, String what, Sample millis) {
        table.row(
                what,
                Integer.toString(millis.count()),
                String.format(Locale.ROOT, "%.2f", millis.quantile(0.5)),
                String.format(Locale.ROOT, "%.2f", millis.quantile(0.99)),
                String.format(Locale.ROOT, "%.2f", millis.max()));
    }
}
