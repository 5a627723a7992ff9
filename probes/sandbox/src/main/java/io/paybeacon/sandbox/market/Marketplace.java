package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.market.Checkout.Payment;
import io.paybeacon.sandbox.market.PaymentTruth.Step;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Places planned orders and carries each through: create and confirm, pass the challenge, capture,
 * refund. State is confined to one event loop except the truth, which a lock guards; public
 * methods may be called from any thread.
 */
public final class Marketplace {
    private final Vertx vertx;
    private final Context context;
    private final InstantSource clock;
    private final OrderPlanner planner;
    private final MarketOptions options;
    private final Checkout checkout;
    private final Consumer<String> withholdTerminal;
    private final LinkedHashMap<String, Tracked> orders = new LinkedHashMap<>();
    private long placed;
    private long skipped;
    private long forgotten;
    private long open;
    private volatile boolean stopped;

    private record Tracked(OrderPlan plan, Optional<String> paymentId, Step step) {}

    private Marketplace(
            Vertx vertx,
            Context context,
            InstantSource clock,
            OrderPlanner planner,
            MarketOptions options,
            Checkout checkout,
            Consumer<String> withholdTerminal) {
        this.vertx = vertx;
        this.context = context;
        this.clock = clock;
        this.planner = planner;
        this.options = options;
        this.checkout = checkout;
        this.withholdTerminal = withholdTerminal;
    }

    /**
     * A marketplace that has not placed anything yet.
     *
     * @param context the event loop that owns its state
     * @param seed of its orders
     * @param gateway at which it pays
     * @param withholdTerminal told the order ids whose terminal webhooks must not be sent
     */
    public static Marketplace at(
            Vertx vertx,
            Context context,
            InstantSource clock,
            long seed,
            MarketOptions options,
            PaidGateway gateway,
            Consumer<String> withholdTerminal) {
        Checkout checkout = checkout(gateway, new GatewayClient(vertx, gateway.baseUrl()));
        return new Marketplace(
                vertx,
                context,
                clock,
                new OrderPlanner(seed, options, checkout.terms()),
                options,
                checkout,
                withholdTerminal);
    }

    private static Checkout checkout(PaidGateway gateway, GatewayClient client) {
        return switch (gateway) {
            case PaidGateway.Stripe(String _, String key) -> new StripeCheckout(client, key);
            case PaidGateway.PayPal(String _, String id, String secret) ->
                    new PayPalCheckout(client, id, secret);
            case PaidGateway.Adyen(String _, String key, String account) ->
                    new AdyenCheckout(client, key, account);
            case PaidGateway.Card(String _, String key) -> new CardCheckout(client, key);
        };
    }

    /** Starts placing orders. */
    public void start() {
        long startMillis = clock.millis();
        context.runOnContext(v -> schedule(planner.next(), startMillis));
    }

    /** Places no more orders; those under way are carried on. */
    public void stop() {
        stopped = true;
    }

    /** Stops, and cancels the calls under way after the closing limit. */
    public Future<Void> close() {
        stop();
        return checkout.close();
    }

    /** Whether every order ever wanted has been placed and carried to its end. */
    public boolean finished() {
        synchronized (orders) {
            return open == 0 && (stopped || reachedMax());
        }
    }

    private boolean reachedMax() {
        return options.ordersMax().filter(max -> placed + skipped >= max).isPresent();
    }

    /** What is true now, joined with the gateway's books. */
    public GroundTruth truth(LedgerSnapshot ledger) {
        Map<String, LedgerEntry> byOrder = new HashMap<>();
        for (LedgerEntry entry : ledger.payments()) {
            Optional.ofNullable(entry.metadata().get("order_id"))
                    .ifPresent(id -> byOrder.put(id, entry));
        }
        synchronized (orders) {
            List<PaymentTruth> truths = new ArrayList<>();
            orders.forEach((id, o) -> truths.add(truth(o, Optional.ofNullable(byOrder.get(id)))));
            return new GroundTruth(truths, placed, skipped, forgotten);
        }
    }

    private static PaymentTruth truth(Tracked order, Optional<LedgerEntry> entry) {
        return new PaymentTruth(
                order.plan().orderId(),
                order.paymentId(),
                order.plan().amountMinor(),
                order.plan().currency(),
                order.plan().planned(),
                entry.map(PaymentState::of),
                order.plan().stuckCause(),
                order.step());
    }

    private void schedule(OrderPlan plan, long startMillis) {
        long waitMillis = startMillis + plan.at().toMillis() - clock.millis();
        vertx.setTimer(
                Math.max(1, waitMillis),
                timer -> {
                    if (stopped) {
                        return;
                    }
                    place(plan);
                    synchronized (orders) {
                        if (reachedMax()) {
                            return;
                        }
                    }
                    schedule(planner.next(), startMillis);
                });
    }

    private void place(OrderPlan plan) {
        synchronized (orders) {
            if (open >= Limits.MARKET_OPEN_ORDERS_MAX) {
                skipped++;
                return;
            }
            if (orders.size() >= Limits.GROUND_TRUTH_ORDERS_MAX) {
                orders.pollFirstEntry();
                forgotten++;
            }
            orders.put(plan.orderId(), new Tracked(plan, Optional.empty(), Step.OPEN));
            placed++;
            open++;
        }
        if (plan.journey() instanceof Journey.Silent && checkout.terms().withholdsFromStart()) {
            withholdTerminal.accept(plan.orderId());
        }
        pay(plan)
                .onComplete(result ->
                        update(
                                plan,
                                Optional.empty(),
                                result.succeeded() ? Step.DONE : Step.UNRESOLVED));
    }

    private void update(OrderPlan plan, Optional<String> paymentId, Step step) {
        synchronized (orders) {
            if (step != Step.OPEN) {
                open--;
            }
            orders.computeIfPresent(
                    plan.orderId(),
                    (id, old) -> new Tracked(plan, paymentId.or(old::paymentId), step));
        }
    }

    private Future<Void> pay(OrderPlan plan) {
        return checkout.pay(plan)
                .compose(payment -> {
                    update(plan, payment.id(), Step.OPEN);
                    return follow(plan, payment);
                });
    }

    private Future<Void> follow(OrderPlan plan, Payment payment) {
        return switch (payment.stage()) {
            case CHALLENGED -> challenge(plan, payment);
            case AUTHORISED -> capture(plan, payment);
            case CAPTURED -> refund(plan, payment);
            case ENDED -> Future.succeededFuture();
        };
    }

    private Future<Void> challenge(OrderPlan plan, Payment payment) {
        if (!(plan.journey() instanceof Journey.Challenged(Duration answeredAfter))) {
            return Future.succeededFuture();
        }
        return after(answeredAfter)
                .compose(v -> checkout.passChallenge(plan, payment))
                .compose(passed -> follow(plan, passed));
    }

    private Future<Void> capture(OrderPlan plan, Payment payment) {
        return after(plan.captureAfter().orElse(Duration.ZERO))
                .compose(v -> {
                    if (plan.journey() instanceof Journey.Silent) {
                        withholdTerminal.accept(plan.orderId());
                    }
                    return checkout.capture(plan, payment);
                })
                .compose(captured -> follow(plan, captured));
    }

    private Future<Void> refund(OrderPlan plan, Payment payment) {
        if (plan.refund().isEmpty()) {
            return Future.succeededFuture();
        }
        OrderPlan.RefundPlan refund = plan.refund().get();
        return after(refund.after())
                .compose(v -> checkout.refund(plan, payment, refund.amountMinor()));
    }

    private Future<Void> after(Duration wait) {
        return vertx.timer(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS).mapEmpty();
    }
}
