package io.paybeacon.testkit.contract;

import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.FindingHandled;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Output.Forward;
import io.paybeacon.core.output.Output.Measurement;
import io.paybeacon.core.output.Output.Notify;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Takes deliveries like a receiver that knows what it has seen, and notes what a sink may rely on
 * and did not get. It can fail or hold on demand. Safe for use by many threads.
 */
final class RecordingSink implements OutputSink {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final AtomicInteger inside = new AtomicInteger();
    private final Map<String, Delivery> distinct = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private long lastPosition = -1;
    private long deliveries;
    private long refused;
    private boolean failing;
    private boolean holding;

    @Override
    public void deliver(List<Delivery> batch) throws Exception {
        int others = inside.getAndIncrement();
        lock.lock();
        try {
            if (others > 0) {
                violations.add("two threads deliver at once");
            }
            check(batch);
            deliveries += batch.size();
            while (holding) {
                changed.await();
            }
            if (failing) {
                refused += batch.size();
                throw new IOException("the receiver is down");
            }
            lastPosition = batch.getLast().position();
        } finally {
            lock.unlock();
            inside.getAndDecrement();
        }
    }

    /** From now on every batch is refused, or none. */
    void fail(boolean on) {
        lock.lock();
        try {
            failing = on;
        } finally {
            lock.unlock();
        }
    }

    /** From now on every batch is taken but not confirmed until this ends. */
    void hold(boolean on) {
        lock.lock();
        try {
            holding = on;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Another engine starts: what the last one did not see confirmed may come again. */
    void nextLife() {
        lock.lock();
        try {
            lastPosition = -1;
        } finally {
            lock.unlock();
        }
    }

    /** Each delivery once, as it came first, in that order. */
    List<Delivery> distinct() {
        lock.lock();
        try {
            return List.copyOf(distinct.values());
        } finally {
            lock.unlock();
        }
    }

    /** The distinct deliveries by finding, each finding's in order: id and what it says. */
    Map<String, List<Said>> byFinding() {
        Map<String, List<Said>> byFinding = new TreeMap<>();
        for (Delivery delivery : distinct()) {
            byFinding
                    .computeIfAbsent(findingId(delivery.output()), _ -> new ArrayList<>())
                    .add(new Said(delivery.id(), delivery.output()));
        }
        return byFinding;
    }

    /** The findings that are open according to what was delivered, by id. */
    Map<String, Finding> open() {
        Map<String, Finding> open = new TreeMap<>();
        for (Delivery delivery : distinct()) {
            switch (delivery.output()) {
                case FindingOpened(Finding finding) -> open.put(finding.id(), finding);
                case FindingUpdated(Finding finding) -> open.put(finding.id(), finding);
                case FindingResolved(String id, _, _) -> open.remove(id);
                case FindingHandled _, Notify _ -> {
                    // Neither opens nor closes a finding.
                }
                case Forward _, Measurement _ -> {
                    // Never delivered: check() has noted it.
                }
            }
        }
        return open;
    }

    /** How many deliveries came, repeats included. */
    long deliveries() {
        lock.lock();
        try {
            return deliveries;
        } finally {
            lock.unlock();
        }
    }

    /** How many deliveries were refused. */
    long refused() {
        lock.lock();
        try {
            return refused;
        } finally {
            lock.unlock();
        }
    }

    /** What a sink may rely on and this one did not get, in words. */
    List<String> violations() {
        lock.lock();
        try {
            return List.copyOf(violations);
        } finally {
            lock.unlock();
        }
    }

    private void check(List<Delivery> batch) {
        if (batch.isEmpty()) {
            violations.add("an empty batch");
        }
        long last = lastPosition;
        for (Delivery delivery : batch) {
            if (delivery.position() <= last) {
                violations.add(delivery.position() + " follows " + last + " at " + delivery.id());
            }
            last = delivery.position();
            Delivery before = distinct.putIfAbsent(delivery.id(), delivery);
            if (before != null && !before.equals(delivery)) {
                violations.add("one id for two: " + before + " and " + delivery);
            }
            if (delivery.output() instanceof Measurement || delivery.output() instanceof Forward) {
                violations.add("delivered, but no finding: " + delivery.id());
            }
        }
    }

    private static String findingId(Output output) {
        return switch (output) {
            case FindingOpened(Finding finding) -> finding.id();
            case FindingUpdated(Finding finding) -> finding.id();
            case FindingResolved(String id, _, _) -> id;
            case FindingHandled(String id, _) -> id;
            case Notify _, Forward _, Measurement _ -> "";
        };
    }

    /**
     * One delivery without its position.
     *
     * @param id of the delivery
     */
    record Said(String id, Output output) {}
}
