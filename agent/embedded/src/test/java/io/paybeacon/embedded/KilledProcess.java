package io.paybeacon.embedded;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.core.pipeline.Pipeline;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/**
 * A process that tells an engine calls until it is killed. Standard output says {@code sent N}
 * before a call, {@code kept N} when it was acknowledged.
 */
final class KilledProcess {
    private static final int RUNNING_CALLS_MAX = 48;

    private KilledProcess() {}

    /**
     * Runs until it is killed.
     *
     * @param arguments the engine's directory, the file with the numbers of the calls that were
     *     acknowledged before, and the file that deliveries are added to
     */
    public static void main(String[] arguments) throws Exception {
        Set<String> kept = new HashSet<>(Files.readAllLines(Path.of(arguments[1])));
        Path deliveries = Path.of(arguments[2]);
        EmbeddedEngine engine =
                EmbeddedEngine.open(
                        KillWorkload.options(Path.of(arguments[0])),
                        Pipeline.standard(),
                        KillWorkload.reference(),
                        InstantSource.system(),
                        batch -> write(deliveries, batch));
        Thread.ofPlatform().daemon().start(KilledProcess::dieWithTheParent);
        Thread.ofPlatform().daemon().start(() -> tick(engine));
        Semaphore running = new Semaphore(RUNNING_CALLS_MAX);
        for (long call = 0; ; call++) {
            if (!kept.contains(Long.toString(call))) {
                running.acquire();
                String number = Long.toString(call);
                say("sent " + number);
                var _ =
                        engine.accept(KillWorkload.call(call))
                                .whenComplete((_, failed) -> {
                                    say((failed == null ? "kept " : "failed ") + number);
                                    running.release();
                                });
            }
        }
    }

    private static void say(String line) {
        synchronized (System.out) {
            System.out.println(line);
        }
    }

    private static void write(Path file, List<Delivery> batch) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (Delivery delivery : batch) {
            lines.append(delivery.position()).append('\t').append(delivery.id()).append('\t');
            lines.append(RecordingSink.finding(delivery)).append('\n');
        }
        try (OutputStream out =
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void tick(EmbeddedEngine engine) {
        while (true) {
            EngineFixture.await(engine.tick(InstantSource.system().instant()));
            LockSupport.parkNanos(10_000_000);
        }
    }

    /** A test that ends leaves no process behind. */
    private static void dieWithTheParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever written.
            }
        } catch (IOException e) {
            // The pipe is gone, and so is the parent.
        }
        Runtime.getRuntime().halt(1);
    }
}
