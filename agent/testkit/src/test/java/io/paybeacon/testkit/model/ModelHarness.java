package io.paybeacon.testkit.model;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.OutputSink;
import io.paybeacon.core.pipeline.Pipeline;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.testkit.contract.EngineHarness;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/** Model engines on one disk in memory. */
public class ModelHarness implements EngineHarness {
    private static final int QUEUED_EVENTS_MAX = 1_000;

    private final ModelDisk disk = new ModelDisk();
    private final Points points = new Points();
    private ModelEngine engine;

    /** Model engines on a blank disk. */
    public ModelHarness() {}

    @Override
    public Engine start(
            Pipeline pipeline, Reference reference, InstantSource clock, OutputSink sink) {
        ModelSettings settings =
                new ModelSettings(ForwardPolicy.inOrder(), QUEUED_EVENTS_MAX, points::pass);
        engine = new ModelEngine(pipeline, reference, clock, sink, disk, settings);
        return engine;
    }

    @Override
    public void crash() {
        if (engine != null) {
            engine.crash();
        }
    }

    @Override
    public Optional<CrashPoints> crashPoints() {
        return Optional.of(points);
    }

    @Override
    public OptionalInt queuedEventsMax() {
        return OptionalInt.of(QUEUED_EVENTS_MAX);
    }

    @Override
    public int cases() {
        return 40;
    }

    @Override
    public void close() {
        crash();
    }

    private static final class Points implements CrashPoints {
        private int passed;
        private int left;
        private boolean crashed;

        synchronized void pass() {
            passed++;
            if (left > 0 && --left == 0) {
                crashed = true;
                throw new SimulatedCrash();
            }
        }

        @Override
        public synchronized int passed() {
            return passed;
        }

        @Override
        public synchronized void arm(int writes) {
            left = writes;
        }

        @Override
        public synchronized boolean disarm() {
            boolean was = crashed;
            left = 0;
            crashed = false;
            return was;
        }

        @Override
        public synchronized boolean crashed() {
            return crashed;
        }
    }
}
