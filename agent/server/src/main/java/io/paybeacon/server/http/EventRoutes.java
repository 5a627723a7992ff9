package io.paybeacon.server.http;

import io.paybeacon.gateways.platform.ContentType;
import io.paybeacon.gateways.platform.PlatformEvents;
import io.paybeacon.gateways.platform.PlatformEvents.Reading;
import io.paybeacon.gateways.platform.PlatformEvents.Rejected;
import io.paybeacon.telemetry.IngestResult;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the platform itself tells, in: {@code POST /in/events}, CloudEvents 1.0 in JSON. The sender
 * is told 200 only after what was taken is durable, and of each event that was not taken its place,
 * the reason and the remedy.
 */
final class EventRoutes {
    /** The account under which the platform tells of its own, beside those of gateways. */
    static final String PLATFORM = "platform";

    /** How many rejected events an answer explains. */
    private static final int EXPLAINED_MAX = 100;

    private final Vertx vertx;
    private final HttpServices services;
    private final HttpSettings settings;
    private final PlatformEvents events;
    private final Acceptance acceptance;
    private final AtomicLong bytesHeld = new AtomicLong();

    EventRoutes(Vertx vertx, HttpServices services, HttpSettings settings) {
        this.vertx = vertx;
        this.services = services;
        this.settings = settings;
        this.acceptance = new Acceptance(vertx, services, settings);
        this.events =
                new PlatformEvents(account ->
                        account.equals(PLATFORM)
                                || services.inventory().get().gateways().contains(account));
    }

    void mount(Routes routes) {
        routes.mount(Operation.RECEIVE_EVENTS, this::receive);
    }

    private void receive(RoutingContext request) {
        WebhookAnswer answer = new WebhookAnswer(request, PLATFORM, services);
        String header = request.request().getHeader("Content-Type");
        ContentType type = header == null ? null : ContentType.of(header);
        if (type == null) {
            answer.refuse(IngestResult.UNSUPPORTED_TYPE);
            return;
        }
        BodyReader reader =
                new BodyReader(
                        vertx,
                        request.request(),
                        PlatformEvents.BODY_BYTES_MAX,
                        settings.bodyReadMillisMax(),
                        bytesHeld);
        reader.read()
                .onSuccess(reading -> {
                    switch (reading) {
                        case BodyReader.Reading.Refused(var why) -> answer.refuse(why);
                        case BodyReader.Reading.Complete(var body) -> {
                            answer.whenGiven(reader::release);
                            read(body.getBytes(), type, answer);
                        }
                    }
                });
    }

    private void read(byte[] body, ContentType type, WebhookAnswer answer) {
        vertx.executeBlocking(() -> events.read(body, type), false)
                .onSuccess(reading -> accept(reading, answer))
                .onFailure(answer::fail);
    }

    private void accept(Reading reading, WebhookAnswer answer) {
        if (reading.accepted().isEmpty()) {
            if (reading.rejected().isEmpty()) {
                answer.accept(summary(reading));
            } else {
                answer.reject(summary(reading));
            }
            return;
        }
        acceptance.tell(reading.accepted(), answer, () -> answer.accept(summary(reading)));
    }

    private static JsonObject summary(Reading reading) {
        JsonArray rejected = new JsonArray();
        for (Rejected one : reading.rejected()) {
            if (rejected.size() >= EXPLAINED_MAX) {
                break;
            }
            rejected.add(
                    new JsonObject()
                            .put("index", one.index())
                            .put("pointer", one.pointer())
                            .put("reason", one.reason())
                            .put("remedy", one.remedy()));
        }
        return new JsonObject()
                .put("accepted", reading.accepted().size())
                .put("rejected", reading.rejected().size())
                .put("explained", rejected);
    }
}
