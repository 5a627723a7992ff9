package io.paybeacon.sandbox.api;

import io.netty.channel.socket.SocketChannel;
import io.paybeacon.sandbox.fault.Effect;
import io.paybeacon.sandbox.limit.Limits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Bytes in and out, well-behaved or as a fault wants them. Confined to one event loop. */
final class Wire {
    private static final int NO_CONTENT = 204;

    private final Vertx vertx;
    private int held;

    Wire(Vertx vertx) {
        this.vertx = vertx;
    }

    /** The whole body, or a failure when it is longer than the limit. */
    Future<String> readBody(HttpServerRequest request) {
        Promise<String> promise = Promise.promise();
        Buffer body = Buffer.buffer();
        request.exceptionHandler(promise::tryFail);
        request.handler(chunk -> {
            if (body.length() + chunk.length() > Limits.REQUEST_BODY_BYTES_MAX) {
                promise.tryFail("longer than " + Limits.REQUEST_BODY_BYTES_MAX + " bytes");
            } else if (!promise.future().isComplete()) {
                body.appendBuffer(chunk);
            }
        });
        request.endHandler(end -> promise.tryComplete(body.toString(StandardCharsets.UTF_8)));
        return promise.future();
    }

    /** Answers, unless the client has gone. */
    void send(
            HttpServerRequest request,
            int status,
            Map<String, String> headers,
            String content,
            List<Effect.OnRequest> effects) {
        HttpServerResponse response = request.response();
        if (response.closed() || response.ended()) {
            return;
        }
        response.setStatusCode(status);
        headers.forEach(response::putHeader);
        response.exceptionHandler(gone -> {});
        if (status == NO_CONTENT) {
            response.end();
            return;
        }
        response.putHeader("Content-Type", "application/json");
        Buffer body = Buffer.buffer(content);
        if (effects.contains(new Effect.Malformed())) {
            body = body.slice(0, body.length() / 2);
        }
        Optional<Effect.Drip> drip =
                effects.stream()
                        .filter(Effect.Drip.class::isInstance)
                        .map(Effect.Drip.class::cast)
                        .findFirst();
        if (drip.isPresent()) {
            response.putHeader("Content-Length", Integer.toString(body.length()));
            drip(response, body, 0, drip.get().bytesPerSecond());
        } else {
            response.end(body);
        }
    }

    private void drip(HttpServerResponse response, Buffer body, int from, int bytesPerSecond) {
        if (response.closed()) {
            return;
        }
        int step = Math.max(1, bytesPerSecond / 10);
        int to = Math.min(body.length(), from + step);
        response.write(body.slice(from, to));
        if (to == body.length()) {
            response.end();
            return;
        }
        long millis = Math.max(1, 1_000L * step / bytesPerSecond);
        vertx.setTimer(millis, timer -> drip(response, body, to, bytesPerSecond));
    }

    /** Never answers; {@code gone} runs when the client has closed the connection. */
    void hold(HttpServerRequest request, Runnable gone) {
        if (held >= Limits.BLACK_HOLES_MAX) {
            gone.run();
            reset(request);
            return;
        }
        held++;
        request.response().exceptionHandler(failure -> {});
        request.connection()
                .closeHandler(closed -> {
                    held--;
                    gone.run();
                });
    }

    /** Closes the connection in good order, without an answer. */
    void close(HttpServerRequest request) {
        request.response().exceptionHandler(failure -> {});
        request.connection().close();
    }

    /** Closes the connection with a TCP reset instead of an orderly end. */
    void reset(HttpServerRequest request) {
        request.response().exceptionHandler(failure -> {});
        // Vert.x offers no reset: its connection's channel does, by closing without lingering.
        if (request.connection() instanceof ConnectionBase connection
                && connection.channel() instanceof SocketChannel channel) {
            channel.config().setSoLinger(0);
            channel.unsafe().close(channel.unsafe().voidPromise());
        } else {
            request.connection().close();
        }
    }
}
