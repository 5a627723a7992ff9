package io.paybeacon.sandbox.api;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request that has been read whole.
 *
 * @param requestId the id the gateway gave it, for its answer and its log
 * @param path without the query
 * @param query as sent, without the question mark; empty when there is none
 * @param pathParameters values of the {@code :name} parts of the route
 * @param body empty when there is none
 */
public record ApiRequest(
        String requestId,
        HttpMethod method,
        String path,
        String query,
        MultiMap headers,
        Map<String, String> pathParameters,
        String body) {
    public ApiRequest {
        pathParameters = Map.copyOf(pathParameters);
    }

    /** The value of a header, if it was sent. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The first value of a query parameter, decoded, if it was sent. */
    public Optional<String> queryParameter(String name) {
        return new QueryStringDecoder(query, false)
                .parameters().getOrDefault(name, List.of()).stream().findFirst();
    }

    /** The value of a {@code :name} part of the route. */
    public Optional<String> pathParameter(String name) {
        return Optional.ofNullable(pathParameters.get(name));
    }

    /** Method and path; headers may hold credentials and the body a card number. */
    @Override
    public String toString() {
        return "ApiRequest[" + method + " " + path + "]";
    }
}
