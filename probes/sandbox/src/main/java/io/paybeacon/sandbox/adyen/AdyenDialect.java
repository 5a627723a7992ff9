package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.adyen.AdyenGateway.Asked;
import io.paybeacon.sandbox.api.Answer;
import io.paybeacon.sandbox.api.ApiDialect;
import io.paybeacon.sandbox.api.ApiProblem;
import io.paybeacon.sandbox.api.ApiRequest;
import io.paybeacon.sandbox.api.IdempotencyKey;
import io.paybeacon.sandbox.api.Prepared;
import io.paybeacon.sandbox.fault.Operation;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How Adyen reads requests and shapes refusals: JSON, the API key in a header of its own, and
 * idempotency keys of a company account, which give the first answer again
 * (docs.adyen.com/development-resources/api-idempotency). The documentation says nothing of a key
 * that comes back with another request; here it gives the first answer too.
 */
final class AdyenDialect implements ApiDialect {
    private static final Set<String> VERSIONS = Set.of("v68", "v69", "v70", "v71");
    private static final int KEY_CHARS_MAX = 64;
    private static final String TRANSIENT = "transient-error";

    private final AdyenGateway gateway;
    private final byte[] apiKey;
    private final String merchantAccount;

    AdyenDialect(AdyenGateway gateway, String apiKey, String merchantAccount) {
        this.gateway = gateway;
        this.apiKey = apiKey.getBytes(StandardCharsets.UTF_8);
        this.merchantAccount = merchantAccount;
    }

    @Override
    public String newRequestId() {
        return gateway.newRequestId();
    }

    @Override
    public Optional<Answer> unauthorised(Operation operation, ApiRequest request) {
        return unauthorised(request);
    }

    private Optional<Answer> unauthorised(ApiRequest request) {
        byte[] given = request.header("X-API-Key").orElse("").getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, apiKey)
                ? Optional.empty()
                : Optional.of(AdyenRefusal.http(401, "Unauthorized").answer(request.requestId()));
    }

    @Override
    public Prepared prepare(Operation operation, ApiRequest request) {
        try {
            if (!VERSIONS.contains(request.pathParameter("version").orElse(""))) {
                throw AdyenRefusal.http(404, "Not Found");
            }
            checkContentType(request);
            Asked asked = read(AdyenOperation.class.cast(operation), request);
            return new Prepared.Ready(
                    gateway.subject(asked),
                    idempotencyKey(request),
                    tamper -> gateway.execute(asked, request.requestId(), tamper));
        } catch (AdyenRefusal refusal) {
            return new Prepared.Refused(refusal.answer(request.requestId()));
        }
    }

    private Asked read(AdyenOperation operation, ApiRequest request) {
        RequestBody body = RequestBody.parse(request.body());
        String psp = request.pathParameter("psp").orElse("");
        if (operation == AdyenOperation.PAYMENTS_DETAILS) {
            return new Asked.Details(body);
        }
        checkMerchantAccount(body);
        return switch (operation) {
            case PAYMENT_METHODS -> new Asked.PaymentMethods();
            case PAYMENTS ->
                    new Asked.Pay(PaymentRequest.read(body, merchantAccount, gateway.now()));
            case PAYMENTS_DETAILS -> new Asked.Details(body);
            case CAPTURES, REFUNDS ->
                    new Asked.Modify(
                            operation, ModificationRequest.withAmount(body, merchantAccount, psp));
            case CANCELS, REVERSALS ->
                    new Asked.Modify(
                            operation, ModificationRequest.whole(body, merchantAccount, psp));
            case TECHNICAL_CANCELS ->
                    new Asked.Modify(
                            operation, ModificationRequest.technical(body, merchantAccount));
        };
    }

    private void checkMerchantAccount(RequestBody body) {
        if (!body.text("merchantAccount").orElse("").equals(merchantAccount)) {
            throw AdyenRefusal.forbidden("901", "Invalid Merchant Account");
        }
    }

    private static void checkContentType(ApiRequest request) {
        String type = request.header("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json")) {
            throw AdyenRefusal.http(415, "Unsupported Media Type");
        }
    }

    private static Optional<IdempotencyKey> idempotencyKey(ApiRequest request) {
        Optional<String> key = request.header("Idempotency-Key").filter(k -> !k.isEmpty());
        if (key.filter(k -> k.length() > KEY_CHARS_MAX).isPresent()) {
            throw AdyenRefusal.validation(
                    "29_001",
                    "Field 'Idempotency-Key' may not exceed " + KEY_CHARS_MAX + " characters.");
        }
        return key.map(k -> new IdempotencyKey(k, k, "", ""));
    }

    @Override
    public Answer problem(ApiProblem problem, ApiRequest request) {
        if (problem instanceof ApiProblem.UnknownPath) {
            Optional<Answer> unauthorised = unauthorised(request);
            if (unauthorised.isPresent()) {
                return unauthorised.get();
            }
        }
        String psp = request.requestId();
        return switch (problem) {
            case ApiProblem.UnknownPath() -> AdyenRefusal.http(404, "Not Found").answer(psp);
            case ApiProblem.BodyTooLong(int bytesMax) ->
                    AdyenRefusal.validation(
                                    "29_100",
                                    "The request is larger than the allowed maximum of "
                                            + bytesMax
                                            + " bytes")
                            .answer(psp);
            case ApiProblem.RateLimited(long seconds) ->
                    AdyenRefusal.http(429, "Too Many Requests")
                            .answer(psp)
                            .withHeader("Retry-After", Long.toString(seconds));
            case ApiProblem.Trouble(int status) -> trouble(status, psp);
            case ApiProblem.KeyInUse(String key) ->
                    AdyenRefusal.validation("704", "request already processed or in progress")
                            .answer(psp)
                            .withHeader(TRANSIENT, "true");
            case ApiProblem.KeyOfOtherEndpoint mismatch -> neverRefused();
            case ApiProblem.KeyOfOtherContent mismatch -> neverRefused();
        };
    }

    private static Answer neverRefused() {
        throw new IllegalStateException("keys are not bound to an endpoint or a content here");
    }

    private static Answer trouble(int status, String pspReference) {
        return switch (status) {
            case 401 -> AdyenRefusal.http(status, "Unauthorized").answer(pspReference);
            case 403 -> AdyenRefusal.forbidden("010", "Not allowed").answer(pspReference);
            case 408 -> AdyenRefusal.http(status, "Request Timeout").answer(pspReference);
            case 500 -> AdyenRefusal.internal(status, "903", "Internal error").answer(pspReference);
            case 503 ->
                    AdyenRefusal.internal(
                                    status, "703", "Required resource temporarily unavailable")
                            .answer(pspReference)
                            .withHeader(TRANSIENT, "true");
            default ->
                    AdyenRefusal.internal(status, "904", "Unable To Process").answer(pspReference);
        };
    }

    /**
     * Only an answer with {@code transient-error} is to be asked for again, so that an internal
     * error without it stays; whoever has one must find another way to the truth.
     */
    @Override
    public boolean keepsInternalErrors() {
        return true;
    }

    @Override
    public Map<String, String> headers(
            ApiRequest request, Optional<IdempotencyKey> key, boolean replayed) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("pspReference", request.requestId());
        key.ifPresent(k -> headers.put("idempotency-key", k.shown()));
        return headers;
    }
}
