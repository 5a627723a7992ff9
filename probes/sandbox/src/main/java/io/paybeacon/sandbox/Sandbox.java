package io.paybeacon.sandbox;

import io.paybeacon.sandbox.adyen.AdyenFactory;
import io.paybeacon.sandbox.card.CardFactory;
import io.paybeacon.sandbox.fault.FaultEngine;
import io.paybeacon.sandbox.gateway.GatewayFactory;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.listen.Certificates;
import io.paybeacon.sandbox.market.GroundTruth;
import io.paybeacon.sandbox.market.MarketOptions;
import io.paybeacon.sandbox.market.Marketplace;
import io.paybeacon.sandbox.market.PaidGateway;
import io.paybeacon.sandbox.market.generate.OrderLife;
import io.paybeacon.sandbox.paypal.PayPalFactory;
import io.paybeacon.sandbox.stripe.StripeDoor;
import io.paybeacon.sandbox.stripe.StripeGateway;
import io.paybeacon.sandbox.webhook.WebhookCounts;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A running sandbox: fake gateways, each on a loopback port of its own, and, when started, the
 * marketplace, which pays at Stripe or at any of them. What names no gateway is about Stripe.
 *
 * <p>Every method may be called from any thread except an event loop; {@link #start} and {@link
 * #close} block.
 */
public final class Sandbox implements AutoCloseable {
    private final SandboxOptions options;
    private final Vertx vertx;
    private final Context context;
    private final Certificates certificates;
    private final Map<GatewayKind, SandboxGateway> gateways = new EnumMap<>(GatewayKind.class);
    private final Map<GatewayKind, Marketplace> markets = new ConcurrentHashMap<>();

    private final List<JsonObject> incidents = new CopyOnWriteArrayList<>();
    private final List<Consumer<OrderLife>> orderListeners = new CopyOnWriteArrayList<>();
    private final AtomicBoolean closing = new AtomicBoolean();

    private Sandbox(SandboxOptions options, Vertx vertx) {
        this.options = options;
        this.vertx = vertx;
        this.context = vertx.getOrCreateContext();
        this.certificates = new Certificates(options.clock().instant());
        for (GatewayFactory factory : Gateways.all(options)) {
            GatewayKind kind = factory.kind();
            if (options.gateways().contains(kind)) {
                gateways.put(
                        kind,
                        new SandboxGateway(
                                factory,
                                options,
                                vertx,
                                context,
                                certificates,
                                () -> truthDump(kind)));
            }
        }
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
            List<Future<Void>> listening =
                    sandbox.gateways.values().stream().map(SandboxGateway::listen).toList();
            Waiting.await(Future.all(listening), Duration.ofMillis(Limits.START_MILLIS_MAX));
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

    /**
     * One of the running gateways.
     *
     * @throws IllegalArgumentException when it does not run
     */
    public SandboxGateway gateway(GatewayKind kind) {
        SandboxGateway gateway = gateways.get(kind);
        if (gateway == null) {
            throw new IllegalArgumentException(
                    "the sandbox runs no " + kind.wireName() + "; it runs " + gateways.keySet());
        }
        return gateway;
    }

    /** The running gateways, in the order of {@link GatewayKind}. */
    public List<SandboxGateway> gateways() {
        return List.copyOf(gateways.values());
    }

    private SandboxGateway stripe() {
        return gateway(GatewayKind.STRIPE);
    }

    /** Stripe's address, for example {@code http://127.0.0.1:40123}; no trailing slash. */
    public String baseUrl() {
        return stripe().baseUrl();
    }

    /** The authority's certificate for {@link SandboxGateway#tlsBaseUrl}, to be trusted, as PEM. */
    public String caPem() {
        return certificates.caPem();
    }

    /** The key that requests to Stripe must carry. */
    public String apiKey() {
        return options.apiKey();
    }

    /**
     * Sends all of Stripe's events from now on to that URL too.
     *
     * @throws IllegalArgumentException when the URL is not an http URL of this machine
     */
    public void registerWebhook(String url, String secret) {
        stripe().registerWebhook(url, secret);
    }

    /** Stripe's installed faults; install and remove them here. */
    public FaultEngine faults() {
        return stripe().faults();
    }

    /** Where Stripe's money is now. */
    public LedgerSnapshot ledger() {
        return stripe().ledger();
    }

    /** Stripe itself, for what has no API: passing challenges, letting holds expire. */
    public StripeGateway gateway() {
        return StripeDoor.class.cast(stripe().fake()).gateway();
    }

    /** What became of Stripe's webhooks so far. */
    public WebhookCounts webhookCounts() {
        return stripe().webhookCounts();
    }

    /**
     * Starts the marketplace at Stripe.
     *
     * @throws IllegalStateException when it runs already
     */
    public Marketplace startMarketplace(MarketOptions marketOptions) {
        return startMarketplace(GatewayKind.STRIPE, marketOptions);
    }

    /**
     * Starts a marketplace whose customers pay at one gateway; each gateway can have one.
     *
     * @throws IllegalStateException when there is one already
     * @throws IllegalArgumentException when the gateway does not run
     */
    public Marketplace startMarketplace(GatewayKind kind, MarketOptions marketOptions) {
        SandboxGateway gateway = gateway(kind);
        Marketplace created =
                Marketplace.at(
                        vertx,
                        context,
                        options.clock(),
                        options.seed() + 1_000L * kind.place() + 3,
                        marketOptions,
                        paid(gateway),
                        gateway.webhooks()::withholdTerminal,
                        new Surroundings());
        if (markets.putIfAbsent(kind, created) != null) {
            created.close();
            throw new IllegalStateException("the marketplace runs already");
        }
        created.start();
        return created;
    }

    /** The other marketplaces, and whoever wants to know of orders. */
    private final class Surroundings implements Marketplace.World {
        @Override
        public Optional<Marketplace> market(GatewayKind kind) {
            return Optional.ofNullable(markets.get(kind));
        }

        @Override
        public void placed(OrderLife order) {
            orderListeners.forEach(listener -> listener.accept(order));
        }
    }

    /** Tells of every order from now on, when it is placed, on the event loop. */
    public void onOrder(Consumer<OrderLife> listener) {
        orderListeners.add(listener);
    }

    private PaidGateway paid(SandboxGateway gateway) {
        String url = gateway.baseUrl();
        return switch (gateway.kind()) {
            case STRIPE -> new PaidGateway.Stripe(url, options.apiKey());
            case PAYPAL ->
                    new PaidGateway.PayPal(
                            url, PayPalFactory.CLIENT_ID, PayPalFactory.CLIENT_SECRET);
            case ADYEN ->
                    new PaidGateway.Adyen(
                            url,
                            AdyenFactory.API_KEY_DEFAULT,
                            AdyenFactory.MERCHANT_ACCOUNT_DEFAULT);
            case CARD -> new PaidGateway.Card(url, CardFactory.API_KEY);
        };
    }

    /** What is true about the marketplace's orders at Stripe now. */
    public GroundTruth groundTruth() {
        return groundTruth(GatewayKind.STRIPE);
    }

    /** What is true about the marketplace's orders at one gateway now. */
    public GroundTruth groundTruth(GatewayKind kind) {
        Marketplace running = markets.get(kind);
        return running == null ? GroundTruth.NONE : running.truth(gateway(kind).ledger());
    }

    /**
     * Starts the clock of incidents: gateways begin to behave as planned, and the ground truth
     * tells of them. What payers, banks and the platform do in them, a marketplace does that is
     * started with them at the same time, see {@link MarketOptions#incidents}.
     *
     * @throws IllegalArgumentException when one is at a gateway that does not run
     * @throws IllegalStateException when a gateway has too many faults
     */
    public void startIncidents(List<PlannedIncident> planned) {
        FaultRouting routing = new FaultRouting(gateways.keySet());
        for (PlannedIncident incident : planned) {
            gateway(incident.gateway());
            incident.fault()
                    .ifPresent(fault ->
                            routing.read(fault)
                                    .forEach((kind, f) -> gateway(kind).faults().install(f)));
            incidents.add(incident.toJson(options.clock().instant()));
        }
    }

    private JsonObject truthDump(GatewayKind kind) {
        JsonArray here = new JsonArray();
        incidents.stream()
                .filter(incident -> kind.wireName().equals(incident.getString("gateway")))
                .forEach(here::add);
        return groundTruth(kind).toJson().put("incidents", here);
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
        Future<?> drained = Future.join(markets.values().stream().map(Marketplace::close).toList());
        Duration max = Duration.ofMillis(3 * Limits.CLOSE_MILLIS_MAX);
        try {
            Waiting.await(
                    drained.eventually(() ->
                            Future.join(
                                    gateways.values().stream()
                                            .map(SandboxGateway::close)
                                            .toList())),
                    max);
        } catch (ExecutionException | TimeoutException e) {
            // Whatever would not end in time is cut off with the event loop below.
        }
        try {
            Waiting.await(vertx.close(), max);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the sandbox did not close in time", e);
        }
    }
}
