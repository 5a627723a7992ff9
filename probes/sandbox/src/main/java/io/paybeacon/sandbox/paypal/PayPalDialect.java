package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.api.Answer;
import io.paybeacon.sandbox.api.ApiDialect;
import io.paybeacon.sandbox.api.ApiProblem;
import io.paybeacon.sandbox.api.ApiRequest;
import io.paybeacon.sandbox.api.IdempotencyKey;
import io.paybeacon.sandbox.api.Prepared;
import io.paybeacon.sandbox.fault.Operation;
import io.paybeacon.sandbox.fault.Subject;
import io.paybeacon.sandbox.paypal.PayPalGateway.Call;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How PayPal reads requests and shapes refusals: JSON, bearer tokens, request ids that bring back
 * what has become of the first request, whatever the second one says.
 */
final class PayPalDialect implements ApiDialect {
    /** The documented limit of the header {@code PayPal-Request-Id}. */
    private static final int REQUEST_ID_CHARS_MAX = 108;

    private final PayPalGateway gateway;
    private final Tokens tokens;
    private final ObjectIds ids;
    private final RequestIds requestIds;

    PayPalDialect(PayPalGateway gateway, Tokens tokens, ObjectIds ids, RequestIds requestIds) {
        this.gateway = gateway;
        this.tokens = tokens;
        this.ids = ids;
        this.requestIds = requestIds;
    }

    @Override
    public String newRequestId() {
        return ids.debug();
    }

    @Override
    public Optional<Answer> unauthorised(Operation operation, ApiRequest request) {
        return operation == PayPalOperation.OAUTH2_TOKEN
                ? Tokens.refuseClient(request)
                : tokens.refuseBearer(request);
    }

    @Override
    public Prepared prepare(Operation operation, ApiRequest request) {
        PayPalOperation asked = PayPalOperation.class.cast(operation);
        if (asked == PayPalOperation.OAUTH2_TOKEN) {
            return new Prepared.Ready(
                    Subject.NONE, Optional.empty(), tamper -> tokens.issue(request.body()));
        }
        try {
            checkContentType(asked, request);
            String id = request.pathParameter("id").orElse("");
            RequestBody body = RequestBody.parse(request.body());
            Optional<String> requestId = requestId(request);
            Call call =
                    new Call(
                            asked,
                            id,
                            body,
                            requestId.isPresent(),
                            wantsAll(request),
                            request.requestId());
            return new Prepared.Ready(
                    gateway.subject(asked, id, body),
                    requestId.map(r -> key(asked, request, r)),
                    tamper -> gateway.execute(call, tamper),
                    stored -> gateway.again(call, stored));
        } catch (PayPalRefusal refusal) {
            return new Prepared.Refused(refusal.answer(request.requestId()));
        }
    }

    private IdempotencyKey key(PayPalOperation operation, ApiRequest request, String requestId) {
        boolean order = operation.wireName().startsWith("orders.");
        Duration lasts = order ? RequestIds.ORDERS_LAST : RequestIds.PAYMENTS_LAST;
        return new IdempotencyKey(
                requestIds.use(request.path(), requestId, lasts), requestId, "any", "any");
    }

    @Override
    public Answer problem(ApiProblem problem, ApiRequest request) {
        return refusal(problem).answer(request.requestId());
    }

    private static PayPalRefusal refusal(ApiProblem problem) {
        return switch (problem) {
            case ApiProblem.UnknownPath() -> PayPalRefusal.missing();
            case ApiProblem.BodyTooLong(int bytesMax) ->
                    PayPalRefusal.tooLarge(
                            "The request body is longer than " + bytesMax + " bytes.");
            case ApiProblem.RateLimited(long seconds) -> PayPalRefusal.rateLimited();
            case ApiProblem.Trouble(int status) -> PayPalRefusal.trouble(status);
            case ApiProblem.KeyInUse(String key) -> PayPalRefusal.inProgress();
            case ApiProblem.KeyOfOtherEndpoint(String key, String endpoint, String first) ->
                    PayPalRefusal.inProgress();
            case ApiProblem.KeyOfOtherContent(String key) -> PayPalRefusal.inProgress();
        };
    }

    @Override
    public Map<String, String> headers(
            ApiRequest request, Optional<IdempotencyKey> key, boolean replayed) {
        return Map.of(
                "Paypal-Debug-Id",
                request.requestId(),
                "Cache-Control",
                "max-age=0, no-cache, no-store, must-revalidate");
    }

    /** A body, even an empty one, must be declared; only voiding needs none. */
    private static void checkContentType(PayPalOperation operation, ApiRequest request) {
        if (!HttpMethod.POST.equals(request.method())) {
            return;
        }
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        boolean bare = operation == PayPalOperation.AUTHORIZATIONS_VOID && request.body().isEmpty();
        if (!type.startsWith("application/json") && !(bare && type.isEmpty())) {
            throw PayPalRefusal.mediaType();
        }
    }

    private static boolean wantsAll(ApiRequest request) {
        return request.header("Prefer")
                .filter(p -> p.contains("return=representation"))
                .isPresent();
    }

    private static Optional<String> requestId(ApiRequest request) {
        if (!HttpMethod.POST.equals(request.method())) {
            return Optional.empty();
        }
        Optional<String> id = request.header("PayPal-Request-Id").filter(i -> !i.isEmpty());
        if (id.filter(i -> i.length() > REQUEST_ID_CHARS_MAX).isPresent()) {
            throw PayPalRefusal.invalid(
                    Issue.of(
                            "INVALID_STRING_LENGTH",
                            "The value of a field is either too short or too long."));
        }
        return id;
    }
}
