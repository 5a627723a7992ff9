package io.paybeacon.bench;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.EmbeddedEngine;
import io.paybeacon.embedded.EngineOptions;
import io.paybeacon.gateways.Verified;
import io.paybeacon.gateways.WebhookHeaders;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.stripe.StripeWebhooks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Events a second and CPU an event of the embedded engine with the product's pipeline, durable,
 * side by side in one run: generated events beside a Jackson databind decode of their canonical
 * JSON; signed webhooks beside a token-stream decode and an HMAC of the same bytes; the time from
 * accept to durable at half load; the cost of an event as more payments are known; memory. Prints a
 * table; judges nothing.
 */
public final class EngineBenchmark {
    private static final long SEED = 20261122L;

    /** Not counted: the compilers of the JVM are at work. */
    private static final int WARM_UPS = 3;

    private static final int ROUNDS = 4;
    private static final String SECRET = "whsec_benchmark";
    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    /** One event in so many is about a payment that ended long ago. */
    private static final int LATE_EVERY = 20;

    private final int payments;
    private final int batchEvents;
    private final Path directory;
    private final StripeWebhooks adapter =
            new StripeWebhooks("stripe", StripeWebhooks.ORDER_FIELDS);
    private final List<WebhookSecret> secrets = List.of(new WebhookSecret(SECRET));

    private EngineBenchmark(int payments, int batchEvents, Path directory) {
        this.payments = payments;
        this.batchEvents = batchEvents;
        this.directory = directory;
    }

    /** Runs it: {@code [payments] [events an accept] [directory] [known payments,...]}. */
    public static void main(String[] args) throws Exception {
        int payments = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
        int batch = args.length > 1 ? Integer.parseInt(args[1]) : 64;
        Path directory =
                args.length > 2 ? Path.of(args[2]) : Files.createTempDirectory("paybeacon-bench");
        String known = args.length > 3 ? args[3] : "100000,1000000";
        System.out.printf(
                Locale.ROOT,
                "%d payments, %d events an accept, %d cores%n%-40s %12s %12s %8s%n",
                payments,
                batch,
                Runtime.getRuntime().availableProcessors(),
                "row",
                "a second",
                "CPU us each",
                "ratio");
        EngineBenchmark benchmark = new EngineBenchmark(payments, batch, directory);
        benchmark.generated();
        benchmark.webhooks();
        for (String count : known.split(",", -1)) {
            if (!count.isEmpty()) {
                benchmark.known(Long.parseLong(count));
            }
        }
        delete(directory);
    }

    private interface Round {
        /** Does it, and says how many. */
        long run() throws Exception;
    }

    private record Figures(double perSecond, double cpuMicros) {}

    /** The round with the least CPU: what the machine does besides only ever adds. */
    private static Figures best(Round round) throws Exception {
        Figures best = new Figures(0, Double.MAX_VALUE);
        for (int i = 0; i < WARM_UPS + ROUNDS; i++) {
            long cpu = Usage.cpuNanos();
            long start = System.nanoTime();
            long count = round.run();
            long wall = System.nanoTime() - start;
            double micros = (Usage.cpuNanos() - cpu) / 1e3 / count;
            if (i >= WARM_UPS && micros < best.cpuMicros()) {
                best = new Figures(count * 1e9 / wall, micros);
            }
        }
        return best;
    }

    private static void print(String row, Figures figures, Figures peer) {
        System.out.printf(
                Locale.ROOT,
                "%-40s %12.0f %12.2f %8.2f%n",
                row,
                figures.perSecond(),
                figures.cpuMicros(),
                figures.cpuMicros() / peer.cpuMicros());
    }

    private void generated() throws Exception {
        long events = (long) payments * GeneratedEvents.PER_PAYMENT;
        List<byte[]> bodies = new ArrayList<>();
        long bytes = 0;
        for (long i = 0; i < Math.min(events, 100_000); i++) {
            byte[] body = GeneratedEvents.json(GeneratedEvents.payment(i), GeneratedEvents.step(i));
            bytes += body.length;
            bodies.add(body);
        }
        Peers peers = new Peers();
        Figures peer =
                best(() -> {
                    require(peers.databind(bodies));
                    return bodies.size();
                });
        print("databind of %d-byte canonical JSON".formatted(bytes / bodies.size()), peer, peer);
        Figures durable =
                best(() -> {
                    try (Engine engine = open()) {
                        return send(engine, new Window(engine), 0, events, 0);
                    }
                });
        print("generated events, all stages, durable", durable, peer);
        latency("generated events", durable.perSecond() / 2, i -> List.of(at(i)), events);
        System.out.println("  " + Usage.memory());
    }

    private static Event at(long position) {
        return GeneratedEvents.event(
                GeneratedEvents.payment(position), GeneratedEvents.step(position));
    }

    /** Sends events of payments that begin, and among them late ones of {@code known} earlier. */
    private long send(Engine engine, Window window, long from, long count, long known)
            throws Exception {
        SplittableRandom random = new SplittableRandom(SEED + from);
        List<Event> batch = new ArrayList<>(batchEvents);
        for (long i = from; i < from + count; i++) {
            batch.add(
                    known > 0 && i % LATE_EVERY == 0
                            ? GeneratedEvents.late(random.nextLong(known), i)
                            : at(i));
            if (batch.size() == batchEvents) {
                window.accept(List.copyOf(batch), null, 0);
                batch.clear();
            }
        }
        if (!batch.isEmpty()) {
            window.accept(List.copyOf(batch), null, 0);
        }
        window.await();
        if (engine.status().failure() != null) {
            throw new IllegalStateException(engine.status().failure());
        }
        return count;
    }

    private void webhooks() throws Exception {
        List<byte[]> bodies = WebhookBytes.make(payments / GeneratedEvents.PER_PAYMENT, SEED);
        List<WebhookHeaders> headers = new ArrayList<>();
        long bytes = 0;
        for (byte[] body : bodies) {
            headers.add(WebhookBytes.signed(body, SECRET, NOW));
            bytes += body.length;
        }
        Peers peers = new Peers();
        Figures peer =
                best(() -> {
                    require(peers.tokensAndHmac(bodies, SECRET));
                    return bodies.size();
                });
        print("tokens + HMAC of %d-byte webhooks".formatted(bytes / bodies.size()), peer, peer);
        print(
                "webhooks: signature, map",
                best(() -> {
                    long events = 0;
                    for (int i = 0; i < bodies.size(); i++) {
                        events += read(headers.get(i), bodies.get(i)).size();
                    }
                    require(events);
                    return bodies.size();
                }),
                peer);
        Figures durable =
                best(() -> {
                    try (Engine engine = open()) {
                        Window window = new Window(engine);
                        for (int i = 0; i < bodies.size(); i++) {
                            window.accept(read(headers.get(i), bodies.get(i)), null, 0);
                        }
                        window.await();
                        return bodies.size();
                    }
                });
        print("webhooks: signature, map, durable", durable, peer);
        latency(
                "webhooks",
                durable.perSecond() / 2,
                i -> read(headers.get((int) i), bodies.get((int) i)),
                bodies.size());
        System.out.println("  " + Usage.memory());
    }

    private List<Event> read(WebhookHeaders headers, byte[] body) {
        return switch (adapter.verify(headers, body, secrets, NOW)) {
            case Verified.Accepted _ -> adapter.map(body, NOW);
            case Verified.Refused refused -> throw new IllegalStateException(refused.toString());
        };
    }

    private interface Calls {
        List<Event> at(long position);
    }

    /** The time from accept to durable of single calls at a steady rate, from the due time. */
    private void latency(String what, double perSecond, Calls calls, long count) throws Exception {
        Histogram nanos = new Histogram(60_000_000_000L, 3);
        for (int round = 0; round < 2; round++) {
            nanos.reset();
            try (Engine engine = open()) {
                Window window = new Window(engine);
                long start = System.nanoTime();
                for (long i = 0; i < count; i++) {
                    long due = start + (long) (i * 1e9 / perSecond);
                    while (System.nanoTime() < due) {
                        // Sleeping yields the core, which spinning would take from the engine.
                        LockSupport.parkNanos(50_000);
                    }
                    window.accept(calls.at(i), nanos, due);
                }
                window.await();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "  %s, accept to durable at half load (%.0f/s): p50 %.1f, p99 %.1f, max %.1f ms%n",
                what,
                perSecond,
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getMaxValue() / 1e6);
    }

    /** The cost of an event when so many payments are known, one in twenty about an old one. */
    private void known(long known) throws Exception {
        try (Engine engine = open()) {
            Window window = new Window(engine);
            List<Event> batch = new ArrayList<>();
            for (long payment = 0; payment < known; payment++) {
                batch.add(GeneratedEvents.event(payment, 0));
                batch.add(GeneratedEvents.event(payment, 3));
                if (batch.size() >= 1_024) {
                    window.accept(List.copyOf(batch), null, 0);
                    batch.clear();
                }
            }
            window.accept(List.copyOf(batch), null, 0);
            window.await();
            long events = (long) payments * GeneratedEvents.PER_PAYMENT;
            // Behind the known ones, at a window's beginning.
            long from = (known / GeneratedEvents.OVERLAP + 1) * GeneratedEvents.OVERLAP;
            long[] next = {from * GeneratedEvents.PER_PAYMENT};
            Figures figures =
                    best(() -> {
                        long begin = next[0];
                        next[0] += events;
                        return send(engine, window, begin, events, known);
                    });
            print("%d known payments, 5%% old".formatted(known), figures, figures);
            System.out.println("  " + Usage.memory());
        }
    }

    private static void require(long sink) {
        if (sink == 0) {
            throw new IllegalStateException("nothing was done");
        }
    }

    private Engine open() throws IOException {
        delete(directory);
        Files.createDirectories(directory);
        return EmbeddedEngine.open(
                EngineOptions.in(directory, Runtime.getRuntime().maxMemory()),
                Pipeline.standard(),
                Reference.defaults(),
                InstantSource.system(),
                batch -> {});
    }

    private static void delete(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
