package io.paybeacon.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Notify;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Keeps what it is handed, and refuses while it is down. */
final class RecordingSink implements OutputSink {
    private final Map<String, Delivery> byId = new LinkedHashMap<>();
    private final List<Long> positions = new ArrayList<>();
    private boolean down;
    private int refused;

    @Override
    public synchronized void deliver(List<Delivery> batch) throws IOException {
        if (down) {
            refused++;
            notifyAll();
            throw new IOException("down");
        }
        for (Delivery delivery : batch) {
            Delivery before = byId.putIfAbsent(delivery.id(), delivery);
            if (before == null) {
                positions.add(delivery.position());
            } else {
                assertThat(delivery).as("told again").isEqualTo(before);
            }
        }
        notifyAll();
    }

    synchronized void down(boolean value) {
        down = value;
        refused = 0;
    }

    /** Waits until it has refused a batch since it went down. */
    synchronized void awaitRefusal() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(EngineFixture.PATIENCE_SECONDS);
        while (refused == 0) {
            waitUntil(end, "a refusal");
        }
    }

    /** Waits until it has so many different deliveries. */
    synchronized List<Delivery> await(int count) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(EngineFixture.PATIENCE_SECONDS);
        while (byId.size() < count) {
            waitUntil(end, count + " deliveries");
        }
        return List.copyOf(byId.values());
    }

    synchronized List<Delivery> deliveries() {
        return List.copyOf(byId.values());
    }

    /** The positions of new deliveries in the order they came. */
    synchronized List<Long> positions() {
        return List.copyOf(positions);
    }

    static Instant openedAt(Delivery delivery) {
        return ((FindingOpened) delivery.output()).finding().openedAt();
    }

    static String finding(Delivery delivery) {
        Output output = delivery.output();
        return switch (output) {
            case FindingOpened opened -> opened.finding().id();
            case FindingUpdated updated -> updated.finding().id();
            case FindingResolved resolved -> resolved.id();
            case FindingHandled handled -> handled.id();
            case Notify notify -> notify.notification().id();
            case Forward _, Measurement _ -> throw new AssertionError("delivered: " + output);
        };
    }

    private void waitUntil(long endNanos, String what) throws InterruptedException {
        long left = endNanos - System.nanoTime();
        if (left <= 0) {
            throw new AssertionError("waited in vain for " + what);
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
    }
}
