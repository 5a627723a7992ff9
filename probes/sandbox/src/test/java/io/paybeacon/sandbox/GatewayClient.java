package io.paybeacon.sandbox;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** A JSON client made of the JDK alone, so that nothing of the sandbox tests itself. */
public final class GatewayClient {
    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final String baseUrl;
    private final Map<String, String> headers;
    private final Duration timeout;

    private GatewayClient(String baseUrl, Map<String, String> headers, Duration timeout) {
        this.baseUrl = baseUrl;
        this.headers = headers;
        this.timeout = timeout;
    }

    public static GatewayClient of(SandboxGateway gateway) {
        return new GatewayClient(gateway.baseUrl(), Map.of(), Duration.ofSeconds(20));
    }

    /** The same with one more header on every request. */
    public GatewayClient with(String name, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(name, value);
        return new GatewayClient(baseUrl, more, timeout);
    }

    public GatewayClient withTimeout(Duration value) {
        return new GatewayClient(baseUrl, headers, value);
    }

    public record Reply(int status, HttpHeaders headers, String text) {
        public JsonObject body() {
            return new JsonObject(text);
        }

        public String id() {
            return body().getString("id");
        }

        public String header(String name) {
            return headers.firstValue(name).orElse("");
        }

        /** {@code error.code} of the card processor's errors. */
        public String errorCode() {
            return body().getJsonObject("error").getString("code");
        }
    }

    public Reply get(String path) throws IOException {
        return send(builder(path).GET().build());
    }

    public Reply delete(String path) throws IOException {
        return send(builder(path).DELETE().build());
    }

    public Reply post(String path, String json) throws IOException {
        return send(request(path, json));
    }

    public Reply post(String path) throws IOException {
        return post(path, "");
    }

    public CompletableFuture<Reply> postAsync(String path, String json) {
        return http.sendAsync(request(path, json), BodyHandlers.ofString())
                .thenApply(GatewayClient::reply);
    }

    private HttpRequest request(String path, String body) {
        return builder(path).POST(BodyPublishers.ofString(body)).build();
    }

    private HttpRequest.Builder builder(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path)).timeout(timeout);
        headers.forEach(request::header);
        if (!headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
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
}
