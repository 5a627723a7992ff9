package io.paybeacon.embedded;

import io.paybeacon.core.engine.OutputSink.Delivery;
import io.paybeacon.embedded.record.RecordCodec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Durable outputs that the sink has not confirmed, in order. Safe for use by many threads. */
final class Outbox {
    private final RecordCodec codec;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private long bytes;
    private long confirmed;
    private boolean closed;

    /**
     * @param confirmed outputs up to this position are delivered
     */
    Outbox(RecordCodec codec, long confirmed) {
        this.codec = codec;
        this.confirmed = confirmed;
    }

    /** Why nothing may be added to so many bytes, for people; null when it may. */
    static @Nullable String refusal(long bytes, EngineOptions options) {
        return bytes <= options.undeliveredBytesMax()
                ? null
                : ("%d bytes of findings wait for their receiver, at most %d may: see in the log"
                                + " why it does not take them; what was accepted is safe")
                        .formatted(bytes, options.undeliveredBytesMax());
    }

    private record Waiting(Delivery delivery, int bytes) {}

    /** Adds outputs behind those there are. Those that are confirmed already are left out. */
    void add(List<Delivery> deliveries) {
        if (deliveries.isEmpty()) {
            return;
        }
        lock.lock();
        try {
            for (Delivery delivery : deliveries) {
                if (delivery.position() > confirmed) {
                    int size = codec.encodeDelivery(delivery).length;
                    waiting.add(new Waiting(delivery, size));
                    bytes += size;
                }
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for outputs. Empty when closed. */
    List<Delivery> next(int outputsMax) throws InterruptedException {
        lock.lock();
        try {
            while (waiting.isEmpty() && !closed) {
                changed.await();
            }
            List<Delivery> batch = new ArrayList<>();
            if (!closed) {
                waiting.stream().limit(outputsMax).forEach(one -> batch.add(one.delivery));
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for so long, or less when closed. */
    void pause(long nanos) throws InterruptedException {
        lock.lock();
        try {
            long left = nanos;
            while (left > 0 && !closed) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Everything up to this position is delivered. */
    void confirm(long position) {
        lock.lock();
        try {
            confirmed = Math.max(confirmed, position);
            while (true) {
                Waiting first = waiting.peek();
                if (first == null || first.delivery.position() > confirmed) {
                    return;
                }
                waiting.remove();
                bytes -= first.bytes;
            }
        } finally {
            lock.unlock();
        }
    }

    /** Everything up to this position is delivered. */
    long confirmed() {
        lock.lock();
        try {
            return confirmed;
        } finally {
            lock.unlock();
        }
    }

    /** How large those that wait are as bytes. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** No more are handed out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
