package io.paybeacon.sandbox.api;

import io.paybeacon.sandbox.fault.Effect;
import io.paybeacon.sandbox.fault.Effect.When;
import io.paybeacon.sandbox.fault.FaultEngine;
import io.paybeacon.sandbox.fault.Operation;
import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The HTTP face of a fake gateway: authentication, rate limit, idempotency, then the operation,
 * with the faults that strike before and after it. All of it runs on one event loop.
 */
public final class GatewayApi {
    /** RFC 9110, 5.6.7. */
    private static final DateTimeFormatter HTTP_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final Vertx vertx;
    private final InstantSource gatewayClock;
    private final ApiDialect dialect;
    private final FaultEngine faults;
    private final RateLimiter limiter;
    private final RequestCounter counter;
    private final IdempotencyStore idempotency = new IdempotencyStore();
    private final Wire wire;

    /**
     * A face without routes.
     *
     * @param resources what the sandbox lends it
     * @param dialect what differs from gateway to gateway
     */
    public GatewayApi(ApiResources resources, ApiDialect dialect) {
        this.vertx = resources.vertx();
        this.gatewayClock = resources.gatewayClock();
        this.dialect = dialect;
        this.faults = resources.faults();
        this.limiter = new RateLimiter(resources.requestsPerSecondMax(), resources.clock());
        this.counter = resources.counter();
        this.wire = new Wire(vertx);
    }

    /** Adds an operation; in the path, {@code :name} stands for a parameter. */
    public void route(Router router, HttpMethod method, String path, Operation operation) {
        router.route(method, path).handler(context -> receive(context, operation));
    }

    /** Answers every path that was not added before as an unknown one. */
    public void refuseTheRest(Router router) {
        router.route()
                .handler(context -> {
                    counter.watch(context.request(), "unknown");
                    ApiRequest request = read(context, "");
                    refuse(context.request(), request, new ApiProblem.UnknownPath());
                });
    }

    private void receive(RoutingContext context, Operation operation) {
        HttpServerRequest request = context.request();
        counter.watch(request, operation.wireName());
        if (HttpMethod.GET.equals(request.method())) {
            serve(request, operation, read(context, ""));
            return;
        }
        wire.readBody(request)
                .onSuccess(body -> serve(request, operation, read(context, body)))
                .onFailure(tooLong ->
                        refuse(
                                request,
                                read(context, ""),
                                new ApiProblem.BodyTooLong(Limits.REQUEST_BODY_BYTES_MAX)));
    }

    private ApiRequest read(RoutingContext context, String body) {
        HttpServerRequest request = context.request();
        return new ApiRequest(
                dialect.newRequestId(),
                request.method(),
                Optional.ofNullable(request.path()).orElse(""),
                Optional.ofNullable(request.query()).orElse(""),
                request.headers(),
                context.pathParams(),
                body);
    }

    /** One request on its way through the faults. */
    private record Exchange(
            HttpServerRequest http,
            Operation operation,
            ApiRequest request,
            Prepared.Ready ready,
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

        Tamper tamper(boolean again) {
            return new Tamper(
                    effect(Effect.Decline.class).map(Effect.Decline::declineCode),
                    effect(Effect.WrongAmount.class).map(w -> w.offsetMinor()).orElse(0L),
                    again);
        }
    }

    private void serve(HttpServerRequest http, Operation operation, ApiRequest request) {
        Optional<Answer> unauthorised = dialect.unauthorised(operation, request);
        if (unauthorised.isPresent()) {
            send(http, request, Optional.empty(), unauthorised.get(), false, List.of());
            return;
        }
        if (!limiter.admit()) {
            refuse(http, request, new ApiProblem.RateLimited(RateLimiter.RETRY_AFTER_SECONDS));
            return;
        }
        switch (dialect.prepare(operation, request)) {
            case Prepared.Refused(Answer answer) ->
                    send(http, request, Optional.empty(), answer, false, List.of());
            case Prepared.Ready ready -> {
                List<Effect.OnRequest> effects = faults.decide(operation, ready.subject());
                begin(new Exchange(http, operation, request, ready, effects));
            }
        }
    }

    private void begin(Exchange exchange) {
        Optional<IdempotencyKey> key = exchange.ready().key();
        if (key.isEmpty()) {
            before(exchange);
            return;
        }
        switch (idempotency.claim(key.get())) {
            case IdempotencyStore.Claim.Fresh() -> before(exchange);
            case IdempotencyStore.Claim.Replay(Answer stored) -> replay(exchange, stored);
            case IdempotencyStore.Claim.Refused(ApiProblem problem) ->
                    refuse(exchange.http(), exchange.request(), problem);
        }
    }

    private void replay(Exchange exchange, Answer stored) {
        long millis = exchange.latencyMillis(When.BEFORE);
        if (faults.doublesCharge(exchange.operation(), exchange.ready().subject())) {
            Answer second = exchange.ready().execution().apply(exchange.tamper(true));
            store(exchange, second);
            delay(millis, () -> after(exchange, second, false));
        } else {
            delay(millis, () -> after(exchange, exchange.ready().replay().apply(stored), true));
        }
    }

    private void before(Exchange exchange) {
        delay(exchange.latencyMillis(When.BEFORE), () -> execute(exchange));
    }

    private void execute(Exchange exchange) {
        if (exchange.effects().contains(new Effect.Reset(When.BEFORE))) {
            release(exchange);
            wire.reset(exchange.http());
            return;
        }
        if (exchange.effects().contains(new Effect.Close(When.BEFORE))) {
            release(exchange);
            wire.close(exchange.http());
            return;
        }
        if (exchange.effects().contains(new Effect.BlackHole(When.BEFORE))) {
            wire.hold(exchange.http(), () -> release(exchange));
            return;
        }
        Optional<Effect.Status> status = exchange.effect(Effect.Status.class);
        if (status.filter(s -> s.when() == When.BEFORE).isPresent()) {
            Answer answer = trouble(status.get().code(), exchange.request());
            store(exchange, answer);
            after(exchange, answer, false);
            return;
        }
        Answer answer = exchange.ready().execution().apply(exchange.tamper(false));
        Answer shown = status.map(s -> trouble(s.code(), exchange.request())).orElse(answer);
        store(exchange, kept(shown.status()) ? shown : answer);
        after(exchange, shown, false);
    }

    private Answer trouble(int status, ApiRequest request) {
        ApiProblem problem =
                status == 429
                        ? new ApiProblem.RateLimited(RateLimiter.RETRY_AFTER_SECONDS)
                        : new ApiProblem.Trouble(status);
        return dialect.problem(problem, request).withExecuted(kept(status));
    }

    /** A 500 of the endpoint itself may be its result; a 503 of a proxy before it is not. */
    private boolean kept(int status) {
        return status == 500 && dialect.keepsInternalErrors();
    }

    private void store(Exchange exchange, Answer answer) {
        exchange.ready()
                .key()
                .ifPresent(key -> {
                    if (answer.executed()) {
                        idempotency.finish(key, answer);
                    } else {
                        idempotency.release(key);
                    }
                });
    }

    private void release(Exchange exchange) {
        exchange.ready().key().ifPresent(idempotency::release);
    }

    private void after(Exchange exchange, Answer answer, boolean replayed) {
        delay(exchange.latencyMillis(When.AFTER), () -> deliver(exchange, answer, replayed));
    }

    private void deliver(Exchange exchange, Answer answer, boolean replayed) {
        if (exchange.effect(Effect.Reset.class).isPresent()) {
            wire.reset(exchange.http());
        } else if (exchange.effect(Effect.Close.class).isPresent()) {
            wire.close(exchange.http());
        } else if (exchange.effect(Effect.BlackHole.class).isPresent()) {
            wire.hold(exchange.http(), () -> {});
        } else {
            send(
                    exchange.http(),
                    exchange.request(),
                    exchange.ready().key(),
                    answer,
                    replayed,
                    exchange.effects());
        }
    }

    private void refuse(HttpServerRequest http, ApiRequest request, ApiProblem problem) {
        Answer answer = dialect.problem(problem, request);
        send(http, request, Optional.empty(), answer, false, List.of());
    }

    private void send(
            HttpServerRequest http,
            ApiRequest request,
            Optional<IdempotencyKey> key,
            Answer answer,
            boolean replayed,
            List<Effect.OnRequest> effects) {
        Map<String, String> headers = new LinkedHashMap<>(dialect.headers(request, key, replayed));
        headers.put("Date", HTTP_DATE.format(gatewayClock.instant().atOffset(ZoneOffset.UTC)));
        headers.putAll(answer.headers());
        wire.send(http, answer.status(), headers, dialect.render(answer.body()), effects);
    }

    private void delay(long millis, Runnable next) {
        if (millis <= 0) {
            next.run();
        } else {
            vertx.setTimer(millis, timer -> next.run());
        }
    }
}
