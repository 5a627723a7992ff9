package io.paybeacon.server.load;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers every GET and counts what came, by path. */
final class CountingTarget implements AutoCloseable {
    private final Vertx vertx = Vertx.vertx();
    private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final HttpServer server;

    CountingTarget() {
        server =
                vertx.createHttpServer()
                        .connectionHandler(connection -> {
                            open.incrementAndGet();
                            connection.closeHandler(_ -> open.decrementAndGet());
                        })
                        .requestHandler(request -> {
                            requests.computeIfAbsent(request.path(), _ -> new AtomicInteger())
                                    .incrementAndGet();
                            request.response().end("well");
                        })
                        .listen(0, "127.0.0.1")
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
    }

    int port() {
        return server.actualPort();
    }

    /** Requests for that path so far. */
    int requests(String path) {
        AtomicInteger count = requests.get(path);
        return count == null ? 0 : count.get();
    }

    /** Connections that are open now. */
    int connections() {
        return open.get();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
