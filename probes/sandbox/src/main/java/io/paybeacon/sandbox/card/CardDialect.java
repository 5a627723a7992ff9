package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.api.Answer;
import io.paybeacon.sandbox.api.ApiDialect;
import io.paybeacon.sandbox.api.ApiProblem;
import io.paybeacon.sandbox.api.ApiRequest;
import io.paybeacon.sandbox.api.IdempotencyKey;
import io.paybeacon.sandbox.api.Prepared;
import io.paybeacon.sandbox.api.Tamper;
import io.paybeacon.sandbox.fault.Operation;
import io.paybeacon.sandbox.fault.Subject;
import io.paybeacon.sandbox.limit.Limits;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** How the card processor reads requests and shapes refusals: JSON, bearer keys. */
final class CardDialect implements ApiDialect {
    private static final String BEARER = "Bearer ";

    private final CardProcessor processor;
    private final byte[] apiKey;

    CardDialect(CardProcessor processor, String apiKey) {
        this.processor = processor;
        this.apiKey = apiKey.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String newRequestId() {
        return processor.newRequestId();
    }

    @Override
    public Optional<Answer> unauthorised(Operation operation, ApiRequest request) {
        String header = request.header("Authorization").orElse("");
        boolean right =
                header.startsWith(BEARER)
                        && MessageDigest.isEqual(
                                header.substring(BEARER.length()).getBytes(StandardCharsets.UTF_8),
                                apiKey);
        return right
                ? Optional.empty()
                : Optional.of(
                        CardRefusal.request(
                                        401,
                                        "unauthorized",
                                        "send the API key as Authorization: Bearer KEY")
                                .answer()
                                .withHeader("WWW-Authenticate", "Bearer"));
    }

    @Override
    public Prepared prepare(Operation operation, ApiRequest request) {
        try {
            return prepare(CardOperation.class.cast(operation), request);
        } catch (CardRefusal refusal) {
            return new Prepared.Refused(refusal.answer());
        }
    }

    private Prepared prepare(CardOperation operation, ApiRequest request) {
        String id = request.pathParameter("id").orElse("");
        return switch (operation) {
            case AUTHORIZATIONS_CREATE -> {
                AuthorizationRequest asked = AuthorizationRequest.read(body(request));
                Subject subject = CardProcessor.subject(asked.terms(), asked.card().facts());
                yield writes(request, subject, tamper -> processor.authorise(asked, tamper));
            }
            case AUTHORIZATIONS_CAPTURE -> {
                CardRequest body = body(request).only("amount", "final");
                Optional<CardRequest.Amount> asked = body.optionalAmount();
                boolean rest = body.flag("final");
                yield writes(
                        request,
                        processor.subject(id),
                        tamper -> processor.capture(id, asked, rest, tamper));
            }
            case AUTHORIZATIONS_VOID -> {
                body(request).only();
                yield writes(request, processor.subject(id), tamper -> processor.release(id));
            }
            case CAPTURES_REFUND -> {
                Optional<CardRequest.Amount> asked = body(request).only("amount").optionalAmount();
                yield writes(
                        request,
                        processor.subject(id),
                        tamper -> processor.refund(id, asked, tamper));
            }
            case AUTHORIZATIONS_SEARCH -> {
                String reference = reference(request);
                yield reads(Subject.NONE, () -> processor.search(reference));
            }
            case AUTHORIZATIONS_RETRIEVE ->
                    reads(processor.subject(id), () -> processor.authorization(id));
            case CAPTURES_RETRIEVE -> reads(processor.subject(id), () -> processor.capture(id));
            case REFUNDS_RETRIEVE -> reads(processor.subject(id), () -> processor.refund(id));
        };
    }

    private static CardRequest body(ApiRequest request) {
        String type = request.header("Content-Type").orElse("application/json");
        if (!type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw CardRefusal.request(
                    415, "unsupported_media_type", "send the body as application/json");
        }
        return CardRequest.parse(request.body());
    }

    private static String reference(ApiRequest request) {
        return request.queryParameter("reference")
                .filter(r -> !r.isEmpty())
                .orElseThrow(() ->
                        CardRefusal.field(
                                "missing_field", "reference", "a search needs ?reference="));
    }

    private static Prepared reads(Subject subject, Supplier<Answer> answer) {
        return new Prepared.Ready(subject, Optional.empty(), tamper -> answer.get());
    }

    private static Prepared writes(
            ApiRequest request, Subject subject, Function<Tamper, Answer> execution) {
        Optional<String> key = request.header("Idempotency-Key").filter(k -> !k.isEmpty());
        if (key.filter(k -> k.length() > Limits.IDEMPOTENCY_KEY_CHARS_MAX).isPresent()) {
            throw CardRefusal.field(
                    "invalid_idempotency_key", "", "an idempotency key has at most 255 characters");
        }
        return new Prepared.Ready(
                subject,
                key.map(k -> new IdempotencyKey(k, k, request.path(), digest(request.body()))),
                execution);
    }

    /** A digest, because the body may hold a card number, which nothing here may keep. */
    private static String digest(String body) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(sha256.digest(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public Answer problem(ApiProblem problem, ApiRequest request) {
        return switch (problem) {
            case ApiProblem.UnknownPath() ->
                    refusal(404, "unknown_path", "there is no such path for this method");
            case ApiProblem.BodyTooLong(int bytesMax) ->
                    refusal(413, "body_too_long", "at most " + bytesMax + " bytes are read");
            case ApiProblem.RateLimited(long seconds) ->
                    refusal(429, "rate_limited", "too many requests")
                            .withHeader("Retry-After", Long.toString(seconds));
            case ApiProblem.Trouble(int status) ->
                    refusal(
                            status,
                            status == 500 ? "internal_error" : "unavailable",
                            "the processor has a problem; try again under the same key");
            case ApiProblem.KeyInUse(String key) ->
                    refusal(
                            409,
                            "idempotency_in_progress",
                            "a request with this Idempotency-Key is under way");
            case ApiProblem.KeyOfOtherEndpoint(String key, String endpoint, String first) ->
                    refusal(
                            409,
                            "idempotency_conflict",
                            "this Idempotency-Key was used for another path");
            case ApiProblem.KeyOfOtherContent(String key) ->
                    refusal(
                            409,
                            "idempotency_conflict",
                            "this Idempotency-Key was used with another body");
        };
    }

    private static Answer refusal(int status, String code, String message) {
        return CardRefusal.request(status, code, message).answer();
    }

    @Override
    public Map<String, String> headers(
            ApiRequest request, Optional<IdempotencyKey> key, boolean replayed) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("X-Request-Id", request.requestId());
        if (replayed) {
            headers.put("Idempotent-Replayed", "true");
        }
        return headers;
    }
}
