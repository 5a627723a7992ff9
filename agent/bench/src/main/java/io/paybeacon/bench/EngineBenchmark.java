package io.paybeacon.bench;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.embedded.EmbeddedEngine;
import io.paybeacon.embedded.EngineOptions;
import io.paybeacon.gateways.WebhookAdapter;
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
import java.util.Map;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Events a second and CPU an event of the embedded engine, from the bytes of webhooks to durable,
 * beside a Jackson databind decode of the same bytes in the same run. Prints a table; judges
 * nothing. The first round of each row warms the JVM up and is not shown.
 */
public final class EngineBenchmark {
    private static final long SEED = 20261122L;
    private static final int ROUNDS = 3;

    private final List<byte[]> bodies;
    private final WebhookAdapter adapter;
    private final Path directory;
    private final int batchEvents;

    private EngineBenchmark(List<byte[]> bodies, Path directory, int batchEvents) {
        this.bodies = bodies;
        this.directory = directory;
        this.batchEvents = batchEvents;
        this.adapter = new StripeWebhooks("stripe", StripeWebhooks.ORDER_FIELDS);
    }

    /** Runs it: {@code [payments] [events an accept] [directory]}. */
    public static void main(String[] args) throws Exception {
        int payments = args.length > 0 ? Integer.parseInt(args[0]) : 50_000;
        int batch = args.length > 1 ? Integer.parseInt(args[1]) : 64;
        Path directory =
                args.length > 2 ? Path.of(args[2]) : Files.createTempDirectory("paybeacon-bench");
        List<byte[]> bodies = WebhookBytes.make(payments, SEED);
        long bytes = bodies.stream().mapToLong(body -> body.length).sum();
        System.out.printf(
                Locale.ROOT,
                "%d payments, %d webhooks of %d bytes on average, %d events an accept, %d cores%n",
                payments,
                bodies.size(),
                bytes / bodies.size(),
                batch,
                Runtime.getRuntime().availableProcessors());
        new EngineBenchmark(bodies, directory, batch).run();
        delete(directory);
    }

    private void run() throws Exception {
        System.out.printf("%-34s %12s %12s %8s%n", "row", "webhooks/s", "CPU us each", "ratio");
        Figures decode = best("decode", this::decode);
        print("Jackson databind decode (peer)", decode, decode);
        print("adapter: verify nothing, map", best("map", this::map), decode);
        List<List<Event>> mapped = new ArrayList<>();
        for (byte[] body : bodies) {
            mapped.add(adapter.map(body, Instant.EPOCH));
        }
        print("engine: mapped events, durable", best("events", () -> accept(mapped)), decode);
        mapped.clear();
        Figures whole = best("whole", () -> accept(null));
        print("whole: bytes, map, durable", whole, decode);
        latency(whole.perSecond() / 2);
    }

    private interface Round {
        long run() throws Exception;
    }

    private record Figures(double perSecond, double cpuMicros) {}

    /** The round with the least CPU: what the machine does besides only ever adds. */
    private Figures best(String name, Round round) throws Exception {
        Figures best = null;
        for (int i = 0; i <= ROUNDS; i++) {
            long cpu = cpuNanos();
            long start = System.nanoTime();
            long sink = round.run();
            long wall = System.nanoTime() - start;
            cpu = cpuNanos() - cpu;
            if (sink == 0) {
                throw new IllegalStateException(name + " did nothing");
            }
            Figures figures = new Figures(bodies.size() * 1e9 / wall, cpu / 1e3 / bodies.size());
            if (i > 0 && (best == null || figures.cpuMicros() < best.cpuMicros())) {
                best = figures;
            }
        }
        if (best == null) {
            throw new IllegalStateException("no round");
        }
        return best;
    }

    private static void print(String row, Figures figures, Figures peer) {
        System.out.printf(
                Locale.ROOT,
                "%-34s %12.0f %12.2f %8.2f%n",
                row,
                figures.perSecond(),
                figures.cpuMicros(),
                figures.cpuMicros() / peer.cpuMicros());
    }

    /** What a databind user would read of such a webhook. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Webhook(String id, String type, long created, Data data) {}

    /** Its data. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record Data(PaymentObject object) {}

    /** The intent or charge in it. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    record PaymentObject(
            String id,
            String object,
            long amount,
            String currency,
            @Nullable String status,
            @Nullable String latest_charge,
            @Nullable String payment_intent,
            Map<String, String> metadata) {}

    private long decode() throws IOException {
        ObjectReader reader = new ObjectMapper().readerFor(Webhook.class);
        long amounts = 0;
        for (byte[] body : bodies) {
            Webhook webhook = reader.readValue(body);
            amounts += webhook.data().object().amount();
        }
        return amounts;
    }

    private long map() {
        long events = 0;
        for (byte[] body : bodies) {
            events += adapter.map(body, Instant.EPOCH).size();
        }
        return events;
    }

    /** Accepts all, mapped before or here, and waits until the last is durable. */
    private long accept(@Nullable List<List<Event>> mapped) throws Exception {
        try (Engine engine = open()) {
            Window window = new Window(engine);
            List<Event> batch = new ArrayList<>();
            for (int i = 0; i < bodies.size(); i++) {
                batch.addAll(
                        mapped != null ? mapped.get(i) : adapter.map(bodies.get(i), Instant.EPOCH));
                if (batch.size() >= batchEvents) {
                    window.accept(List.copyOf(batch), null, 0);
                    batch.clear();
                }
            }
            if (!batch.isEmpty()) {
                window.accept(List.copyOf(batch), null, 0);
            }
            return window.await();
        }
    }

    /** The time from accept to durable of single webhooks at a steady rate, from the due time. */
    private void latency(double perSecond) throws Exception {
        Histogram nanos = new Histogram(60_000_000_000L, 3);
        for (int round = 0; round < 2; round++) {
            nanos.reset();
            try (Engine engine = open()) {
                Window window = new Window(engine);
                long start = System.nanoTime();
                for (int i = 0; i < bodies.size(); i++) {
                    long due = start + (long) (i * 1e9 / perSecond);
                    while (System.nanoTime() < due) {
                        Thread.onSpinWait();
                    }
                    window.accept(adapter.map(bodies.get(i), Instant.EPOCH), nanos, due);
                }
                window.await();
            }
        }
        System.out.printf(
                Locale.ROOT,
                "accept to durable at half load (%.0f/s): p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
                perSecond,
                nanos.getValueAtPercentile(50) / 1e6,
                nanos.getValueAtPercentile(99) / 1e6,
                nanos.getMaxValue() / 1e6);
    }

    private Engine open() throws IOException {
        delete(directory);
        Files.createDirectories(directory);
        return EmbeddedEngine.open(
                EngineOptions.in(directory),
                Pipeline.standard(),
                Reference.defaults(),
                InstantSource.system(),
                batch -> {});
    }

    private static long cpuNanos() {
        var system =
                (com.sun.management.OperatingSystemMXBean)
                        java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        return system.getProcessCpuTime();
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
