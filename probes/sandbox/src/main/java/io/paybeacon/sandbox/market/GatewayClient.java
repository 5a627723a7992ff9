package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The marketplace's own client of the gateway: plain HTTP, one retry under the same key. */
final class GatewayClient {
    private final Vertx vertx;
    private final HttpClient client;
    private final String baseUrl;
    private final String apiKey;

    GatewayClient(Vertx vertx, String baseUrl, String apiKey) {
        this.vertx = vertx;
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions(),
                        new PoolOptions()
                                .setHttp1MaxSize(Limits.MARKET_CONNECTIONS_MAX)
                                .setMaxWaitQueueSize(Limits.MARKET_WAITING_MAX));
    }

    /** An answer of any status below 500 but 429 and 409. */
    record Reply(int status, JsonObject body) {}

    /** Posts a form; a failure, 5xx, 409 or 429 is tried once more after a second. */
    Future<Reply> post(String path, Map<String, String> form, String idempotencyKey) {
        return once(path, form, idempotencyKey)
                .recover(failure ->
                        vertx.timer(Limits.MARKET_RETRY_MILLIS, TimeUnit.MILLISECONDS)
                                .compose(t -> once(path, form, idempotencyKey)));
    }

    Future<Void> close() {
        return client.shutdown(Limits.CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
    }

    private Future<Reply> once(String path, Map<String, String> form, String idempotencyKey) {
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(baseUrl + path)
                        .putHeader("Authorization", "Bearer " + apiKey)
                        .putHeader("Content-Type", "application/x-www-form-urlencoded")
                        .putHeader("Idempotency-Key", idempotencyKey);
        return client.request(options)
                .compose(request -> {
                    request.exceptionHandler(failure -> {});
                    request.connection().exceptionHandler(failure -> {});
                    return exchange(request, form)
                            .timeout(Limits.MARKET_ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)
                            .onFailure(failure -> request.reset());
                });
    }

    private static Future<Reply> exchange(HttpClientRequest request, Map<String, String> form) {
        return request.send(encode(form))
                .compose(r -> r.body().map(body -> reply(r.statusCode(), body)));
    }

    private static Reply reply(int status, Buffer body) {
        if (status >= 500 || status == 429 || status == 409) {
            throw new IllegalStateException("the gateway answered " + status);
        }
        return new Reply(status, body.toJsonObject());
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
