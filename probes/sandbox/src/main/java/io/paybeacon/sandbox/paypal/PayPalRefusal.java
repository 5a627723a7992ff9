package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.api.Answer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * An error in the gateway's shape (developer.paypal.com/api/rest/responses). Thrown inside the
 * gateway only; {@link PayPalGateway} turns it into an {@link Answer}.
 */
final class PayPalRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient int status;
    private final transient String name;
    private final transient String text;
    private final transient List<Issue> issues;
    private final transient List<JsonObject> links;

    private PayPalRefusal(int status, String name, String message, List<Issue> issues) {
        this(status, name, message, issues, List.of());
    }

    private PayPalRefusal(
            int status, String name, String message, List<Issue> issues, List<JsonObject> links) {
        super(message, null, false, false);
        this.status = status;
        this.name = name;
        this.text = message;
        this.issues = List.copyOf(issues);
        this.links = List.copyOf(links);
    }

    /** The same with a link to what the client should do next. */
    PayPalRefusal with(JsonObject link) {
        return new PayPalRefusal(status, name, text, issues, List.of(link));
    }

    /** The request is not well-formed. */
    static PayPalRefusal invalid(Issue issue) {
        return new PayPalRefusal(
                400,
                "INVALID_REQUEST",
                "Request is not well-formed, syntactically incorrect, or violates schema.",
                List.of(issue));
    }

    /** The request is well-formed, but cannot be done. */
    static PayPalRefusal unprocessable(Issue issue) {
        return new PayPalRefusal(
                422,
                "UNPROCESSABLE_ENTITY",
                "The requested action could not be performed, semantically incorrect, or failed"
                        + " business validation.",
                List.of(issue));
    }

    static PayPalRefusal unprocessable(String issue, String description) {
        return unprocessable(Issue.of(issue, description));
    }

    /** There is no object of the id in the path. */
    static PayPalRefusal missing() {
        return new PayPalRefusal(
                404,
                "RESOURCE_NOT_FOUND",
                "The specified resource does not exist.",
                List.of(
                        Issue.of(
                                "INVALID_RESOURCE_ID",
                                "Specified resource ID does not exist. Please check the resource"
                                        + " ID and try again.")));
    }

    /** The same request is being executed. */
    static PayPalRefusal inProgress() {
        return new PayPalRefusal(
                409,
                "RESOURCE_CONFLICT",
                "The server has detected a conflict while processing this request.",
                List.of(
                        Issue.of(
                                "PREVIOUS_REQUEST_IN_PROGRESS",
                                "A previous request on this resource is currently in progress."
                                        + " Please wait for sometime and try again. It is best to"
                                        + " space out the initial and the subsequent request(s) to"
                                        + " avoid receiving this error.")));
    }

    static PayPalRefusal rateLimited() {
        String text = "Too many requests. Blocked due to rate limiting.";
        return new PayPalRefusal(
                429, "RATE_LIMIT_REACHED", text, List.of(Issue.of("RATE_LIMIT_REACHED", text)));
    }

    /** No credentials at all; wrong ones are answered in the shape of OAuth 2, see Tokens. */
    static PayPalRefusal unauthenticated() {
        return new PayPalRefusal(
                401,
                "AUTHENTICATION_FAILURE",
                "Authentication failed due to missing authorization header, or invalid"
                        + " authentication credentials.",
                List.of());
    }

    static PayPalRefusal mediaType() {
        return new PayPalRefusal(
                415,
                "UNSUPPORTED_MEDIA_TYPE",
                "The server does not support the request payload's media type.",
                List.of());
    }

    static PayPalRefusal tooLarge(String message) {
        return new PayPalRefusal(413, "INVALID_REQUEST", message, List.of());
    }

    /** What a fault makes it answer. */
    static PayPalRefusal trouble(int status) {
        return switch (status) {
            case 401 -> unauthenticated();
            case 403 ->
                    new PayPalRefusal(
                            403,
                            "NOT_AUTHORIZED",
                            "Authorization failed due to insufficient permissions.",
                            List.of(
                                    Issue.of(
                                            "PERMISSION_DENIED",
                                            "You do not have permission to access or perform"
                                                    + " operations on this resource.")));
            case 429 -> rateLimited();
            case 503 ->
                    new PayPalRefusal(
                            503, "SERVICE_UNAVAILABLE", "Service Unavailable.", List.of());
            default ->
                    new PayPalRefusal(
                            status,
                            "INTERNAL_SERVER_ERROR",
                            "An internal server error has occurred.",
                            List.of());
        };
    }

    /** Why, in one line, for people. */
    String reason() {
        return issues.isEmpty()
                ? name
                : issues.getFirst().name() + ": " + issues.getFirst().description();
    }

    /** The answer, with an id by which the gateway's support would find the request. */
    Answer answer(String debugId) {
        JsonObject body = new JsonObject().put("name", name).put("message", text);
        body.put("debug_id", debugId);
        JsonArray details = new JsonArray();
        issues.forEach(issue -> details.add(issue.toJson()));
        if (!details.isEmpty()) {
            body.put("details", details);
        }
        String anchor = issues.isEmpty() ? name : issues.getFirst().name();
        JsonArray all = new JsonArray();
        links.forEach(all::add);
        all.add(
                PayPalJson.link(
                        "https://developer.paypal.com/docs/api/orders/v2/#error-" + anchor,
                        "information_link",
                        "GET"));
        return new Answer(status, body.put("links", all), false);
    }
}
