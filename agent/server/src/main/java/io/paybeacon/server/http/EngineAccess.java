package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.engine.EngineStoppedException;

/** The engine of a question. */
final class EngineAccess {
    private EngineAccess() {}

    /**
     * The engine.
     *
     * @throws EngineStoppedException if it has not started
     */
    static Engine of(HttpServices services) {
        return services.engine()
                .get()
                .orElseThrow(() -> new EngineStoppedException("the engine has not started", null));
    }
}
