package io.paybeacon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.event.PaymentId;
import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.gateway.GatewayCell;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.payment.Payment;
import io.paybeacon.core.pipeline.Pipeline;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills a process with SIGKILL while its engine works, again and again on one directory, and then
 * counts: every acknowledged call is there, and everything counts exactly once.
 */
class KillTest {
    private static final int KILLS = Integer.getInteger("paybeacon.kills", 20);
    private static final long SEED = Long.getLong("paybeacon.seed", 20_261_122);
    private static final int KEPT_BEFORE_KILL_MAX = 400;
    private static final int MILLIS_BEFORE_KILL_MAX = 700;

    @TempDir Path root;
    private final Set<String> kept = new TreeSet<>();
    private long lastSent = -1;
    private Path data;
    private Path deliveries;

    @BeforeEach
    void directories() throws IOException {
        data = Files.createDirectories(root.resolve("data"));
        deliveries = Files.createFile(root.resolve("deliveries"));
    }

    @Test
    void killedAtRandomMoments_everythingCountsOnce() throws Exception {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        for (int kill = 0; kill < KILLS; kill++) {
            // Every fourth time by the clock, so that starts and recoveries are hit as well.
            if (kill % 4 == 3) {
                runAndKill(Integer.MAX_VALUE, random.nextInt(MILLIS_BEFORE_KILL_MAX));
            } else {
                runAndKill(
                        1 + random.nextInt(KEPT_BEFORE_KILL_MAX),
                        TimeUnit.SECONDS.toMillis(EngineFixture.PATIENCE_SECONDS));
            }
        }
        assertThat(kept).as("calls acknowledged by processes that were killed").isNotEmpty();
        audit();
    }

    private void runAndKill(int keptMax, long millisMax) throws Exception {
        Path keptFile = Files.write(root.resolve("kept"), kept);
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx128m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                KilledProcess.class.getName(),
                                data.toString(),
                                keptFile.toString(),
                                deliveries.toString())
                        .redirectError(root.resolve("errors").toFile())
                        .start();
        Thread killer = null;
        try (BufferedReader output = process.inputReader()) {
            killer =
                    Thread.ofPlatform()
                            .start(() -> {
                                try {
                                    process.waitFor(millisMax, TimeUnit.MILLISECONDS);
                                } catch (InterruptedException e) {
                                    Thread.currentThread().interrupt();
                                }
                                kill(process);
                            });
            int keptNow = 0;
            String line = output.readLine();
            while (line != null) {
                keptNow += read(line);
                if (keptNow >= keptMax) {
                    kill(process);
                }
                line = output.readLine();
            }
            if (keptMax < Integer.MAX_VALUE) {
                assertThat(keptNow)
                        .as(() -> "the process did not work: " + errors())
                        .isGreaterThanOrEqualTo(keptMax);
            }
        } finally {
            kill(process);
            process.waitFor();
            if (killer != null) {
                killer.join();
            }
        }
        // 128 + 9: it was killed, and did not end by itself.
        assertThat(process.exitValue()).as(this::errors).isEqualTo(137);
    }

    private static void kill(Process process) {
        // Through the handle: a process that is destroyed itself closes its output unread.
        process.toHandle().destroyForcibly();
    }

    private int read(String line) {
        if (line.startsWith("sent ")) {
            lastSent = Math.max(lastSent, Long.parseLong(line.substring(5)));
            return 0;
        }
        if (line.startsWith("kept ")) {
            kept.add(line.substring(5));
            return 1;
        }
        // The last line of a killed process may be cut.
        assertThat("sent ".startsWith(line) || "kept ".startsWith(line)).as(line).isTrue();
        return 0;
    }

    private String errors() {
        try {
            return Files.readString(root.resolve("errors"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Tells what was not acknowledged, and counts. */
    private void audit() throws Exception {
        RecordingSink sink = new RecordingSink();
        try (EmbeddedEngine engine =
                EmbeddedEngine.open(
                        KillWorkload.options(data),
                        Pipeline.standard(),
                        KillWorkload.reference(),
                        InstantSource.system(),
                        sink)) {
            for (String call : kept) {
                checkPayments(engine, Long.parseLong(call));
            }
            List<CompletableFuture<Void>> again = new ArrayList<>();
            for (long call = 0; call <= lastSent; call++) {
                if (!kept.contains(Long.toString(call))) {
                    again.add(engine.accept(KillWorkload.call(call)));
                }
            }
            again.forEach(EngineFixture::await);
            EngineFixture.await(engine.tick(InstantSource.system().instant().plusSeconds(60)));
            for (long call = 0; call <= lastSent; call++) {
                checkPayments(engine, call);
            }
            checkCounts(engine);
            checkFindings(sink, engine);
        }
    }

    private static void checkPayments(EmbeddedEngine engine, long call) {
        for (int i = 0; i < KillWorkload.PAYMENTS_PER_CALL; i++) {
            long number = call * KillWorkload.PAYMENTS_PER_CALL + i;
            String key = new PaymentId(KillWorkload.GATEWAY, KillWorkload.reference(number)).key();
            assertThat(EngineFixture.await(engine.find("payment", key, Payment.class)))
                    .as(key)
                    .map(Payment::status)
                    .contains(
                            KillWorkload.staysOpen(number)
                                    ? PaymentStatus.CREATED
                                    : PaymentStatus.CAPTURED);
        }
    }

    private void checkCounts(EmbeddedEngine engine) {
        long payments = payments();
        long open = open();
        long paid = payments - open;
        String gateway = KillWorkload.GATEWAY;
        MetricSnapshot metrics = engine.metrics();
        assertThat(EngineFixture.value(metrics, Metric.PAYMENTS_CREATED, gateway))
                .isEqualTo(payments);
        assertThat(EngineFixture.value(metrics, Metric.PAYMENT_CAPTURED, gateway, "EUR"))
                .isEqualTo(paid * KillWorkload.MINOR_UNITS);
        assertThat(EngineFixture.value(metrics, Metric.ORDERS_PAID, gateway)).isEqualTo(paid);
        assertThat(EngineFixture.value(metrics, Metric.FINDINGS_OPENED, gateway, "stuck_payment"))
                .isEqualTo(open);
        assertThat(EngineFixture.value(metrics, Metric.PAYMENTS, gateway, "captured"))
                .isEqualTo(paid);
        GatewayCell cell =
                EngineFixture.await(engine.find("gateway", gateway, GatewayCell.class))
                        .orElseThrow();
        assertThat(cell.payments())
                .containsEntry(PaymentStatus.CAPTURED, paid)
                .containsEntry(PaymentStatus.CREATED, open);
    }

    /** Every finding and message came under one id, and one id only. */
    private void checkFindings(RecordingSink sink, EmbeddedEngine engine) throws Exception {
        Map<String, Set<String>> idsByFinding = new HashMap<>();
        for (String line : Files.readAllLines(deliveries)) {
            String[] fields = line.split("\t", -1);
            idsByFinding.computeIfAbsent(fields[2], _ -> new HashSet<>()).add(fields[1]);
        }
        Awaitility.await()
                .atMost(Duration.ofSeconds(EngineFixture.PATIENCE_SECONDS))
                .until(() -> engine.status().undelivered() == 0);
        sink.deliveries()
                .forEach(one ->
                        idsByFinding
                                .computeIfAbsent(RecordingSink.finding(one), _ -> new HashSet<>())
                                .add(one.id()));
        // And as many messages to support, which tell of them.
        assertThat(idsByFinding).hasSize(2 * (int) open());
        assertThat(idsByFinding.values()).allSatisfy(ids -> assertThat(ids).hasSize(1));
    }

    private long payments() {
        return (lastSent + 1) * KillWorkload.PAYMENTS_PER_CALL;
    }

    private long open() {
        long open = 0;
        for (long payment = 0; payment < payments(); payment++) {
            open += KillWorkload.staysOpen(payment) ? 1 : 0;
        }
        return open;
    }
}
