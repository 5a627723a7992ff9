package io.paybeacon.sandbox.api;

import io.paybeacon.sandbox.fault.Operation;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * What a gateway decides about a request; {@link GatewayApi} does the rest. All methods are called
 * on one event loop and must not block.
 */
public interface ApiDialect {
    /** The id of the next request, in the gateway's form. */
    String newRequestId();

    /** The answer to a request with missing or wrong credentials; empty when they are right. */
    Optional<Answer> unauthorised(Operation operation, ApiRequest request);

    /** Reads a request that is authentic and within the rate limit. */
    Prepared prepare(Operation operation, ApiRequest request);

    /** The gateway's own shape of a problem. */
    Answer problem(ApiProblem problem, ApiRequest request);

    /**
     * Headers of every answer, besides the content's type and length and the date.
     *
     * @param key the idempotency key of the request, if it has one
     * @param replayed whether the answer is a stored one
     */
    Map<String, String> headers(ApiRequest request, Optional<IdempotencyKey> key, boolean replayed);

    /**
     * Whether an idempotency key keeps an internal error (status 500) as its result, so that a
     * repetition gets the error again. Else a repetition is executed, or gets the result of the
     * execution whose answer the error hid.
     */
    default boolean keepsInternalErrors() {
        return false;
    }

    /** The body as this gateway lays JSON out. */
    default String render(JsonObject body) {
        return body.encode();
    }
}
