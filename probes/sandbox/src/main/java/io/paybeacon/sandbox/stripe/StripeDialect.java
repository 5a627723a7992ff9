package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.api.Answer;
import io.paybeacon.sandbox.api.ApiDialect;
import io.paybeacon.sandbox.api.ApiProblem;
import io.paybeacon.sandbox.api.ApiRequest;
import io.paybeacon.sandbox.api.IdempotencyKey;
import io.paybeacon.sandbox.api.Prepared;
import io.paybeacon.sandbox.fault.Operation;
import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How Stripe reads requests and shapes refusals: forms, API keys, idempotency keys that remember
 * their endpoint and parameters (docs.stripe.com/api).
 */
final class StripeDialect implements ApiDialect {
    private static final String INVALID_REQUEST = "invalid_request_error";

    private final StripeGateway gateway;
    private final byte[] apiKey;

    StripeDialect(StripeGateway gateway, String apiKey) {
        this.gateway = gateway;
        this.apiKey = apiKey.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String newRequestId() {
        return gateway.newRequestId();
    }

    @Override
    public Optional<Answer> unauthorised(Operation operation, ApiRequest request) {
        try {
            authenticate(request);
            return Optional.empty();
        } catch (StripeRefusal refusal) {
            return Optional.of(refusal.answer(request.requestId()));
        }
    }

    @Override
    public Prepared prepare(Operation operation, ApiRequest request) {
        StripeOperation asked = StripeOperation.class.cast(operation);
        try {
            checkContentType(request);
            Optional<String> id = request.pathParameter("id");
            boolean reads = HttpMethod.GET.equals(request.method());
            Form form = Form.parse(reads ? request.query() : request.body());
            Optional<String> key = idempotencyKey(request);
            return new Prepared.Ready(
                    gateway.subject(asked, id, form),
                    key.map(k -> new IdempotencyKey(k, k, request.path(), form.fingerprint())),
                    tamper -> gateway.execute(asked, id, form, request.requestId(), key, tamper));
        } catch (StripeRefusal refusal) {
            return new Prepared.Refused(refusal.answer(request.requestId()));
        }
    }

    @Override
    public Answer problem(ApiProblem problem, ApiRequest request) {
        return refusal(problem, request).answer(request.requestId());
    }

    private static StripeRefusal refusal(ApiProblem problem, ApiRequest request) {
        return switch (problem) {
            case ApiProblem.UnknownPath() ->
                    StripeRefusal.request(
                            404,
                            INVALID_REQUEST,
                            Optional.empty(),
                            "Unrecognized request URL ("
                                    + request.method()
                                    + ": "
                                    + request.path()
                                    + "). Please see https://stripe.com/docs or we can help at"
                                    + " https://support.stripe.com/.");
            case ApiProblem.BodyTooLong(int bytesMax) ->
                    StripeRefusal.request(
                            413,
                            INVALID_REQUEST,
                            Optional.empty(),
                            "The request body is longer than " + bytesMax + " bytes.");
            case ApiProblem.RateLimited(long seconds) ->
                    StripeRefusal.request(
                            429,
                            INVALID_REQUEST,
                            Optional.of("rate_limit"),
                            "Request rate limit exceeded. Learn more about rate limits here"
                                    + " https://stripe.com/docs/rate-limits.");
            case ApiProblem.Trouble(int status) ->
                    StripeRefusal.request(
                            status, "api_error", Optional.empty(), "An unknown error occurred");
            case ApiProblem.KeyInUse(String key) ->
                    StripeRefusal.request(
                            409,
                            INVALID_REQUEST,
                            Optional.of("idempotency_key_in_use"),
                            "There is currently another in-progress request using this Idempotent"
                                    + " Key (that probably means you submitted twice, and the"
                                    + " other request is still going through): "
                                    + key
                                    + ". Please try again later.");
            case ApiProblem.KeyOfOtherEndpoint(String key, String endpoint, String first) ->
                    keyReused(
                            key,
                            "Keys for idempotent requests can only be used for the same endpoint"
                                    + " they were first used for ('"
                                    + endpoint
                                    + "' vs '"
                                    + first
                                    + "').");
            case ApiProblem.KeyOfOtherContent(String key) ->
                    keyReused(
                            key,
                            "Keys for idempotent requests can only be used with the same"
                                    + " parameters they were first used with.");
        };
    }

    private static StripeRefusal keyReused(String key, String reason) {
        return StripeRefusal.request(
                400,
                "idempotency_error",
                Optional.empty(),
                reason
                        + " Try using a key other than '"
                        + key
                        + "' if you meant to execute a different request.");
    }

    @Override
    public Map<String, String> headers(
            ApiRequest request, Optional<IdempotencyKey> key, boolean replayed) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Request-Id", request.requestId());
        headers.put(
                "Stripe-Version", request.header("Stripe-Version").orElse(StripeJson.API_VERSION));
        key.ifPresent(k -> headers.put("Idempotency-Key", k.shown()));
        if (replayed) {
            headers.put("Idempotent-Replayed", "true");
        }
        return headers;
    }

    /** docs.stripe.com/api/idempotent_requests: the result is saved "including 500 errors". */
    @Override
    public boolean keepsInternalErrors() {
        return true;
    }

    @Override
    public String render(JsonObject body) {
        return body.encodePrettily();
    }

    private void authenticate(ApiRequest request) {
        String header = request.header("Authorization").orElse("");
        String scheme = header.split(" ", 2)[0].toLowerCase(Locale.ROOT);
        String credentials = header.substring(Math.min(header.length(), scheme.length())).strip();
        Optional<String> given =
                switch (scheme) {
                    case "bearer" -> Optional.of(credentials);
                    case "basic" -> basicUser(credentials);
                    default -> Optional.empty();
                };
        if (given.isEmpty()) {
            throw StripeRefusal.request(
                    401,
                    INVALID_REQUEST,
                    Optional.empty(),
                    "You did not provide an API key. You need to provide your API key in the"
                            + " Authorization header, using Bearer auth (e.g. 'Authorization:"
                            + " Bearer YOUR_SECRET_KEY'). See https://stripe.com/docs/api#authentication"
                            + " for details.");
        }
        if (!MessageDigest.isEqual(given.get().getBytes(StandardCharsets.UTF_8), apiKey)) {
            // The real gateway shows the key's last letters; nothing of a key is shown here.
            throw StripeRefusal.request(
                    401, INVALID_REQUEST, Optional.empty(), "Invalid API Key provided: ********");
        }
    }

    private static Optional<String> basicUser(String credentials) {
        try {
            String decoded =
                    new String(Base64.getDecoder().decode(credentials), StandardCharsets.UTF_8);
            return Optional.of(decoded.split(":", 2)[0]);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void checkContentType(ApiRequest request) {
        String type = request.header("Content-Type").orElse("");
        if (HttpMethod.POST.equals(request.method())
                && !type.isEmpty()
                && !type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded")) {
            throw StripeRefusal.request(
                    400,
                    INVALID_REQUEST,
                    Optional.empty(),
                    "Invalid request (check that your POST content type is"
                            + " application/x-www-form-urlencoded).");
        }
    }

    private static Optional<String> idempotencyKey(ApiRequest request) {
        Optional<String> key =
                HttpMethod.POST.equals(request.method())
                        ? request.header("Idempotency-Key")
                        : Optional.empty();
        if (key.filter(k -> k.length() > Limits.IDEMPOTENCY_KEY_CHARS_MAX).isPresent()) {
            throw StripeRefusal.request(
                    400,
                    INVALID_REQUEST,
                    Optional.empty(),
                    "Idempotency keys can be up to 255 characters long.");
        }
        return key.filter(k -> !k.isEmpty());
    }
}
