package io.paybeacon.sandbox;

import io.paybeacon.sandbox.api.ApiResources;
import io.paybeacon.sandbox.api.RequestCounter;
import io.paybeacon.sandbox.fault.FaultEngine;
import io.paybeacon.sandbox.fault.Operation;
import io.paybeacon.sandbox.gateway.ControlAnswer;
import io.paybeacon.sandbox.gateway.FakeGateway;
import io.paybeacon.sandbox.gateway.GatewayEnvironment;
import io.paybeacon.sandbox.gateway.GatewayFactory;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.listen.Certificates;
import io.paybeacon.sandbox.listen.Port;
import io.paybeacon.sandbox.webhook.WebhookCounts;
import io.paybeacon.sandbox.webhook.WebhookEndpoint;
import io.paybeacon.sandbox.webhook.WebhookSender;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One gateway of a running sandbox, on a loopback port of its own, with its own books, faults and
 * webhooks. Every method may be called from any thread except an event loop.
 */
public final class SandboxGateway {
    private final GatewayFactory factory;
    private final GatewayKind kind;
    private final String host;
    private final Vertx vertx;
    private final Context context;
    private final FaultEngine faults;
    private final WebhookSender webhooks;
    private final RequestCounter counter;
    private final FakeGateway gateway;
    private final InstantSource trueClock;
    private final Port plain;
    private final Port tls;

    SandboxGateway(
            GatewayFactory factory,
            SandboxOptions options,
            Vertx vertx,
            Context context,
            Certificates certificates,
            Supplier<JsonObject> truth) {
        this.vertx = vertx;
        this.factory = factory;
        this.kind = factory.kind();
        this.host = options.host();
        this.trueClock = options.clock();
        this.context = context;
        this.counter =
                new RequestCounter(
                        System::nanoTime,
                        factory.vocabulary().operations().stream()
                                .map(Operation::wireName)
                                .toList());
        // Far apart, so that no generator of one gateway follows another's.
        long seed = options.seed() + 1_000L * kind.place();
        this.faults = new FaultEngine(factory.vocabulary(), seed, options.clock());
        InstantSource ownClock = () -> options.clock().instant().plus(faults.clockSkew());
        this.webhooks =
                new WebhookSender(
                        vertx, context, faults, seed + 1, options.webhookDelay(), ownClock);
        ApiResources resources =
                new ApiResources(
                        vertx,
                        faults,
                        options.requestsPerSecondMax(),
                        options.clock(),
                        ownClock,
                        counter);
        this.gateway =
                factory.create(
                        new GatewayEnvironment(
                                resources,
                                seed + 2,
                                ownClock,
                                webhooks::accept,
                                options.tlsAddresses() ? this::tlsBaseUrl : this::baseUrl));
        Router router = Router.router(vertx);
        new ControlRoutes(gateway, faults, webhooks, truth).mount(router);
        router.get("/api/v2/summary.json").handler(c -> ControlAnswer.send(c, 200, status()));
        router.get("/metrics")
                .handler(c ->
                        c.response()
                                .putHeader("Content-Type", MetricsText.CONTENT_TYPE)
                                .end(MetricsText.of(kind, counter.byOperation())));
        gateway.mount(router);
        int port = options.port() == 0 ? 0 : options.port() + kind.place();
        int tlsPort = options.port() == 0 ? 0 : port + GatewayKind.values().length;
        this.plain = new Port(vertx, host, port, Optional.empty(), router);
        this.tls = new Port(vertx, host, tlsPort, Optional.of(certificates), router);
    }

    private JsonObject status() {
        return StatusPage.summary(kind, baseUrl(), faults.list(), trueClock.instant());
    }

    /** Listens on both ports; from then on faults of the ports take effect. */
    Future<Void> listen() {
        Promise<Void> listening = Promise.promise();
        context.runOnContext(v ->
                plain.listen()
                        .compose(listens -> tls.listen())
                        .onSuccess(listens -> watchFaults())
                        .onComplete(listening));
        return listening.future();
    }

    private void watchFaults() {
        faults.onChange(this::portsChanged);
        vertx.setPeriodic(Limits.PORT_CHECK_MILLIS, timer -> applyPorts());
    }

    /**
     * Waits until the ports are as the faults want them. The event loop cannot wait: what it asks
     * for is done by the next check, when the answer to whoever asked is on its way.
     */
    private void portsChanged() {
        if (Context.isOnEventLoopThread()) {
            return;
        }
        Promise<Void> done = Promise.promise();
        context.runOnContext(v -> applyPorts().onComplete(done));
        Waiting.until(done.future(), Duration.ofMillis(Limits.PORT_CHANGE_MILLIS_MAX));
    }

    private Future<Void> applyPorts() {
        FaultEngine.Ports wanted = faults.ports();
        return Future.join(plain.apply(wanted), tls.apply(wanted)).mapEmpty();
    }

    Future<Void> close() {
        return webhooks.close()
                .eventually(() -> {
                    Promise<Void> closed = Promise.promise();
                    context.runOnContext(v ->
                            Future.join(plain.close(), tls.close())
                                    .<Void>mapEmpty()
                                    .onComplete(closed));
                    return closed.future();
                });
    }

    /** Which gateway it imitates. */
    public GatewayKind kind() {
        return kind;
    }

    /** For example {@code http://127.0.0.1:40123}, without a trailing slash. */
    public String baseUrl() {
        return "http://" + authority(plain);
    }

    /**
     * The same over TLS, with HTTP/1.1 and HTTP/2, under a certificate of {@link Sandbox#caPem};
     * for example {@code https://127.0.0.1:40124}.
     */
    public String tlsBaseUrl() {
        return "https://" + authority(tls);
    }

    private String authority(Port port) {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port.number();
    }

    /**
     * Sends all events from now on to that URL too.
     *
     * @throws IllegalArgumentException when the URL is not an http URL of this machine
     */
    public void registerWebhook(String url, String secret) {
        webhooks.register(WebhookEndpoint.of(url, secret));
    }

    /** The installed faults; install and remove them here. */
    public FaultEngine faults() {
        return faults;
    }

    /** Where the money is now. */
    public LedgerSnapshot ledger() {
        return gateway.ledger();
    }

    /** What became of the webhooks so far. */
    public WebhookCounts webhookCounts() {
        return webhooks.counts();
    }

    /** How many API requests it received, refused ones too; the sandbox's own paths are not. */
    public long requestCount() {
        return counter.total();
    }

    /** How to try it from a shell. */
    String example() {
        return factory.example(baseUrl());
    }

    FakeGateway fake() {
        return gateway;
    }

    WebhookSender webhooks() {
        return webhooks;
    }
}
