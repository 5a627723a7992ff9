package io.paybeacon.sandbox.gateway;

import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.vertx.ext.web.Router;
import java.util.Optional;

/** A running fake gateway, as the sandbox sees it. */
public interface FakeGateway {
    /**
     * Adds its API to the router, last of all, so it may answer every path that is left; see
     * {@link io.paybeacon.sandbox.api.GatewayApi#refuseTheRest}.
     */
    void mount(Router router);

    /**
     * Adds what has no API, such as passing a challenge, below {@code /_sandbox/}; request bodies
     * have been read. Most gateways have nothing to add.
     */
    default void mountControl(Router router) {}

    /**
     * Lets something befall a payment, or the account, and sends the events of it. Any thread.
     *
     * @param paymentId what its ledger calls the payment; empty when it is about the account
     * @return empty when done, else why not
     */
    Optional<String> befall(String paymentId, Aftermath aftermath);

    /** Where the money is now. Any thread. */
    LedgerSnapshot ledger();
}
