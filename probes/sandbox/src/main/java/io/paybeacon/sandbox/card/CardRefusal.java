package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.api.Answer;
import io.vertx.core.json.JsonObject;

/**
 * An error answer: {@code {"error": {"code", "message", "field"}}}. Thrown inside this package
 * only, where it ends an operation. Messages never repeat a value, which may be a card number.
 */
final class CardRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    private CardRefusal(int status, String code, String message, String field, boolean executed) {
        super(message, null, false, false);
        JsonObject error = new JsonObject().put("code", code).put("message", message);
        if (!field.isEmpty()) {
            error.put("field", field);
        }
        this.answer = new Answer(status, new JsonObject().put("error", error), executed);
    }

    /** A field of the request is wrong; execution never began. */
    static CardRefusal field(String code, String field, String message) {
        return new CardRefusal(400, code, message, field, false);
    }

    /** The path names an object that does not exist; execution never began. */
    static CardRefusal missing(String kind) {
        return new CardRefusal(404, "not_found", "there is no such " + kind, "", false);
    }

    /** The object is in a state that does not allow the operation. */
    static CardRefusal state(String message) {
        return new CardRefusal(409, "invalid_state", message, "", true);
    }

    /** There is not that much money to take or give back. */
    static CardRefusal amountTooLarge(long largestMinor) {
        String message = "at most " + largestMinor + " minor units are left";
        return new CardRefusal(422, "amount_too_large", message, "amount.value", true);
    }

    /** An error of the HTTP layer. */
    static CardRefusal request(int status, String code, String message) {
        return new CardRefusal(status, code, message, "", false);
    }

    Answer answer() {
        return answer;
    }
}
