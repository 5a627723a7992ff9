package io.paybeacon.server;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.stage.Reference;
import java.util.concurrent.TimeUnit;

/** Tells the engine what stages share, each change under a version of its own. One caller. */
final class ReferenceKeeper {
    private static final long SECONDS_MAX = 20;

    private final Engine engine;
    private Reference current;

    /**
     * Changes nothing yet.
     *
     * @param current what the engine runs with
     */
    ReferenceKeeper(Engine engine, Reference current) {
        this.engine = engine;
        this.current = current;
    }

    /**
     * Makes it so. Blocks until that is durable; does nothing when it is so already.
     *
     * @param wanted its version does not matter
     */
    void refer(Reference wanted) {
        if (current.equals(wanted.withVersion(current.version()))) {
            return;
        }
        Reference next = wanted.withVersion(current.version() + 1);
        engine.refer(next).orTimeout(SECONDS_MAX, TimeUnit.SECONDS).join();
        current = next;
    }
}
