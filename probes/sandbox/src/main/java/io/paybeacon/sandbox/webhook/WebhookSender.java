package io.paybeacon.sandbox.webhook;

import io.paybeacon.sandbox.fault.Effect;
import io.paybeacon.sandbox.fault.FaultEngine;
import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * Posts events to the registered endpoints.
 *
 * <p>Each delivery waits a seeded draw between the configured delay and twice that, so events
 * overtake each other as the real gateway warns. A delivery without a 2xx answer is tried again
 * after a doubling wait, {@link Limits#WEBHOOK_ATTEMPTS_MAX} times at most.
 *
 * <p>State is confined to one event loop; every public method may be called from any thread.
 */
public final class WebhookSender {
    private final Vertx vertx;
    private final Context context;
    private final HttpClient client;
    private final FaultEngine faults;
    private final InstantSource clock;
    private final Duration delay;
    private final SplittableRandom random;
    private final List<WebhookEndpoint> endpoints = new ArrayList<>();
    private final LinkedHashSet<String> withheldOrders = new LinkedHashSet<>();
    private final Queue<Delivery> ready = new ArrayDeque<>();
    private int inFlight;
    private volatile boolean closed;
    private volatile WebhookCounts counts = new WebhookCounts(0, 0, 0, 0, 0, 0, 0);

    private record Delivery(
            WebhookEndpoint endpoint, WebhookEvent event, int attempt, boolean signed) {
        Delivery next() {
            return new Delivery(endpoint, event, attempt + 1, signed);
        }
    }

    /**
     * A sender without endpoints.
     *
     * @param context the event loop that owns its state
     * @param delay shortest wait between an event and its first delivery
     * @param clock the gateway's own, for the signature's time
     */
    public WebhookSender(
            Vertx vertx,
            Context context,
            FaultEngine faults,
            long seed,
            Duration delay,
            InstantSource clock) {
        this.vertx = vertx;
        this.context = context;
        this.faults = faults;
        this.clock = clock;
        this.delay = delay;
        this.random = new SplittableRandom(seed);
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions(),
                        new PoolOptions().setHttp1MaxSize(Limits.WEBHOOKS_IN_FLIGHT_MAX));
    }

    /**
     * Adds an endpoint for all events from now on.
     *
     * @throws IllegalStateException when {@link Limits#WEBHOOK_ENDPOINTS_MAX} are registered
     */
    public void register(WebhookEndpoint endpoint) {
        synchronized (endpoints) {
            if (endpoints.size() >= Limits.WEBHOOK_ENDPOINTS_MAX) {
                throw new IllegalStateException(
                        "at most " + Limits.WEBHOOK_ENDPOINTS_MAX + " webhook endpoints");
            }
            endpoints.add(endpoint);
        }
    }

    /** Withholds the terminal events of the payment with that {@code order_id}. */
    public void withholdTerminal(String orderId) {
        synchronized (withheldOrders) {
            if (withheldOrders.size() >= Limits.WITHHELD_ORDERS_MAX) {
                withheldOrders.removeFirst();
            }
            withheldOrders.add(orderId);
        }
    }

    /** What became of the deliveries so far. */
    public WebhookCounts counts() {
        return counts;
    }

    /** Takes an event over; returns at once. */
    public void accept(WebhookEvent event) {
        context.runOnContext(v -> plan(event));
    }

    /** Stops accepting and sending. */
    public Future<Void> close() {
        closed = true;
        return client.shutdown(Limits.CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
    }

    private void plan(WebhookEvent event) {
        count(1, 0, 0, 0, 0, 0, 0);
        List<WebhookEndpoint> targets;
        synchronized (endpoints) {
            targets = List.copyOf(endpoints);
        }
        if (closed || targets.isEmpty()) {
            return;
        }
        List<Effect.OnWebhook> effects =
                faults.decideWebhook(event.type(), event.paymentMetadata());
        boolean lost = withheld(event);
        long extraMillis = 0;
        int copies = 1;
        boolean signed = true;
        for (Effect.OnWebhook effect : effects) {
            switch (effect) {
                case Effect.Lost() -> lost = true;
                case Effect.Delayed(Duration by) -> extraMillis += by.toMillis();
                case Effect.Duplicated(int n) -> copies = Math.max(copies, n);
                case Effect.BadlySigned() -> signed = false;
                case Effect.Reordered(Duration window) -> extraMillis += window.toMillis();
                // The engine says how long it is held.
                case Effect.Held() -> lost = true;
            }
        }
        if (lost) {
            count(0, 0, 0, 0, targets.size(), 0, 0);
            return;
        }
        for (WebhookEndpoint endpoint : targets) {
            for (int copy = 0; copy < copies; copy++) {
                enqueue(new Delivery(endpoint, event, 1, signed), extraMillis + firstWaitMillis());
            }
        }
    }

    private boolean withheld(WebhookEvent event) {
        String orderId = event.paymentMetadata().get("order_id");
        synchronized (withheldOrders) {
            return orderId != null && withheldOrders.contains(orderId) && event.terminal();
        }
    }

    private long firstWaitMillis() {
        long millis = delay.toMillis();
        return millis + random.nextLong(millis + 1);
    }

    private void enqueue(Delivery delivery, long waitMillis) {
        if (counts.waiting() >= Limits.WEBHOOK_QUEUE_MAX) {
            count(0, 0, 0, 0, 0, 1, 0);
            return;
        }
        count(0, 0, 0, 0, 0, 0, 1);
        vertx.setTimer(
                Math.max(1, waitMillis),
                timer -> {
                    ready.add(delivery);
                    drain();
                });
    }

    private void drain() {
        while (!closed && inFlight < Limits.WEBHOOKS_IN_FLIGHT_MAX && !ready.isEmpty()) {
            Delivery delivery = ready.remove();
            inFlight++;
            post(delivery)
                    .onComplete(result -> {
                        inFlight--;
                        boolean ok = result.succeeded() && result.result() / 100 == 2;
                        finish(delivery, ok);
                        drain();
                    });
        }
    }

    private Future<Integer> post(Delivery delivery) {
        WebhookEndpoint endpoint = delivery.endpoint();
        int registered;
        synchronized (endpoints) {
            registered = endpoints.size();
        }
        WebhookEvent.Message message =
                delivery.event()
                        .message(
                                new WebhookEvent.Signing(
                                        endpoint.secret(),
                                        clock.instant(),
                                        registered,
                                        delivery.attempt(),
                                        delivery.signed()));
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setAbsoluteURI(endpoint.url().toString())
                        .setTimeout(Limits.WEBHOOK_ANSWER_MILLIS_MAX);
        message.headers().forEach(options::putHeader);
        return client.request(options)
                .compose(request -> {
                    request.exceptionHandler(failure -> {});
                    request.connection().exceptionHandler(failure -> {});
                    return request.send(message.body());
                })
                .compose(WebhookSender::statusOf);
    }

    private static Future<Integer> statusOf(HttpClientResponse response) {
        int status = response.statusCode();
        return response.end()
                .timeout(Limits.WEBHOOK_ANSWER_MILLIS_MAX, TimeUnit.MILLISECONDS)
                .map(status)
                .onFailure(stalled -> response.request().reset());
    }

    private void finish(Delivery delivery, boolean ok) {
        if (ok) {
            count(0, 1, 0, 0, 0, 0, -1);
        } else if (delivery.attempt() >= Limits.WEBHOOK_ATTEMPTS_MAX || closed) {
            count(0, 0, 1, 1, 0, 0, -1);
        } else {
            count(0, 0, 1, 0, 0, 0, -1);
            long backoff = Limits.WEBHOOK_BACKOFF_MILLIS << (delivery.attempt() - 1);
            enqueue(delivery.next(), backoff + random.nextLong(backoff));
        }
    }

    private void count(
            long events,
            long delivered,
            long failed,
            long abandoned,
            long lost,
            long dropped,
            long waiting) {
        WebhookCounts c = counts;
        counts =
                new WebhookCounts(
                        c.events() + events,
                        c.delivered() + delivered,
                        c.failedAttempts() + failed,
                        c.abandoned() + abandoned,
                        c.lost() + lost,
                        c.dropped() + dropped,
                        c.waiting() + waiting);
    }
}
