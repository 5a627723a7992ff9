package io.paybeacon.server.http;

import io.paybeacon.server.config.KeyPairPem;
import io.paybeacon.telemetry.ProcessMetrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.ServerSSLOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.System.Logger;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP door, listening. Safe for use by many threads. */
public final class AgentHttpServer {
    private static final Logger LOG = System.getLogger(AgentHttpServer.class.getName());
    private static final int CLOSE_SECONDS = 10;

    private final HttpServer server;
    private final BlockingCalls calls;

    private AgentHttpServer(HttpServer server, BlockingCalls calls) {
        this.server = server;
        this.calls = calls;
    }

    /**
     * Listens. The future fails when the address is taken.
     *
     * @throws IllegalArgumentException if the host can be reached from other machines and there is
     *     no token or no TLS
     */
    public static Future<AgentHttpServer> listen(
            Vertx vertx, HttpSettings settings, HttpServices services) {
        if (settings.tls().isEmpty() || services.tokens().get().isEmpty()) {
            ListenAddress.check(settings.host());
        }
        BlockingCalls calls = new BlockingCalls(vertx);
        HttpServer server =
                vertx.createHttpServer(options(settings))
                        .requestHandler(router(vertx, settings, services, calls));
        AtomicInteger connections = new AtomicInteger();
        server.connectionHandler(connection -> count(connection, connections));
        return server.listen(settings.port(), settings.host())
                .map(listening -> new AgentHttpServer(listening, calls))
                .onFailure(_ -> calls.close());
    }

    private static HttpServerOptions options(HttpSettings settings) {
        HttpServerOptions options = new HttpServerOptions();
        settings.tls()
                .ifPresent(keys ->
                        // HTTP/2 would let one connection carry what the limits allow a hundred.
                        options.setSsl(true)
                                .setUseAlpn(false)
                                .setSslHandshakeTimeout(Limits.HANDSHAKE_SECONDS_MAX)
                                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS)
                                .setKeyCertOptions(pem(keys)));
        return options.setMaxInitialLineLength(Limits.REQUEST_LINE_BYTES_MAX)
                .setMaxHeaderSize(Limits.HEADER_BYTES_MAX)
                .setIdleTimeout(Limits.IDLE_SECONDS_MAX)
                .setIdleTimeoutUnit(TimeUnit.SECONDS)
                .setHandle100ContinueAutomatically(true)
                .setHttp2ClearTextEnabled(false);
    }

    private static PemKeyCertOptions pem(KeyPairPem keys) {
        return new PemKeyCertOptions()
                .setCertValue(Buffer.buffer(keys.certificatePem()))
                .setKeyValue(Buffer.buffer(keys.keyPem().reveal()));
    }

    /** Shows another certificate to whoever connects from now on. The future fails without. */
    public Future<Void> useKeys(KeyPairPem keys) {
        return server.updateSSLOptions(
                        new ServerSSLOptions()
                                .setKeyCertOptions(pem(keys))
                                .setSslHandshakeTimeout(Limits.HANDSHAKE_SECONDS_MAX)
                                .setSslHandshakeTimeoutUnit(TimeUnit.SECONDS))
                .mapEmpty();
    }

    private static void count(HttpConnection connection, AtomicInteger connections) {
        if (connections.incrementAndGet() > Limits.CONNECTIONS_MAX) {
            connection.close();
        }
        connection.closeHandler(_ -> connections.decrementAndGet());
    }

    private static Router router(
            Vertx vertx, HttpSettings settings, HttpServices services, BlockingCalls calls) {
        Router router = Router.router(vertx);
        router.route().handler(request -> countAnswer(request, services.process()));
        Routes routes = new Routes(router, services.process());
        mountAll(vertx, router, routes, settings, services, calls);
        router.errorHandler(400, AgentHttpServer::malformed);
        router.errorHandler(
                404,
                request ->
                        Answers.problem(
                                request,
                                404,
                                "Not found",
                                "There is nothing here; / lists what is."));
        router.errorHandler(500, AgentHttpServer::failed);
        return router;
    }

    /** Mounts every operation. */
    static void mountAll(
            Vertx vertx,
            Router router,
            Routes routes,
            HttpSettings settings,
            HttpServices services,
            BlockingCalls calls) {
        StatusRoutes status = new StatusRoutes(services, calls);
        // Whatever is mounted after the guard is guarded, paths that do not exist included.
        AccessGuard guard = new AccessGuard(services.tokens(), services.process());
        // Before the webhooks, whose paths it looks like, and guarded, which they are not.
        router.route(Operation.RECEIVE_EVENTS.routerPath()).handler(guard);
        new EventRoutes(vertx, services, settings).mount(routes);
        new WebhookRoutes(vertx, services, settings).mount(routes);
        status.mountOpen(routes);
        routes.refuseOtherMethods();
        router.route().handler(guard);
        status.mount(routes);
        new ReloadRoutes(vertx, services).mount(routes);
        new PaymentRoutes(services, calls).mount(routes);
        new FindingRoutes(services, calls).mount(routes);
        new ActRoutes(vertx, services, calls).mount(routes);
        new CustomerRoutes(services, calls).mount(routes);
        new GatewayRoutes(services, calls).mount(routes);
        new ProbeRoutes(services, calls).mount(routes);
        new TargetRoutes(services).mount(routes);
        new GuidanceRoutes().mount(routes);
        new DocumentRoutes(calls).mount(routes);
        routes.refuseOtherMethods();
    }

    private static void countAnswer(RoutingContext request, ProcessMetrics process) {
        request.addEndHandler(
                _ -> process.responded(Routes.of(request), request.response().getStatusCode()));
        request.next();
    }

    private static void malformed(RoutingContext request) {
        Answers.problem(request, 400, "Bad request", "The path or the query cannot be read.");
    }

    private static void failed(RoutingContext request) {
        LOG.log(Logger.Level.ERROR, "A request failed", request.failure());
        Answers.problem(request, 500, "Internal error", "The agent failed; its log says why.");
    }

    /** The port it listens on. */
    public int port() {
        return server.actualPort();
    }

    /** Takes no more requests, lets those under way end for some seconds, then closes. */
    public Future<Void> close() {
        return server.shutdown(CLOSE_SECONDS, TimeUnit.SECONDS).onComplete(_ -> calls.close());
    }
}
