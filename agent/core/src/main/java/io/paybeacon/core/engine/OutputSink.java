package io.paybeacon.core.engine;

import io.paybeacon.core.output.Output;
import java.util.List;

/**
 * Takes findings out of an engine. Called by one thread at a time, in order.
 *
 * <p>Returning normally confirms the batch. A batch that throws is delivered again after a pause,
 * and so is one whose confirmation a crash lost: a sink tells by the id what it has seen.
 */
@FunctionalInterface
public interface OutputSink {
    /** Takes a batch, never empty. Measurements and forwards are not delivered. */
    void deliver(List<Delivery> batch) throws Exception;

    /**
     * One output.
     *
     * @param id stage, key, cause and position: the same whenever the same is delivered again
     * @param position ascending, with gaps; two deliveries of one key are in order of their causes
     */
    record Delivery(String id, long position, Output output) {}
}
