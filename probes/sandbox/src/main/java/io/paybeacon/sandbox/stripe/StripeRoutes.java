package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.fault.Effect;
import io.paybeacon.sandbox.fault.Effect.When;
import io.paybeacon.sandbox.fault.FaultEngine;
import io.paybeacon.sandbox.fault.Operation;
import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The HTTP face of the fake gateway: authentication, rate limit, idempotency, then the operation,
 * with the faults that strike before and after it. All of it runs on one event loop.
 */
public final class StripeRoutes {
    private static final String INVALID_REQUEST = "invalid_request_error";

    private final Vertx vertx;
    private final StripeGateway gateway;
    private final FaultEngine faults;
    private final byte[] apiKey;
    private final RateLimiter limiter;
    private final IdempotencyStore idempotency = new IdempotencyStore();
    private final Wire wire;

    /**
     * Routes to be mounted with {@link #mount}.
     *
     * @param apiKey the one key that is accepted
     * @param requestsPerSecondMax beyond it requests are answered with 429
     * @param clock for the rate limit
     */
    public StripeRoutes(
            Vertx vertx,
            StripeGateway gateway,
            FaultEngine faults,
            String apiKey,
            long requestsPerSecondMax,
            InstantSource clock) {
        this.vertx = vertx;
        this.gateway = gateway;
        this.faults = faults;
        this.apiKey = apiKey.getBytes(StandardCharsets.UTF_8);
        this.limiter = new RateLimiter(requestsPerSecondMax, clock);
        this.wire = new Wire(vertx);
    }

    /** Adds the documented paths to the router. */
    public void mount(Router router) {
        route(router, HttpMethod.POST, "/v1/payment_intents", Operation.PAYMENT_INTENTS_CREATE);
        route(router, HttpMethod.GET, "/v1/payment_intents", Operation.PAYMENT_INTENTS_LIST);
        route(
                router,
                HttpMethod.GET,
                "/v1/payment_intents/search",
                Operation.PAYMENT_INTENTS_SEARCH);
        String intent = "/v1/payment_intents/:id";
        route(router, HttpMethod.GET, intent, Operation.PAYMENT_INTENTS_RETRIEVE);
        route(router, HttpMethod.POST, intent + "/confirm", Operation.PAYMENT_INTENTS_CONFIRM);
        route(router, HttpMethod.POST, intent + "/capture", Operation.PAYMENT_INTENTS_CAPTURE);
        route(router, HttpMethod.POST, intent + "/cancel", Operation.PAYMENT_INTENTS_CANCEL);
        route(router, HttpMethod.POST, "/v1/refunds", Operation.REFUNDS_CREATE);
        route(router, HttpMethod.GET, "/v1/refunds", Operation.REFUNDS_LIST);
        route(router, HttpMethod.GET, "/v1/refunds/:id", Operation.REFUNDS_RETRIEVE);
        route(router, HttpMethod.GET, "/v1/charges/:id", Operation.CHARGES_RETRIEVE);
        route(router, HttpMethod.GET, "/v1/balance", Operation.BALANCE_RETRIEVE);
        router.route("/v1/*").handler(this::unrecognised);
    }

    private void route(Router router, HttpMethod method, String path, Operation operation) {
        router.route(method, path).handler(context -> receive(context, operation));
    }

    private void unrecognised(RoutingContext context) {
        HttpServerRequest request = context.request();
        String requestId = gateway.newRequestId();
        String message =
                "Unrecognized request URL ("
                        + request.method()
                        + ": "
                        + request.path()
                        + "). Please see https://stripe.com/docs or we can help at"
                        + " https://support.stripe.com/.";
        StripeRefusal refusal =
                StripeRefusal.request(404, INVALID_REQUEST, Optional.empty(), message);
        wire.send(request, refusal.answer(requestId), requestId, Wire.Headers.NONE, List.of());
    }

    private void receive(RoutingContext context, Operation operation) {
        HttpServerRequest request = context.request();
        if (HttpMethod.GET.equals(request.method())) {
            serve(context, operation, Optional.ofNullable(request.query()).orElse(""));
            return;
        }
        wire.readBody(request)
                .onSuccess(body -> serve(context, operation, body))
                .onFailure(tooLong -> refuse(context, tooLong));
    }

    private void refuse(RoutingContext context, Throwable failure) {
        String requestId = gateway.newRequestId();
        String message = String.valueOf(failure.getMessage());
        Answer answer =
                StripeRefusal.request(413, INVALID_REQUEST, Optional.empty(), message)
                        .answer(requestId);
        wire.send(context.request(), answer, requestId, Wire.Headers.NONE, List.of());
    }

    /** One request on its way through the faults. */
    private record Exchange(
            HttpServerRequest request,
            Operation operation,
            Optional<String> id,
            Form form,
            String requestId,
            Optional<String> key,
            List<Effect.OnRequest> effects) {
        <T extends Effect.OnRequest> Optional<T> effect(Class<T> type) {
            return effects.stream().filter(type::isInstance).map(type::cast).findFirst();
        }

        long latencyMillis(When when) {
            return effects.stream()
                    .filter(Effect.Latency.class::isInstance)
                    .map(Effect.Latency.class::cast)
                    .filter(l -> l.when() == when)
                    .mapToLong(l -> l.delay().toMillis())
                    .sum();
        }

        Tamper tamper() {
            return new Tamper(
                    effect(Effect.Decline.class).map(Effect.Decline::declineCode),
                    effect(Effect.WrongAmount.class).map(w -> w.offsetMinor()).orElse(0L));
        }
    }

    private void serve(RoutingContext context, Operation operation, String parameters) {
        HttpServerRequest request = context.request();
        String requestId = gateway.newRequestId();
        try {
            authenticate(request);
            if (!limiter.admit()) {
                throw rateLimited();
            }
            checkContentType(request);
            Optional<String> id = Optional.ofNullable(context.pathParam("id"));
            Form form = Form.parse(parameters);
            Exchange exchange =
                    new Exchange(
                            request,
                            operation,
                            id,
                            form,
                            requestId,
                            idempotencyKey(request),
                            faults.decide(operation, gateway.paymentMetadata(operation, id, form)));
            begin(exchange);
        } catch (StripeRefusal refusal) {
            wire.send(request, refusal.answer(requestId), requestId, Wire.Headers.NONE, List.of());
        }
    }

    private void begin(Exchange exchange) {
        if (exchange.key().isEmpty()) {
            before(exchange);
            return;
        }
        String key = exchange.key().get();
        String endpoint = Optional.ofNullable(exchange.request().path()).orElse("");
        switch (idempotency.claim(key, endpoint, exchange.form().fingerprint())) {
            case IdempotencyStore.Claim.Fresh() -> before(exchange);
            case IdempotencyStore.Claim.Replay(Answer stored) -> {
                long millis = exchange.latencyMillis(When.BEFORE);
                delay(millis, () -> after(exchange, stored, true));
            }
            case IdempotencyStore.Claim.InUse() ->
                    throw StripeRefusal.request(
                            409,
                            INVALID_REQUEST,
                            Optional.of("idempotency_key_in_use"),
                            "There is currently another in-progress request using this Idempotent"
                                    + " Key (that probably means you submitted twice, and the"
                                    + " other request is still going through): "
                                    + key
                                    + ". Please try again later.");
            case IdempotencyStore.Claim.Mismatch(String reason) ->
                    throw StripeRefusal.request(
                            400,
                            "idempotency_error",
                            Optional.empty(),
                            reason
                                    + " Try using a key other than '"
                                    + key
                                    + "' if you meant to execute a different request.");
        }
    }

    private void before(Exchange exchange) {
        delay(exchange.latencyMillis(When.BEFORE), () -> execute(exchange));
    }

    private void execute(Exchange exchange) {
        if (exchange.effects().contains(new Effect.Reset(When.BEFORE))) {
            release(exchange);
            wire.reset(exchange.request());
            return;
        }
        if (exchange.effects().contains(new Effect.BlackHole(When.BEFORE))) {
            wire.hold(exchange.request(), () -> release(exchange));
            return;
        }
        Optional<Effect.Status> status = exchange.effect(Effect.Status.class);
        if (status.filter(s -> s.when() == When.BEFORE).isPresent()) {
            Answer answer = trouble(status.get().code(), exchange.requestId());
            store(exchange, answer);
            after(exchange, answer, false);
            return;
        }
        Answer answer =
                gateway.execute(
                        exchange.operation(),
                        exchange.id(),
                        exchange.form(),
                        exchange.requestId(),
                        exchange.key(),
                        exchange.tamper());
        Answer shown = status.map(s -> trouble(s.code(), exchange.requestId())).orElse(answer);
        // A 500 of the endpoint itself is its stored result; a 503 of a proxy before it is not.
        store(exchange, shown.status() == 500 ? shown : answer);
        after(exchange, shown, false);
    }

    private void store(Exchange exchange, Answer answer) {
        exchange.key()
                .ifPresent(key -> {
                    if (answer.executed()) {
                        idempotency.finish(key, answer);
                    } else {
                        idempotency.release(key);
                    }
                });
    }

    private void release(Exchange exchange) {
        exchange.key().ifPresent(idempotency::release);
    }

    private void after(Exchange exchange, Answer answer, boolean replayed) {
        delay(exchange.latencyMillis(When.AFTER), () -> deliver(exchange, answer, replayed));
    }

    private void deliver(Exchange exchange, Answer answer, boolean replayed) {
        boolean reset = exchange.effect(Effect.Reset.class).isPresent();
        boolean hole = exchange.effect(Effect.BlackHole.class).isPresent();
        if (reset) {
            wire.reset(exchange.request());
        } else if (hole) {
            wire.hold(exchange.request(), () -> {});
        } else {
            wire.send(
                    exchange.request(),
                    answer,
                    exchange.requestId(),
                    new Wire.Headers(exchange.key(), replayed),
                    exchange.effects());
        }
    }

    private void delay(long millis, Runnable next) {
        if (millis <= 0) {
            next.run();
        } else {
            vertx.setTimer(millis, timer -> next.run());
        }
    }

    private static Answer trouble(int status, String requestId) {
        Answer answer =
                status == 429
                        ? rateLimited().answer(requestId)
                        : StripeRefusal.request(
                                        status,
                                        "api_error",
                                        Optional.empty(),
                                        "An unknown error occurred")
                                .answer(requestId);
        JsonObject body = answer.body();
        return new Answer(status, body, status == 500);
    }

    private static StripeRefusal rateLimited() {
        return StripeRefusal.request(
                429,
                INVALID_REQUEST,
                Optional.of("rate_limit"),
                "Request rate limit exceeded. Learn more about rate limits here"
                        + " https://stripe.com/docs/rate-limits.");
    }

    private void authenticate(HttpServerRequest request) {
        String header = Optional.ofNullable(request.getHeader("Authorization")).orElse("");
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

    private static void checkContentType(HttpServerRequest request) {
        String type = Optional.ofNullable(request.getHeader("Content-Type")).orElse("");
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

    private static Optional<String> idempotencyKey(HttpServerRequest request) {
        Optional<String> key =
                HttpMethod.POST.equals(request.method())
                        ? Optional.ofNullable(request.getHeader("Idempotency-Key"))
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
