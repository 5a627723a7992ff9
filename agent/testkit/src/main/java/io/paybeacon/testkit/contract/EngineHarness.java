package io.paybeacon.testkit.contract;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One storage, and an engine of the kind under test on it. A test starts an engine, closes or
 * crashes it, and starts the next one on what the last one left behind; at most one runs at a time.
 */
public interface EngineHarness extends AutoCloseable {
    /**
     * Starts an engine on the storage.
     *
     * @param reference what the process was configured with
     * @param clock what the engine stamps accepted events with
     */
    Engine start(Pipeline pipeline, Reference reference, InstantSource clock, OutputSink sink);

    /**
     * Ends the running engine as a kill of its process would: nothing is flushed, confirmed or
     * completed on purpose. Returns when it can no longer touch the storage or call the sink. Does
     * nothing when none runs.
     */
    void crash();

    /**
     * Returns when everything acknowledged so far has gone through every stage and is visible. An
     * engine that acknowledges after that has nothing to do here.
     */
    default void settle(Engine engine) {}

    /** The places at which a crash can be ordered; empty where the engine has no such hook. */
    default Optional<CrashPoints> crashPoints() {
        return Optional.empty();
    }

    /**
     * How many events the engines started here hold undone before they refuse more, if that can be
     * reached in a test; empty where it cannot.
     */
    default OptionalInt queuedEventsMax() {
        return OptionalInt.empty();
    }

    /**
     * Whether deliveries of all keys come in one order that only the inputs decide. An engine that
     * works in partitions keeps the order of each finding only.
     */
    default boolean deliversInOneOrder() {
        return true;
    }

    /** How long a test waits for what has to happen before it fails. */
    default Duration patience() {
        return Duration.ofSeconds(30);
    }

    /** How many cases a seeded test runs. */
    default int cases() {
        return 20;
    }

    /** Crashes what runs and removes the storage. */
    @Override
    void close();

    /** Crashes ordered for a certain write to the storage. Safe for use by many threads. */
    interface CrashPoints {
        /** How many writes the engines of this harness have made. */
        int passed();

        /**
         * Orders a crash.
         *
         * @param writes which write from now on does not happen, or only in part, and nothing after
         *     it: 1 is the next one
         */
        void arm(int writes);

        /**
         * Takes the order back.
         *
         * @return whether it had been carried out already
         */
        boolean disarm();

        /** Whether an order was carried out and {@link #disarm} not called since. */
        boolean crashed();
    }
}
