package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.gateway.Aftermath;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.market.PaymentTruth.Step;
import io.paybeacon.sandbox.market.generate.DeclineReason;
import io.paybeacon.sandbox.market.generate.OrderLife;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Places the orders that were drawn for one gateway, has each paid for, and knows what is true of
 * them. State is confined to one event loop except the truth, which a lock guards; public methods
 * may be called from any thread.
 */
public final class Marketplace {
    private static final int FAILING_PAYOUT_ONE_OF = 20;
    private static final Checkout.Payment NO_PAYMENT =
            new Checkout.Payment(Optional.empty(), Checkout.Stage.ENDED, "");

    private final Vertx vertx;
    private final Context context;
    private final InstantSource clock;
    private final GatewayKind kind;
    private final OrderPlanner planner;
    private final MarketOptions options;
    private final Pace pace;
    private final Checkout checkout;
    private final Cashier cashier;
    private final World world;
    private final LinkedHashMap<String, Tracked> payments = new LinkedHashMap<>();
    private final Map<String, Long> unpaid = new TreeMap<>();
    private long payouts;
    private long orders;
    private long placed;
    private long skipped;
    private long forgotten;
    private long open;
    private volatile boolean stopped;
    private volatile boolean closed;

    private record Tracked(OrderPlan plan, Optional<String> paymentId, Step step) {}

    /** What surrounds a marketplace. */
    public interface World {
        /** The marketplace at another gateway, if there is one. */
        Optional<Marketplace> market(GatewayKind kind);

        /** Told of every order when it is placed, on the event loop. */
        void placed(OrderLife order);
    }

    private Marketplace(
            Vertx vertx,
            Context context,
            InstantSource clock,
            long seed,
            MarketOptions options,
            PaidGateway gateway,
            Consumer<String> withholdTerminal,
            World world) {
        this.vertx = vertx;
        this.context = context;
        this.clock = clock;
        this.kind = gateway.kind();
        this.options = options;
        this.pace = new Pace(options.speed());
        this.checkout = Checkouts.at(vertx, gateway);
        this.cashier =
                new Cashier(
                        vertx,
                        checkout,
                        pace,
                        withholdTerminal,
                        (currency, minor) -> unpaid.merge(currency, minor, Long::sum));
        this.world = world;
        this.planner =
                new OrderPlanner(
                        seed,
                        options,
                        kind.wireName(),
                        checkout.terms(),
                        options.acrossGateways() ? Checkouts.profiles() : List.of());
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
            Consumer<String> withholdTerminal,
            World world) {
        return new Marketplace(
                vertx, context, clock, seed, options, gateway, withholdTerminal, world);
    }

    /** Starts placing orders. */
    public void start() {
        long startMillis = clock.millis();
        context.runOnContext(v -> {
            schedule(planner.next(), startMillis);
            vertx.setPeriodic(pace.millis(Cashier.DAY_MILLIS), this::payOut);
        });
    }

    /** The gateway pays out what was taken since the day before; now and then a payout fails. */
    private void payOut(long timer) {
        if (closed) {
            vertx.cancelTimer(timer);
            return;
        }
        unpaid.forEach((currency, minor) -> {
            payouts++;
            boolean fails = payouts % FAILING_PAYOUT_ONE_OF == 0;
            String code = currency.toUpperCase(Locale.ROOT);
            checkout.befall(NO_PAYMENT, new Aftermath.PaidOut(minor, code, fails));
        });
        unpaid.clear();
    }

    /** Places no more orders; those under way are carried on. */
    public void stop() {
        stopped = true;
    }

    /** Stops, and cancels the calls under way after the closing limit. */
    public Future<Void> close() {
        stop();
        closed = true;
        return checkout.close();
    }

    /** Whether every order ever wanted has been placed and carried to its end. */
    public boolean finished() {
        synchronized (payments) {
            return open == 0 && (stopped || reachedMax());
        }
    }

    private boolean reachedMax() {
        return options.ordersMax().filter(max -> orders >= max).isPresent();
    }

    /** What is true now, joined with the gateway's books. */
    public GroundTruth truth(LedgerSnapshot ledger) {
        Map<String, LedgerEntry> books = new HashMap<>();
        for (LedgerEntry entry : ledger.payments()) {
            books.put(entry.paymentId(), entry);
            Optional.ofNullable(entry.metadata().get("order_id"))
                    .ifPresent(id -> books.putIfAbsent("order:" + id, entry));
        }
        synchronized (payments) {
            List<PaymentTruth> truths = new ArrayList<>();
            payments.values().forEach(tracked -> truths.add(truth(tracked, books)));
            return new GroundTruth(truths, placed, skipped, forgotten);
        }
    }

    private static PaymentTruth truth(Tracked tracked, Map<String, LedgerEntry> books) {
        OrderPlan plan = tracked.plan();
        // The marketplace may not have learned the id of a payment whose answer was lost.
        String known = tracked.paymentId().orElse("order:" + plan.orderId());
        return new PaymentTruth(
                plan.orderId(),
                tracked.paymentId(),
                plan.life().basket().totalMinor(),
                plan.amountMinor(),
                plan.currency(),
                plan.planned(),
                Optional.ofNullable(books.get(known)).map(PaymentState::of),
                plan.anomaly(),
                plan.journey() instanceof Journey.Declined(DeclineReason reason)
                        ? Optional.of(reason)
                        : Optional.empty(),
                tracked.step());
    }

    private void schedule(OrderLife life, long startMillis) {
        long waitMillis = startMillis + life.atMillis() - clock.millis();
        vertx.setTimer(
                Math.max(1, waitMillis),
                timer -> {
                    if (stopped) {
                        return;
                    }
                    place(life);
                    synchronized (payments) {
                        orders++;
                        if (reachedMax()) {
                            return;
                        }
                    }
                    schedule(planner.next(), startMillis);
                });
    }

    private void place(OrderLife life) {
        world.placed(life);
        for (int number = 0; number < life.payments().size(); number++) {
            boolean here = life.payments().get(number).gateway().equals(kind.wireName());
            Optional<Marketplace> till =
                    here
                            ? Optional.of(this)
                            : GatewayKind.named(life.payments().get(number).gateway())
                                    .flatMap(world::market);
            int which = number;
            till.ifPresent(market -> market.expect(life, which));
        }
    }

    /** Makes a payment when its time has come. */
    private void expect(OrderLife life, int number) {
        OrderPlan plan = new OrderPlan(life, number, checkout.terms().severalCaptures());
        if (!track(plan)) {
            return;
        }
        long waitMillis = number == 0 ? 0 : pace.millis(plan.payment().afterMillis());
        (waitMillis == 0 ? Future.<Void>succeededFuture() : vertx.timer(waitMillis).mapEmpty())
                .compose(v -> cashier.carry(plan, id -> update(plan, id, Step.OPEN)))
                .onComplete(result ->
                        update(
                                plan,
                                Optional.empty(),
                                result.succeeded() ? Step.DONE : Step.UNRESOLVED));
    }

    private boolean track(OrderPlan plan) {
        synchronized (payments) {
            if (open >= Limits.MARKET_OPEN_ORDERS_MAX) {
                skipped++;
                return false;
            }
            if (payments.size() >= Limits.GROUND_TRUTH_ORDERS_MAX) {
                payments.pollFirstEntry();
                forgotten++;
            }
            payments.put(plan.key(), new Tracked(plan, Optional.empty(), Step.OPEN));
            placed++;
            open++;
            return true;
        }
    }

    private void update(OrderPlan plan, Optional<String> paymentId, Step step) {
        synchronized (payments) {
            if (step != Step.OPEN) {
                open--;
            }
            payments.computeIfPresent(
                    plan.key(),
                    (key, old) -> new Tracked(plan, paymentId.or(old::paymentId), step));
        }
    }
}
