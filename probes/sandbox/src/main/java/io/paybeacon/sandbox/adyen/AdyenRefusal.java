package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.api.Answer;
import io.vertx.core.json.JsonObject;

/**
 * An error answer of Adyen (docs.adyen.com/development-resources/error-codes). Thrown inside this
 * package only, where it ends an operation before it has changed anything.
 */
final class AdyenRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String errorCode;
    private final String errorType;

    private AdyenRefusal(int status, String errorCode, String errorType, String message) {
        super(message, null, false, false);
        this.status = status;
        this.errorCode = errorCode;
        this.errorType = errorType;
    }

    /** The request cannot be read. */
    static AdyenRefusal unreadable(String message) {
        return new AdyenRefusal(400, "702", "validation", message);
    }

    /** The request can be read, but not accepted. */
    static AdyenRefusal validation(String errorCode, String message) {
        return new AdyenRefusal(422, errorCode, "validation", message);
    }

    /** The credential may not do this. */
    static AdyenRefusal forbidden(String errorCode, String message) {
        return new AdyenRefusal(403, errorCode, "security", message);
    }

    /** Something of HTTP itself, for example an unknown path. */
    static AdyenRefusal http(int status, String reason) {
        return new AdyenRefusal(status, "000", "security", "HTTP Status Response - " + reason);
    }

    /** Adyen itself is ill. */
    static AdyenRefusal internal(int status, String errorCode, String message) {
        return new AdyenRefusal(status, errorCode, "internal", message);
    }

    /**
     * The answer.
     *
     * @param pspReference of the request
     */
    Answer answer(String pspReference) {
        JsonObject body =
                new JsonObject()
                        .put("status", status)
                        .put("errorCode", errorCode)
                        .put("message", getMessage())
                        .put("errorType", errorType);
        if (status != 401 && status != 404) {
            body.put("pspReference", pspReference);
        }
        return new Answer(status, body, false);
    }
}
