package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.api.Answer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * An error answer of the gateway (docs.stripe.com/api/errors). Thrown inside this package only,
 * where it ends an operation; {@link StripeGateway} turns it into an {@link Answer}.
 */
final class StripeRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient int status;
    private final transient JsonObject error;
    private final transient boolean executed;

    private StripeRefusal(int status, JsonObject error, boolean executed) {
        super(error.getString("message"), null, false, false);
        this.status = status;
        this.error = error;
        this.executed = executed;
    }

    /** A parameter is wrong; execution never began. */
    static StripeRefusal parameter(String code, String param, String message) {
        JsonObject error = error("invalid_request_error", Optional.of(code), message);
        return new StripeRefusal(400, error.put("param", param), false);
    }

    /** The path names an object that does not exist; execution never began. */
    static StripeRefusal missing(String kind, String id) {
        String message = "No such " + kind + ": '" + id + "'";
        JsonObject error = error("invalid_request_error", Optional.of("resource_missing"), message);
        return new StripeRefusal(404, error.put("param", "id"), false);
    }

    /** The object is in a state that does not allow the operation. */
    static StripeRefusal state(String code, String message, Optional<JsonObject> paymentIntent) {
        JsonObject error = error("invalid_request_error", Optional.of(code), message);
        paymentIntent.ifPresent(p -> error.put("payment_intent", p));
        return new StripeRefusal(400, error, true);
    }

    /** The attempt failed at the issuer. */
    static StripeRefusal card(CardFailure failure, String chargeId, JsonObject paymentIntent) {
        JsonObject error = StripeJson.failure(failure);
        error.put("charge", chargeId).put("payment_intent", paymentIntent);
        return new StripeRefusal(402, error, true);
    }

    /** An error of the HTTP layer: authentication, rate limit, idempotency, server trouble. */
    static StripeRefusal request(int status, String type, Optional<String> code, String message) {
        return new StripeRefusal(status, error(type, code, message), false);
    }

    private static JsonObject error(String type, Optional<String> code, String message) {
        JsonObject error = new JsonObject();
        code.ifPresent(c ->
                error.put("code", c)
                        .put(
                                "doc_url",
                                "https://stripe.com/docs/error-codes/" + c.replace('_', '-')));
        return error.put("message", message).put("type", type);
    }

    /** The answer, with the address of the request's log as the gateway adds it. */
    Answer answer(String requestId) {
        JsonObject full = error.copy();
        full.put(
                "request_log_url",
                "https://dashboard.stripe.com/test/logs/" + requestId + "?t=sandbox");
        return new Answer(status, new JsonObject().put("error", full), executed);
    }
}
