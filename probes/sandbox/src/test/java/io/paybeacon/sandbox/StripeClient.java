package io.paybeacon.sandbox;

import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** A client of the gateway made of the JDK alone, so that nothing of the sandbox tests itself. */
public final class StripeClient {
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final String baseUrl;
    private final String authorization;
    private final Duration timeout;

    public StripeClient(Sandbox sandbox) {
        this(sandbox.baseUrl(), "Bearer " + sandbox.apiKey(), Duration.ofSeconds(20));
    }

    public StripeClient(String baseUrl, String authorization, Duration timeout) {
        this.baseUrl = baseUrl;
        this.authorization = authorization;
        this.timeout = timeout;
    }

    /** A sandbox with Stripe alone, as quick to start as can be. */
    public static SandboxOptions options() {
        return SandboxOptions.defaults().withGateways(Set.of(GatewayKind.STRIPE));
    }

    public record Reply(int status, HttpHeaders headers, String text) {
        public JsonObject body() {
            return new JsonObject(text);
        }

        public JsonObject error() {
            return body().getJsonObject("error");
        }

        public String id() {
            return body().getString("id");
        }

        public boolean replayed() {
            return headers.firstValue("Idempotent-Replayed").isPresent();
        }
    }

    public StripeClient withTimeout(Duration value) {
        return new StripeClient(baseUrl, authorization, value);
    }

    public Reply post(String path, String... namesAndValues) throws IOException {
        return send(request(path, "", namesAndValues));
    }

    public Reply postKeyed(String key, String path, String... namesAndValues) throws IOException {
        return send(request(path, key, namesAndValues));
    }

    public CompletableFuture<Reply> postAsync(String key, String path, String... namesAndValues) {
        return http.sendAsync(request(path, key, namesAndValues), BodyHandlers.ofString())
                .thenApply(StripeClient::reply);
    }

    public Reply get(String path) throws IOException {
        return send(builder(path).GET().build());
    }

    public Reply delete(String path) throws IOException {
        return send(builder(path).DELETE().build());
    }

    public Reply postJson(String path, String json) throws IOException {
        return send(
                builder(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    /** Creates and confirms; returns the reply whatever it is. */
    public Reply pay(long amount, String card, String captureMethod) throws IOException {
        return post(
                "/v1/payment_intents",
                "amount",
                Long.toString(amount),
                "currency",
                "zar",
                "payment_method",
                card,
                "capture_method",
                captureMethod,
                "confirm",
                "true");
    }

    private HttpRequest request(String path, String key, String... namesAndValues) {
        List<String> pairs = new ArrayList<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            pairs.add(encode(namesAndValues[i]) + "=" + encode(namesAndValues[i + 1]));
        }
        HttpRequest.Builder request =
                builder(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(String.join("&", pairs)));
        if (!key.isEmpty()) {
            request.header("Idempotency-Key", key);
        }
        return request.build();
    }

    private HttpRequest.Builder builder(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(timeout);
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return request;
    }

    private Reply send(HttpRequest request) throws IOException {
        try {
            return reply(http.send(request, BodyHandlers.ofString()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Reply reply(HttpResponse<String> response) {
        return new Reply(response.statusCode(), response.headers(), response.body());
    }

    public static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
