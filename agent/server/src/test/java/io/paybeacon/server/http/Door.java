package io.paybeacon.server.http;

import io.paybeacon.core.engine.Engine;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.money.Money;
import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.stripe.StripeWebhooks;
import io.paybeacon.probe.http.Dialer;
import io.paybeacon.server.blackbox.ProbeEndpoint;
import io.paybeacon.server.config.AccessToken;
import io.paybeacon.server.config.FindingsConfig;
import io.paybeacon.server.config.WebhookLimits;
import io.paybeacon.server.findings.FindingStore;
import io.paybeacon.server.reload.Reloading;
import io.paybeacon.telemetry.Exposition;
import io.paybeacon.telemetry.Inventory;
import io.paybeacon.telemetry.MetricCatalog;
import io.paybeacon.telemetry.ProcessMetrics;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The real HTTP door on loopback, with a client, over an engine that a test scripts. */
final class Door implements AutoCloseable {
    static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");
    static final String SECRET = "test-secret-of-our-own";

    /** What replaces it: both hold. */
    static final String NEXT_SECRET = "the-next-secret-of-our-own";

    final ScriptedEngine engine = new ScriptedEngine();
    final FindingStore findings;
    final ProcessMetrics process;
    final List<String> arrivals = new CopyOnWriteArrayList<>();
    volatile Optional<Engine> started = Optional.of(engine);
    volatile List<AccessToken> tokens = List.of();
    volatile Optional<FindingStore.Records> records = Optional.empty();
    volatile WebhookLimits webhookLimits = WebhookLimits.DEFAULT;
    volatile Reloading reloading;

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AgentHttpServer server;

    Door(Path directory) {
        this(directory, HttpSettings.at("127.0.0.1", 0));
    }

    Door(Path directory, HttpSettings settings) {
        Inventory inventory =
                new Inventory(Map.of("stripe_eu", List.of("card"), "stripe_us", List.of()));
        process = new ProcessMetrics("0.1.0", NOW, () -> inventory);
        findings = FindingStore.open(FindingsConfig.DEFAULT, directory, process, System::nanoTime);
        Map<String, WebhookEndpoint> endpoints =
                Map.of("stripe_eu", endpoint("stripe_eu"), "stripe_us", endpoint("stripe_us"));
        HttpServices services =
                new HttpServices(
                        () -> started,
                        () -> endpoints,
                        () -> tokens,
                        () -> webhookLimits,
                        () -> Optional.ofNullable(reloading),
                        () -> inventory,
                        new Exposition(new MetricCatalog(), () -> inventory, process),
                        process,
                        findings,
                        () -> records,
                        new RunHistory(),
                        new ProbeEndpoint(
                                vertx, new Dialer(vertx, null), Map::of, System::nanoTime),
                        (gateway, run, type, at) ->
                                arrivals.add(String.join(" ", gateway, run, type, at.toString())),
                        InstantSource.fixed(NOW),
                        System::nanoTime);
        server =
                AgentHttpServer.listen(vertx, settings, services)
                        .toCompletionStage()
                        .toCompletableFuture()
                        .orTimeout(20, TimeUnit.SECONDS)
                        .join();
    }

    private static WebhookEndpoint endpoint(String gateway) {
        return new WebhookEndpoint(
                new StripeWebhooks(gateway, StripeWebhooks.ORDER_FIELDS),
                List.of(new WebhookSecret(NEXT_SECRET), new WebhookSecret(SECRET)));
    }

    int port() {
        return server.port();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
        socket.setSoTimeout(20_000);
        return socket;
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port() + path);
    }

    HttpResponse<String> get(String path, String... headers)
            throws IOException, InterruptedException {
        return send("GET", path, "", headers);
    }

    HttpResponse<String> send(String method, String path, String body, String... headers)
            throws IOException, InterruptedException {
        return client.send(request(method, path, body, headers), BodyHandlers.ofString());
    }

    HttpResponse<byte[]> getBytes(String path, String... headers)
            throws IOException, InterruptedException {
        return client.send(request("GET", path, "", headers), BodyHandlers.ofByteArray());
    }

    /** A webhook with the signature that belongs to it, as Stripe would send it. */
    HttpResponse<String> webhook(String gateway, String body)
            throws IOException, InterruptedException {
        return client.send(signed(gateway, body), BodyHandlers.ofString());
    }

    CompletableFuture<HttpResponse<String>> webhookLater(String gateway, String body) {
        return client.sendAsync(signed(gateway, body), BodyHandlers.ofString());
    }

    private HttpRequest signed(String gateway, String body) {
        return request("POST", "/in/" + gateway, body, "Stripe-Signature", signature(NOW, body));
    }

    private HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(uri(path))
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            builder.headers(headers);
        }
        return builder.build();
    }

    /** The signature of a body at a time, with the secret of the test. */
    static String signature(Instant at, String body) {
        return signature(at, body, SECRET);
    }

    /** The signature of a body at a time, with a secret. */
    static String signature(Instant at, String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            String signed = at.getEpochSecond() + "." + body;
            String hex =
                    HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
            return "t=" + at.getEpochSecond() + ",v1=" + hex;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is part of every JDK", e);
        }
    }

    /** A message of Stripe about a payment of 10.99 EUR that succeeded. */
    static String succeeded(String payment, String metadata) {
        return """
        {"id":"evt_%1$s","object":"event","api_version":"2025-09-30.clover",
         "created":%2$d,"livemode":false,"type":"payment_intent.succeeded",
         "data":{"object":{"id":"%1$s","object":"payment_intent","amount":1099,
         "amount_received":1099,"amount_capturable":0,"currency":"eur",
         "latest_charge":"ch_%1$s","created":%2$d,"status":"succeeded","metadata":{%3$s}}}}
        """
                .formatted(payment, NOW.getEpochSecond(), metadata);
    }

    /** The engine comes to have a finding on record. */
    void record(String id, Instant openedAt) {
        var _ =
                engine.accept(
                        List.of(
                                new Found(
                                        new Origin("stripe_eu", "found", openedAt),
                                        id,
                                        "paid_twice",
                                        "critical",
                                        "stripe_eu",
                                        "o-1",
                                        openedAt,
                                        Money.of(1099, "EUR"),
                                        "Order o-1 was paid twice.",
                                        "Refund one.",
                                        Map.of("order", "o-1"))));
    }

    /** The value of a series in the scrape. */
    String metric(String series) throws IOException, InterruptedException {
        return get("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .map(line -> line.substring(series.length() + 1))
                .findFirst()
                .orElse("absent");
    }

    @Override
    public void close() {
        client.close();
        server.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        vertx.close()
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(20, TimeUnit.SECONDS)
                .join();
        findings.close();
    }
}
