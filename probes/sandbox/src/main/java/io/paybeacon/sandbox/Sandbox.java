package io.paybeacon.sandbox;

import io.paybeacon.sandbox.fault.FaultEngine;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.market.GroundTruth;
import io.paybeacon.sandbox.market.MarketOptions;
import io.paybeacon.sandbox.market.Marketplace;
import io.paybeacon.sandbox.market.OrderPlanner;
import io.paybeacon.sandbox.stripe.LedgerSnapshot;
import io.paybeacon.sandbox.stripe.StripeGateway;
import io.paybeacon.sandbox.stripe.StripeRoutes;
import io.paybeacon.sandbox.webhook.WebhookCounts;
import io.paybeacon.sandbox.webhook.WebhookEndpoint;
import io.paybeacon.sandbox.webhook.WebhookSender;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A running sandbox: the fake gateway on a loopback port and, when started, the marketplace.
 *
 * <p>Every method may be called from any thread except an event loop; {@link #start} and {@link
 * #close} block.
 */
public final class Sandbox implements AutoCloseable {
    private final SandboxOptions options;
    private final Vertx vertx;
    private final Context context;
    private final FaultEngine faults;
    private final WebhookSender webhooks;
    private final StripeGateway gateway;
    private final HttpServer server;
    private final AtomicReference<@Nullable Marketplace> market = new AtomicReference<>();

    private final AtomicBoolean closing = new AtomicBoolean();

    private Sandbox(SandboxOptions options, Vertx vertx) {
        this.options = options;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.faults = new FaultEngine(options.seed(), options.clock());
        this.webhooks =
                new WebhookSender(
                        vertx,
                        context,
                        faults,
                        options.seed() + 1,
                        options.webhookDelay(),
                        options.clock());
        this.gateway = new StripeGateway(options.seed() + 2, options.clock(), webhooks::accept);
        Router router = Router.router(vertx);
        new StripeRoutes(
                        vertx,
                        gateway,
                        faults,
                        options.apiKey(),
                        options.requestsPerSecondMax(),
                        options.clock())
                .mount(router);
        new ControlRoutes(gateway, faults, webhooks, this::groundTruth).mount(router);
        // A client that goes away in the middle is everyday business here, not worth a log line.
        this.server =
                vertx.createHttpServer(new HttpServerOptions())
                        .connectionHandler(connection -> connection.exceptionHandler(gone -> {}))
                        .requestHandler(router);
    }

    /**
     * Starts a sandbox and returns when it answers.
     *
     * @throws IllegalStateException when the port cannot be had
     */
    public static Sandbox start(SandboxOptions options) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        Sandbox sandbox = new Sandbox(options, vertx);
        try {
            Promise<HttpServer> listening = Promise.promise();
            sandbox.context.runOnContext(v ->
                    sandbox.server.listen(options.port(), options.host()).onComplete(listening));
            await(listening.future(), Duration.ofMillis(Limits.START_MILLIS_MAX));
            return sandbox;
        } catch (ExecutionException | TimeoutException e) {
            vertx.close();
            throw new IllegalStateException(
                    "the sandbox cannot listen on "
                            + options.host()
                            + ":"
                            + options.port()
                            + "; choose another port, or 0 for a free one",
                    e);
        }
    }

    /** Waits for a future; an interrupt of the waiting thread counts as its failure. */
    private static void await(Future<?> future, Duration max)
            throws ExecutionException, TimeoutException {
        try {
            future.toCompletionStage()
                    .toCompletableFuture()
                    .get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ExecutionException(e);
        }
    }

    /** For example {@code http://127.0.0.1:40123}, without a trailing slash. */
    public String baseUrl() {
        String host = options.host().contains(":") ? "[" + options.host() + "]" : options.host();
        return "http://" + host + ":" + server.actualPort();
    }

    /** The key that requests must carry. */
    public String apiKey() {
        return options.apiKey();
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

    /** The gateway itself, for what has no API: passing challenges, letting holds expire. */
    public StripeGateway gateway() {
        return gateway;
    }

    /** What became of the webhooks so far. */
    public WebhookCounts webhookCounts() {
        return webhooks.counts();
    }

    /**
     * Starts the marketplace.
     *
     * @throws IllegalStateException when it runs already
     */
    public Marketplace startMarketplace(MarketOptions marketOptions) {
        Marketplace created =
                new Marketplace(
                        vertx,
                        context,
                        options.clock(),
                        new OrderPlanner(options.seed() + 3, marketOptions),
                        marketOptions,
                        baseUrl(),
                        options.apiKey(),
                        webhooks::withholdTerminal);
        if (!market.compareAndSet(null, created)) {
            created.close();
            throw new IllegalStateException("the marketplace runs already");
        }
        created.start();
        return created;
    }

    /** What is true about the marketplace's orders now. */
    public GroundTruth groundTruth() {
        Marketplace running = market.get();
        return running == null ? GroundTruth.NONE : running.truth(gateway.ledger());
    }

    /**
     * Ends everything; calls under way get {@link Limits#CLOSE_MILLIS_MAX}, then are cut. Closing
     * again does nothing.
     */
    @Override
    public void close() {
        if (!closing.compareAndSet(false, true)) {
            return;
        }
        Marketplace running = market.get();
        Future<Void> drained = running == null ? Future.succeededFuture() : running.close();
        Duration max = Duration.ofMillis(3 * Limits.CLOSE_MILLIS_MAX);
        try {
            await(
                    drained.eventually(webhooks::close)
                            .eventually(() -> server.shutdown(1, TimeUnit.SECONDS)),
                    max);
        } catch (ExecutionException | TimeoutException e) {
            // Whatever would not end in time is cut off with the event loop below.
        }
        try {
            await(vertx.close(), max);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the sandbox did not close in time", e);
        }
    }
}
