package io.paybeacon.catalog;

import io.paybeacon.core.event.ProbeEvent;
import io.paybeacon.probe.Prober;
import io.paybeacon.probe.ProberSettings;
import io.paybeacon.probe.health.HealthListener;
import io.paybeacon.probe.http.ProbeTransport;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.plan.Plan;
import io.paybeacon.probe.plan.PlanReader;
import io.paybeacon.probe.plan.PlanReading;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.run.ProbeTarget;
import io.paybeacon.probe.run.RunPolicy;
import io.paybeacon.probe.run.WebhookInbox;
import io.paybeacon.probe.secret.Secret;
import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** The shipped Stripe plan, the engine, the fake Stripe, and a receiver of its webhooks. */
final class StripeAgainstSandbox {

    private final Vertx vertx;
    private final Path dataDirectory;
    private final HttpServer receiver;
    private final AtomicReference<Prober> prober = new AtomicReference<>();
    final Sandbox sandbox;
    final List<ProbeEvent> events = new CopyOnWriteArrayList<>();

    StripeAgainstSandbox(Path dataDirectory) throws Exception {
        this.dataDirectory = dataDirectory;
        vertx = Vertx.builder().withTransport(new ProbeTransport()).build();
        sandbox = Sandbox.start(SandboxOptions.defaults().withWebhookDelay(Duration.ofMillis(5)));
        receiver =
                vertx.createHttpServer()
                        .requestHandler(this::receive)
                        .listen(0, "127.0.0.1")
                        .await(10, TimeUnit.SECONDS);
        sandbox.registerWebhook(
                "http://127.0.0.1:" + receiver.actualPort() + "/", "whsec_for_this_test");
        openProber();
    }

    /** Opens an engine on the same data directory, as a restart does. */
    void openProber() throws IOException {
        ProberSettings settings =
                new ProberSettings(
                        dataDirectory,
                        InstantSource.system(),
                        System::nanoTime,
                        new Random(7 + events.size()),
                        events::add,
                        PlanWorld.NEVER_ILL,
                        HealthListener.NONE,
                        null);
        prober.set(Prober.open(vertx, settings));
    }

    Prober prober() {
        return prober.get();
    }

    private void receive(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> {
                    arrived(body);
                    request.response().end();
                });
    }

    private void arrived(Buffer body) {
        JsonObject event = new JsonObject(body);
        JsonObject metadata =
                event.getJsonObject("data").getJsonObject("object").getJsonObject("metadata");
        prober.get()
                .inbox()
                .arrived(
                        new WebhookInbox.Arrival(
                                "stripe-main",
                                metadata.getString("paybeacon_run", ""),
                                event.getString("type"),
                                Instant.now()));
    }

    /** The shipped plan as it is, or with its timeouts cut short for faults of silence. */
    static Plan plan(boolean impatient) {
        String shipped = Catalog.open("stripe/card-capture-refund");
        String yaml = impatient ? shipped.replaceAll("timeout: 1[05]s", "timeout: 700ms") : shipped;
        return switch (PlanReader.read("card-capture-refund.yaml", yaml)) {
            case PlanReading.Accepted accepted -> accepted.plan();
            case PlanReading.Rejected rejected ->
                    throw new IllegalStateException(rejected.problems().toString());
        };
    }

    ProbeTarget target(Plan plan) {
        return new ProbeTarget(
                "stripe-card",
                "stripe-main",
                plan,
                URI.create(sandbox.baseUrl()),
                Map.of("key", Secret.of(sandbox.apiKey())),
                Map.of(),
                Duration.ofSeconds(15),
                TlsProfile.PUBLIC,
                Optional.empty(),
                RunPolicy.DEFAULT);
    }

    RunResult run(Plan plan) throws Exception {
        return prober().runOnce(target(plan)).await(60, TimeUnit.SECONDS);
    }

    /** Money held, or taken and not given back, in minor units over all payments. */
    long leftBehindMinor() {
        return sandbox.ledger().payments().stream()
                .mapToLong(p -> p.heldMinor() + p.capturedMinor() - p.refundedMinor())
                .sum();
    }

    long openPayments() {
        return sandbox.ledger().payments().stream()
                .filter(p -> !p.status().equals("canceled") && !p.status().equals("succeeded"))
                .count();
    }

    void close() throws Exception {
        prober().close().await(60, TimeUnit.SECONDS);
        sandbox.close();
        vertx.close().await(10, TimeUnit.SECONDS);
    }
}
