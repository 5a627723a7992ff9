package io.paybeacon.catalog;

import io.paybeacon.probe.Prober;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** A process that runs a plan once, and is killed while it does. */
final class MatrixVictim {

    private MatrixVictim() {}

    /**
     * Runs a plan.
     *
     * @param arguments the data directory, the kind of gateway, its base URL, the plan, the port to
     *     receive webhooks at
     */
    public static void main(String[] arguments) throws Exception {
        Thread.ofPlatform().daemon().start(MatrixVictim::dieWithTheParent);
        Vertx vertx = Vertx.vertx();
        GatewayKind kind = GatewayKind.valueOf(arguments[1]);
        AtomicReference<Prober> prober = new AtomicReference<>();
        // Each process has run ids of its own, as with a secure source.
        long seed = ProcessHandle.current().pid();
        prober.set(Prober.open(vertx, PlanWorld.settings(Path.of(arguments[0]), seed, _ -> {})));
        var _ = new RunWebhooks(vertx, Integer.parseInt(arguments[4]), kind, prober::get);
        // Patient: it waits where the gateway is silent until it is killed.
        prober.get()
                .runOnce(
                        PlanWorld.target(
                                PlanWorld.plan(arguments[3], false),
                                kind,
                                arguments[2],
                                FaultMatrixTest.secrets(kind)))
                .await(120, TimeUnit.SECONDS);
        System.exit(0);
    }

    /** A test that ends leaves no process behind. */
    private static void dieWithTheParent() {
        try {
            while (System.in.read() >= 0) {
                // Nothing is ever written.
            }
        } catch (IOException e) {
            // The pipe is gone, and so is the parent.
        }
        Runtime.getRuntime().halt(1);
    }
}
