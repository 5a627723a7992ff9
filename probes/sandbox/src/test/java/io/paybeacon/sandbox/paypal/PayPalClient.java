package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** A client of the fake PayPal made of the JDK alone: nothing of the sandbox tests itself. */
final class PayPalClient {
    /** One of PayPal's published test cards. */
    static final String CARD = "4012888888881881";

    private final HttpClient http =
            HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build();
    private final String baseUrl;
    private String authorization = "";

    PayPalClient(Sandbox sandbox) throws IOException {
        this(sandbox.gateway(GatewayKind.PAYPAL).baseUrl());
        signIn();
    }

    PayPalClient(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    static SandboxOptions options() {
        return SandboxOptions.defaults()
                .withWebhookDelay(Duration.ofMillis(1))
                .withGateways(Set.of(GatewayKind.PAYPAL));
    }

    record Reply(int status, String text) {
        JsonObject body() {
            return new JsonObject(text);
        }

        String id() {
            return body().getString("id");
        }

        String state() {
            return body().getString("status");
        }

        String issue() {
            JsonArray details = body().getJsonArray("details", new JsonArray());
            return details.isEmpty() ? "" : details.getJsonObject(0).getString("issue");
        }

        /** The first authorisation, capture or refund of an order. */
        JsonObject payment(String kind) {
            return body().getJsonArray("purchase_units")
                    .getJsonObject(0)
                    .getJsonObject("payments")
                    .getJsonArray(kind)
                    .getJsonObject(0);
        }

        List<String> rels() {
            List<String> rels = new ArrayList<>();
            body().getJsonArray("links")
                    .forEach(link -> rels.add(((JsonObject) link).getString("rel")));
            return rels;
        }
    }

    /** Gets a token and uses it from now on. */
    Reply signIn() throws IOException {
        Reply reply = token(PayPalFactory.CLIENT_ID, PayPalFactory.CLIENT_SECRET);
        authorization = "Bearer " + reply.body().getString("access_token");
        return reply;
    }

    Reply token(String id, String secret) throws IOException {
        String pair = id + ":" + secret;
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return send(
                "POST",
                "/v1/oauth2/token",
                "grant_type=client_credentials",
                "Authorization",
                "Basic " + basic,
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    PayPalClient authorizedBy(String header) {
        PayPalClient other = new PayPalClient(baseUrl);
        other.authorization = header;
        return other;
    }

    Reply get(String path) throws IOException {
        return send("GET", path, "", "Authorization", authorization);
    }

    /** Headers are names and values in turn. */
    Reply post(String path, String body, String... headers) throws IOException {
        List<String> all =
                new ArrayList<>(
                        List.of(
                                "Authorization",
                                authorization,
                                "Content-Type",
                                "application/json"));
        Collections.addAll(all, headers);
        return send("POST", path, body, all.toArray(String[]::new));
    }

    Reply post(String path, JsonObject body, String... headers) throws IOException {
        return post(path, body.encode(), headers);
    }

    /** What no API does: {@code /_sandbox/...}. */
    Reply control(String path) throws IOException {
        return send("POST", "/_sandbox/" + path, "");
    }

    Reply send(String method, String path, String body, String... headers) throws IOException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(baseUrl + path))
                        .timeout(Duration.ofSeconds(20))
                        .method(
                                method,
                                body.isEmpty()
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(body));
        for (int i = 0; i < headers.length; i += 2) {
            if (!headers[i + 1].isEmpty()) {
                request.header(headers[i], headers[i + 1]);
            }
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    static JsonObject order(String intent, String value, String currency) {
        return new JsonObject()
                .put("intent", intent)
                .put(
                        "purchase_units",
                        new JsonArray()
                                .add(
                                        new JsonObject()
                                                .put("custom_id", "paybeacon_run:r1")
                                                .put("amount", money(value, currency))));
    }

    static JsonObject money(String value, String currency) {
        return new JsonObject().put("currency_code", currency).put("value", value);
    }

    static JsonObject withUnit(JsonObject order, String field, Object value) {
        JsonObject copy = order.copy();
        copy.getJsonArray("purchase_units").getJsonObject(0).put(field, value);
        return copy;
    }

    static JsonObject card() {
        return new JsonObject()
                .put("number", CARD)
                .put("expiry", "2099-12")
                .put("security_code", "123")
                .put("name", "Test Buyer");
    }

    static JsonObject paidWith(JsonObject order, JsonObject card) {
        return order.copy().put("payment_source", new JsonObject().put("card", card));
    }
}
