package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The marketplace's own client of a gateway: plain HTTP, one retry under the same key. */
final class GatewayClient {
    private final Vertx vertx;
    private final HttpClient client;
    private final String baseUrl;

    GatewayClient(Vertx vertx, String baseUrl) {
        this.vertx = vertx;
        this.baseUrl = baseUrl;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions(),
                        new PoolOptions()
                                .setHttp1MaxSize(Limits.MARKET_CONNECTIONS_MAX)
                                .setMaxWaitQueueSize(Limits.MARKET_WAITING_MAX));
    }

    /**
     * A request.
     *
     * @param path behind the gateway's address, or a whole address
     */
    record Call(HttpMethod method, String path, Map<String, String> headers, String body) {
        Call {
            headers = Map.copyOf(headers);
        }

        static Call get(String path) {
            return new Call(HttpMethod.GET, path, Map.of(), "");
        }

        static Call form(String path, Map<String, String> form) {
            return new Call(HttpMethod.POST, path, Map.of(), encode(form))
                    .with("Content-Type", "application/x-www-form-urlencoded");
        }

        static Call json(String path, JsonObject body) {
            return new Call(HttpMethod.POST, path, Map.of(), body.encode())
                    .with("Content-Type", "application/json");
        }

        Call with(String name, String value) {
            Map<String, String> more = new TreeMap<>(headers);
            more.put(name, value);
            return new Call(method, path, more, body);
        }
    }

    /**
     * An answer of any status below 500 but 429 and 409.
     *
     * @param body empty when there is none
     * @param location of a redirect, which is not followed
     */
    record Reply(int status, JsonObject body, Optional<String> location) {
        /** What the body has under that key; empty when it has no text there. */
        String text(String key) {
            return body.getValue(key) instanceof String text ? text : "";
        }
    }

    /** Sends a request; a failure, 5xx, 409 or 429 is tried once more after a second. */
    Future<Reply> send(Call call) {
        return once(call)
                .recover(failure ->
                        vertx.timer(Limits.MARKET_RETRY_MILLIS, TimeUnit.MILLISECONDS)
                                .compose(t -> once(call)));
    }

    /** Asks the sandbox to let something befall a payment. */
    Future<Void> befall(Checkout.Payment payment, Aftermath aftermath) {
        JsonObject body = aftermath.toJson().put("payment", payment.id().orElse(""));
        return send(Call.json("/_sandbox/aftermath", body))
                .compose(reply ->
                        reply.status() == 200
                                ? Future.succeededFuture()
                                : Future.failedFuture(
                                        aftermath + " is refused: " + reply.body().encode()));
    }

    Future<Void> close() {
        return client.shutdown(Limits.CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
    }

    private Future<Reply> once(Call call) {
        String url = call.path().startsWith("/") ? baseUrl + call.path() : call.path();
        RequestOptions options = new RequestOptions().setMethod(call.method()).setAbsoluteURI(url);
        call.headers().forEach(options::putHeader);
        return client.request(options)
                .compose(request -> {
                    request.exceptionHandler(failure -> {});
                    request.connection().exceptionHandler(failure -> {});
                    return exchange(request, call.body())
                            .timeout(Limits.MARKET_ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)
                            .onFailure(failure -> request.reset());
                });
    }

    private static Future<Reply> exchange(HttpClientRequest request, String body) {
        return request.send(body)
                .compose(answer -> answer.body().map(content -> reply(answer, content)));
    }

    private static Reply reply(HttpClientResponse answer, Buffer body) {
        int status = answer.statusCode();
        if (status >= 500 || status == 429 || status == 409) {
            throw new IllegalStateException("the gateway answered " + status);
        }
        return new Reply(
                status,
                body.length() == 0 ? new JsonObject() : body.toJsonObject(),
                Optional.ofNullable(answer.getHeader("Location")));
    }

    private static String encode(Map<String, String> form) {
        return form.entrySet().stream()
                .map(e -> encode(e.getKey()) + "=" + encode(e.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
