package io.paybeacon.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.WebhookInbox;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The shipped PayPal plans, the engine, the fake PayPal, and a receiver of its webhooks. */
final class PayPalWorld {
    static final Map<String, String> SECRETS =
            Map.of(
                    "clientId", "sandbox-client-id",
                    "clientSecret", "sandbox-client-secret-not-real");

    private static final String RUN_PREFIX = "paybeacon_run:";

    private final PlanWorld world;
    private final HttpServer receiver;
    private final AtomicReference<Duration> ahead = new AtomicReference<>(Duration.ZERO);
    final SandboxGateway gateway;

    PayPalWorld(Path dataDirectory) throws IOException {
        world =
                new PlanWorld(
                        dataDirectory,
                        GatewayKind.PAYPAL,
                        SECRETS,
                        () -> Instant.now().plus(ahead.get()));
        gateway = world.gateway;
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.createContext("/", this::take);
        receiver.start();
        gateway.registerWebhook(
                "http://127.0.0.1:" + receiver.getAddress().getPort() + "/", "WEBHOOK-ID");
    }

    private void take(HttpExchange exchange) throws IOException {
        JsonObject event =
                new JsonObject(new String(exchange.getRequestBody().readAllBytes(), UTF_8));
        JsonObject resource = event.getJsonObject("resource");
        JsonObject first =
                resource.getJsonArray("purchase_units", JsonArray.of(resource)).getJsonObject(0);
        String custom = first.getString("custom_id", "");
        if (custom.startsWith(RUN_PREFIX)) {
            world.prober()
                    .inbox()
                    .arrived(
                            new WebhookInbox.Arrival(
                                    "paypal-main",
                                    custom.substring(RUN_PREFIX.length()),
                                    event.getString("event_type"),
                                    Instant.now()));
        }
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    /** The health plan over TLS, with the sandbox's status page. */
    RunResult checkHealth(boolean impatient) throws Exception {
        String page = gateway.baseUrl() + "/api/v2/summary.json";
        ProbeTarget target =
                world.tlsTarget(
                        PlanWorld.plan("paypal/health", impatient),
                        Map.of("statusUrl", new Value.Text(page)));
        return world.prober().runOnce(target).await(60, TimeUnit.SECONDS);
    }

    /** Lets that much time pass at PayPal. */
    void pass(Duration time) {
        ahead.updateAndGet(already -> already.plus(time));
    }

    PlanWorld world() {
        return world;
    }

    RunResult run(String plan, boolean impatient) throws Exception {
        return world.run(PlanWorld.plan("paypal/" + plan, impatient));
    }

    RunResult run(String plan, Map<String, Value> variables) throws Exception {
        Plan shipped = PlanWorld.plan("paypal/" + plan, false);
        ProbeTarget target = world.target(shipped, variables);
        return world.prober().runOnce(target).await(60, TimeUnit.SECONDS);
    }

    List<LedgerEntry> ofRun(RunResult result) {
        return gateway.ledger().withMetadata("paybeacon_run", result.runId());
    }

    void close() throws Exception {
        world.close();
        receiver.stop(0);
    }
}
