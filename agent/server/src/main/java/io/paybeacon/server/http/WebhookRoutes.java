package io.paybeacon.server.http;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import io.paybeacon.gateways.Verified;
import io.paybeacon.server.config.WebhookLimits;
import io.paybeacon.server.http.BodyReader.Reading;
import io.paybeacon.telemetry.IngestResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Webhooks in: {@code POST /in/{gateway}}. The sender is told 200 only after what it said is
 * durable; in every other case it is told to come again, or why not to.
 */
final class WebhookRoutes {
    private final Vertx vertx;
    private final HttpServices services;
    private final HttpSettings settings;
    private final Acceptance acceptance;
    private final AtomicLong bytesHeld = new AtomicLong();

    /** By the name of the gateway account; only configured ones get one. */
    private final Map<String, TokenBucket> buckets = new ConcurrentHashMap<>();

    WebhookRoutes(Vertx vertx, HttpServices services, HttpSettings settings) {
        this.vertx = vertx;
        this.services = services;
        this.settings = settings;
        this.acceptance = new Acceptance(vertx, services, settings);
    }

    void mount(Routes routes) {
        routes.mount(Operation.RECEIVE_WEBHOOK, this::receive);
    }

    private void receive(RoutingContext request) {
        String gateway = Answers.parameter(request, "gateway");
        WebhookAnswer answer = new WebhookAnswer(request, gateway, services);
        WebhookEndpoint endpoint = services.endpoints().get().get(gateway);
        if (endpoint == null) {
            answer.refuse(IngestResult.UNKNOWN_GATEWAY);
            return;
        }
        long now = services.nanoClock().getAsLong();
        WebhookLimits limits = services.webhookLimits().get();
        long waitNanos =
                buckets.computeIfAbsent(gateway, _ -> new TokenBucket(limits, now))
                        .take(limits, now);
        if (waitNanos > 0) {
            answer.refuseFor(waitNanos);
            return;
        }
        MultiMap headers = request.request().headers();
        BodyReader reader =
                new BodyReader(
                        vertx,
                        request.request(),
                        settings.bodyBytesMax(),
                        settings.bodyReadMillisMax(),
                        bytesHeld);
        reader.read()
                .onSuccess(reading -> {
                    switch (reading) {
                        case Reading.Refused(var why) -> answer.refuse(why);
                        case Reading.Complete(var body) -> {
                            answer.whenGiven(reader::release);
                            prepare(endpoint, headers, body.getBytes(), answer);
                        }
                    }
                });
    }

    /** What an adapter makes of a body. */
    private sealed interface Judged {
        record Refused(Verified.Reason reason) implements Judged {}

        record Events(List<Event> events, Instant receivedAt) implements Judged {}
    }

    private void prepare(
            WebhookEndpoint endpoint, MultiMap headers, byte[] body, WebhookAnswer answer) {
        Future<Void> prepared = endpoint.preparation().apply(headers::getAll);
        if (prepared.isComplete()) {
            read(endpoint, headers, body, answer);
            return;
        }
        Context context = vertx.getOrCreateContext();
        prepared.onComplete(_ -> context.runOnContext(_ -> read(endpoint, headers, body, answer)));
    }

    private void read(
            WebhookEndpoint endpoint, MultiMap headers, byte[] body, WebhookAnswer answer) {
        Instant now = services.clock().instant();
        if (body.length > Limits.BODY_BYTES_ON_EVENT_LOOP_MAX) {
            vertx.executeBlocking(() -> judge(endpoint, headers, body, now), false)
                    .onSuccess(judged -> proceed(judged, answer))
                    .onFailure(answer::fail);
            return;
        }
        Judged judged;
        try {
            judged = judge(endpoint, headers, body, now);
        } catch (RuntimeException e) {
            answer.fail(e);
            return;
        }
        proceed(judged, answer);
    }

    private void proceed(Judged judged, WebhookAnswer answer) {
        switch (judged) {
            case Judged.Refused(var reason) -> answer.refuse(reason);
            case Judged.Events events -> accept(events, answer);
        }
    }

    private static Judged judge(
            WebhookEndpoint endpoint, MultiMap headers, byte[] body, Instant now) {
        Verified verified =
                endpoint.adapter().verify(headers::getAll, body, endpoint.secrets(), now);
        return switch (verified) {
            case Verified.Refused(var reason) -> new Judged.Refused(reason);
            case Verified.Accepted _ -> new Judged.Events(endpoint.adapter().map(body, now), now);
        };
    }

    private void accept(Judged.Events judged, WebhookAnswer answer) {
        if (!acceptance.tell(judged.events(), answer, answer::accept)) {
            return;
        }
        for (Event event : judged.events()) {
            if (event instanceof WebhookSeen seen) {
                services.arrivals()
                        .arrived(
                                seen.origin().gateway(),
                                seen.run(),
                                seen.type(),
                                judged.receivedAt());
            }
        }
    }
}
