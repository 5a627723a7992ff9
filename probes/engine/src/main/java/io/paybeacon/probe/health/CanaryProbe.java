package io.paybeacon.probe.health;

import io.vertx.core.Future;
import java.util.Optional;

/** Asks a canary. */
@FunctionalInterface
interface CanaryProbe {

    /**
     * Asks one canary once.
     *
     * @return why it did not answer in time, empty when it did; never fails
     */
    Future<Optional<String>> ask(Canary canary);
}
