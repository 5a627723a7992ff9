package io.paybeacon.embedded;

import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.engine.OutputSink.Delivery;
import java.time.Duration;
import java.util.List;

/** Hands outputs to the sink, in order, again and again until it takes them. One thread. */
final class Deliverer {
    private static final System.Logger LOGGER = System.getLogger(Deliverer.class.getName());

    private final Outbox outbox;
    private final OutputSink sink;
    private final Thread thread;

    Deliverer(Outbox outbox, OutputSink sink) {
        this.outbox = outbox;
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name("paybeacon-deliver").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Returns when the sink is not called any more, or has not returned for too long. */
    void stop() throws InterruptedException {
        outbox.close();
        if (!thread.join(Limits.CLOSE_SINK_WAIT)) {
            thread.interrupt();
            if (!thread.join(Limits.CLOSE_SINK_WAIT)) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "the sink of findings does not return; it is left behind");
            }
        }
    }

    private void run() {
        Duration pause = Limits.DELIVERY_RETRY_MIN;
        try {
            while (true) {
                List<Delivery> batch = outbox.next(Limits.DELIVERY_BATCH_OUTPUTS_MAX);
                if (batch.isEmpty()) {
                    return;
                }
                if (delivered(batch, pause)) {
                    outbox.confirm(batch.getLast().position());
                    pause = Limits.DELIVERY_RETRY_MIN;
                } else {
                    outbox.pause(pause.toNanos());
                    Duration doubled = pause.multipliedBy(2);
                    pause =
                            doubled.compareTo(Limits.DELIVERY_RETRY_MAX) < 0
                                    ? doubled
                                    : Limits.DELIVERY_RETRY_MAX;
                }
            }
        } catch (InterruptedException e) {
            // Closing: what is not confirmed is delivered after the next start.
            Thread.currentThread().interrupt();
        }
    }

    // Whatever the sink throws, the batch is not confirmed and the thread has to go on.
    private boolean delivered(List<Delivery> batch, Duration pause) throws InterruptedException {
        try {
            sink.deliver(batch);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception | LinkageError | StackOverflowError | AssertionError e) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "the sink refused %d outputs from position %d on; again in %d ms"
                            .formatted(batch.size(), batch.getFirst().position(), pause.toMillis()),
                    e);
            return false;
        }
    }
}
