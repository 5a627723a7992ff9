package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.gateway.GatewayKind;
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
import java.util.concurrent.CompletableFuture;

/** A client of the fake Adyen made of the JDK alone. */
final class AdyenClient {
    static final String ACCOUNT = "PaybeaconSandbox";
    static final String KEY = "AQE-sandbox-not-a-real-key";

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;

    AdyenClient(Sandbox sandbox) {
        this.baseUrl = sandbox.gateway(GatewayKind.ADYEN).baseUrl();
    }

    record Reply(int status, HttpHeaders headers, String text) {
        JsonObject body() {
            return new JsonObject(text);
        }

        String psp() {
            return body().getString("pspReference");
        }

        String result() {
            return body().getString("resultCode");
        }
    }

    /** A payment of the documented Visa test card, captured by hand. */
    static JsonObject payment(long minor, String reference) {
        return new JsonObject()
                .put("merchantAccount", ACCOUNT)
                .put("reference", reference)
                .put("amount", amount(minor))
                .put("paymentMethod", card("4111111111111111"))
                .put("additionalData", new JsonObject().put("manualCapture", "true"))
                .put("returnUrl", "https://shop.example/return")
                .put("metadata", new JsonObject().put("order", reference));
    }

    static JsonObject card(String number) {
        return new JsonObject()
                .put("type", "scheme")
                .put("encryptedCardNumber", "test_" + number)
                .put("encryptedExpiryMonth", "test_03")
                .put("encryptedExpiryYear", "test_2030")
                .put("encryptedSecurityCode", "test_737")
                .put("holderName", "Probe");
    }

    static JsonObject held(JsonObject payment, String holderName) {
        payment.getJsonObject("paymentMethod").put("holderName", holderName);
        return payment;
    }

    static JsonObject amount(long minor) {
        return new JsonObject().put("value", minor).put("currency", "EUR");
    }

    static JsonObject modification() {
        return new JsonObject().put("merchantAccount", ACCOUNT);
    }

    Reply pay(long minor, String reference) throws IOException {
        return post("/v71/payments", payment(minor, reference));
    }

    Reply capture(String psp, long minor) throws IOException {
        return modify(psp, "captures", modification().put("amount", amount(minor)));
    }

    Reply refund(String psp, long minor) throws IOException {
        return modify(psp, "refunds", modification().put("amount", amount(minor)));
    }

    Reply cancel(String psp) throws IOException {
        return modify(psp, "cancels", modification());
    }

    Reply reverse(String psp) throws IOException {
        return modify(psp, "reversals", modification());
    }

    Reply modify(String psp, String what, JsonObject body) throws IOException {
        return post("/v71/payments/" + psp + "/" + what, body);
    }

    Reply post(String path, JsonObject body) throws IOException {
        return send(request(path, body.encode(), Map.of("X-API-Key", KEY)));
    }

    Reply post(String path, String body, Map<String, String> headers) throws IOException {
        return send(request(path, body, headers));
    }

    Reply postKeyed(String key, String path, JsonObject body) throws IOException {
        return send(request(path, body.encode(), Map.of("X-API-Key", KEY, "Idempotency-Key", key)));
    }

    CompletableFuture<Reply> postAsync(String key, String path, JsonObject body) {
        HttpRequest request =
                request(path, body.encode(), Map.of("X-API-Key", KEY, "Idempotency-Key", key));
        return http.sendAsync(request, BodyHandlers.ofString()).thenApply(AdyenClient::reply);
    }

    Reply get(String url) throws IOException {
        URI uri = URI.create(url.startsWith("http") ? url : baseUrl + url);
        return send(HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build());
    }

    private HttpRequest request(String path, String body, Map<String, String> headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path))
                        .timeout(Duration.ofSeconds(20))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body));
        headers.forEach(request::setHeader);
        return request.build();
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
