package io.paybeacon.sandbox.market;

import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.market.PaymentTruth.Step;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
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
    private final GatewayClient client;
    private final Consumer<String> withholdTerminal;
    private final LinkedHashMap<String, Tracked> orders = new LinkedHashMap<>();
    private long placed;
    private long skipped;
    private long forgotten;
    private long open;
    private volatile boolean stopped;

    private record Tracked(OrderPlan plan, Optional<String> paymentIntentId, Step step) {}

    /**
     * A marketplace that has not placed anything yet.
     *
     * @param context the event loop that owns its state
     * @param baseUrl of the fake gateway, without a trailing slash
     * @param withholdTerminal told the order ids whose terminal webhooks must not be sent
     */
    public Marketplace(
            Vertx vertx,
            Context context,
            InstantSource clock,
            OrderPlanner planner,
            MarketOptions options,
            String baseUrl,
            String apiKey,
            Consumer<String> withholdTerminal) {
        this.vertx = vertx;
        this.context = context;
        this.clock = clock;
        this.planner = planner;
        this.options = options;
        this.client = new GatewayClient(vertx, baseUrl, apiKey);
        this.withholdTerminal = withholdTerminal;
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
        return client.close();
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
                order.paymentIntentId(),
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
        if (plan.journey() instanceof Journey.Silent) {
            withholdTerminal.accept(plan.orderId());
        }
        pay(plan)
                .onComplete(result ->
                        update(
                                plan,
                                Optional.empty(),
                                result.succeeded() ? Step.DONE : Step.UNRESOLVED));
    }

    private void update(OrderPlan plan, Optional<String> paymentIntentId, Step step) {
        synchronized (orders) {
            if (step != Step.OPEN) {
                open--;
            }
            orders.computeIfPresent(
                    plan.orderId(),
                    (id, old) -> new Tracked(plan, paymentIntentId.or(old::paymentIntentId), step));
        }
    }

    private Future<Void> pay(OrderPlan plan) {
        return client.post("/v1/payment_intents", createForm(plan), plan.orderId() + "-create")
                .compose(reply -> {
                    Optional<String> id = idOf(reply.body());
                    update(plan, id, Step.OPEN);
                    return follow(plan, id.orElse(""), statusOf(reply.body()));
                });
    }

    private Future<Void> follow(OrderPlan plan, String id, String status) {
        return switch (status) {
            case "requires_action" -> challenge(plan, id);
            case "requires_capture" -> capture(plan, id);
            case "succeeded" -> refund(plan, id);
            default -> Future.succeededFuture();
        };
    }

    private Future<Void> challenge(OrderPlan plan, String id) {
        if (!(plan.journey() instanceof Journey.Challenged(Duration answeredAfter))) {
            return Future.succeededFuture();
        }
        String path = "/_sandbox/payment_intents/" + id + "/resolve";
        return after(answeredAfter)
                .compose(v -> client.post(path, Map.of("outcome", "pass"), plan.orderId() + "-3ds"))
                .compose(reply ->
                        plan.captureAfter().isPresent() ? capture(plan, id) : refund(plan, id));
    }

    private Future<Void> capture(OrderPlan plan, String id) {
        String path = "/v1/payment_intents/" + id + "/capture";
        return after(plan.captureAfter().orElse(Duration.ZERO))
                .compose(v -> client.post(path, Map.of(), plan.orderId() + "-capture"))
                .compose(reply -> refund(plan, id));
    }

    private Future<Void> refund(OrderPlan plan, String id) {
        if (plan.refund().isEmpty()) {
            return Future.succeededFuture();
        }
        OrderPlan.RefundPlan refund = plan.refund().get();
        Map<String, String> form =
                Map.of(
                        "payment_intent",
                        id,
                        "amount",
                        Long.toString(refund.amountMinor()),
                        "reason",
                        "requested_by_customer");
        return after(refund.after())
                .compose(v -> client.post("/v1/refunds", form, plan.orderId() + "-refund"))
                .mapEmpty();
    }

    private Future<Void> after(Duration wait) {
        return vertx.timer(Math.max(1, wait.toMillis()), TimeUnit.MILLISECONDS).mapEmpty();
    }

    private static Map<String, String> createForm(OrderPlan plan) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("amount", Long.toString(plan.amountMinor()));
        form.put("currency", plan.currency());
        form.put("payment_method", plan.paymentMethod());
        form.put("capture_method", plan.captureAfter().isPresent() ? "manual" : "automatic");
        form.put("confirm", "true");
        form.put("description", "Order " + plan.orderId());
        form.put("metadata[order_id]", plan.orderId());
        form.put("metadata[vendor_id]", plan.vendorId());
        form.put("metadata[customer_id]", plan.customerId());
        return form;
    }

    private static Optional<String> idOf(JsonObject body) {
        JsonObject error = body.getJsonObject("error");
        JsonObject intent = error == null ? body : error.getJsonObject("payment_intent");
        return intent == null ? Optional.empty() : Optional.ofNullable(intent.getString("id"));
    }

    private static String statusOf(JsonObject body) {
        return Optional.ofNullable(body.getString("status")).orElse("");
    }
}
