package io.paybeacon.catalog;

import io.paybeacon.probe.run.WebhookInbox;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Receives the standard webhooks of the fake Adyen for the runs of a {@link PlanWorld}. */
final class AdyenWebhooks {
    private final PlanWorld world;
    private final HttpServer server;

    AdyenWebhooks(PlanWorld world, Vertx vertx) throws Exception {
        this.world = world;
        this.server =
                vertx.createHttpServer()
                        .requestHandler(this::receive)
                        .listen(0, "127.0.0.1")
                        .await(10, TimeUnit.SECONDS);
        world.gateway.registerWebhook(
                "http://127.0.0.1:" + server.actualPort() + "/", "0123456789ABCDEF".repeat(4));
    }

    private void receive(HttpServerRequest request) {
        request.body()
                .onSuccess(body -> {
                    arrived(body);
                    request.response().setStatusCode(202).end();
                });
    }

    /** The name of an event says nothing without its success. */
    private void arrived(Buffer body) {
        JsonObject item =
                new JsonObject(body)
                        .getJsonArray("notificationItems")
                        .getJsonObject(0)
                        .getJsonObject("NotificationRequestItem");
        String run = item.getJsonObject("additionalData").getString("metadata.paybeacon_run", "");
        String type =
                item.getString("eventCode")
                        + (item.getString("success").equals("true") ? "" : ":false");
        world.prober()
                .inbox()
                .arrived(new WebhookInbox.Arrival("adyen-main", run, type, Instant.now()));
    }

    void close() throws Exception {
        server.close().await(10, TimeUnit.SECONDS);
    }
}
