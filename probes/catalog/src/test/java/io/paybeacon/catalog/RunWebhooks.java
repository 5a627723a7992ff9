package io.paybeacon.catalog;

import io.paybeacon.probe.Prober;
import io.paybeacon.probe.run.WebhookInbox;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Receives the webhooks of a fake gateway about the runs of an engine. */
final class RunWebhooks {
    private static final String RUN = "paybeacon_run";

    private final GatewayKind kind;
    private final Supplier<Prober> prober;
    private final HttpServer server;

    /** What a webhook says of a run. */
    private record Told(String run, String type) {}

    RunWebhooks(Vertx vertx, int port, GatewayKind kind, Supplier<Prober> prober) throws Exception {
        this.kind = kind;
        this.prober = prober;
        this.server =
                vertx.createHttpServer()
                        .requestHandler(this::receive)
                        .listen(port, "127.0.0.1")
                        .await(10, TimeUnit.SECONDS);
    }

    String url() {
        return "http://127.0.0.1:" + server.actualPort() + "/";
    }

    private void receive(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> {
                    Told told = told(body);
                    prober.get()
                            .inbox()
                            .arrived(
                                    new WebhookInbox.Arrival(
                                            kind.wireName() + "-main",
                                            told.run(),
                                            told.type(),
                                            Instant.now()));
                    request.response().end();
                });
    }

    private Told told(Buffer body) {
        JsonObject event = new JsonObject(body);
        return switch (kind) {
            case STRIPE ->
                    new Told(
                            event.getJsonObject("data")
                                    .getJsonObject("object")
                                    .getJsonObject("metadata", new JsonObject())
                                    .getString(RUN, ""),
                            event.getString("type"));
            case CARD ->
                    new Told(
                            event.getJsonObject("data")
                                    .getJsonObject("metadata", new JsonObject())
                                    .getString(RUN, ""),
                            event.getString("type"));
            case PAYPAL ->
                    new Told(
                            event.getJsonObject("resource")
                                    .getString("custom_id", "")
                                    .replace(RUN + ":", ""),
                            event.getString("event_type"));
            case ADYEN -> {
                JsonObject item =
                        event.getJsonArray("notificationItems")
                                .getJsonObject(0)
                                .getJsonObject("NotificationRequestItem");
                // The name of an event says nothing without its success.
                yield new Told(
                        item.getJsonObject("additionalData").getString("metadata." + RUN, ""),
                        item.getString("eventCode")
                                + (item.getString("success").equals("true") ? "" : ":false"));
            }
        };
    }

    void close() throws Exception {
        server.close().await(10, TimeUnit.SECONDS);
    }
}
