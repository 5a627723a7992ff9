package io.paybeacon.server.http;

import java.time.Instant;

/** Is told when a webhook of a probe's own payment arrives. */
@FunctionalInterface
public interface ProbeArrivals {
    /**
     * A webhook arrived and was handed to the engine. Called on an event loop: must not block.
     *
     * @param gateway the configured name of the gateway account
     * @param run the id of the run whose payment it is about
     * @param type the gateway's name for the event
     * @param at by the agent's clock
     */
    void arrived(String gateway, String run, String type, Instant at);
}
