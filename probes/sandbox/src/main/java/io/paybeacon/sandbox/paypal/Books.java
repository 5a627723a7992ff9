package io.paybeacon.sandbox.paypal;

import io.paybeacon.sandbox.ledger.Ledger;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.paypal.Order.Status;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * All objects of the fake gateway. Confined to the lock of {@link PayPalGateway}.
 *
 * <p>When {@link Limits#PAYMENTS_MAX} is reached the oldest completed order without a hold goes,
 * with all that belongs to it; another one goes only when none among the oldest is so.
 */
final class Books {
    private static final int EVICTION_SEARCH_MAX = 200;

    private final ObjectIds ids;
    private final InstantSource clock;
    private final Ledger ledger = new Ledger();
    private final LinkedHashMap<String, Order> orders = new LinkedHashMap<>();
    private final Shelf<Authorization> authorizations =
            new Shelf<>(Authorization::id, Authorization::orderId);
    private final Shelf<Capture> captures = new Shelf<>(Capture::id, Capture::orderId);
    private final Shelf<Refund> refunds = new Shelf<>(Refund::id, Refund::orderId);
    private final Map<String, String> paidInvoices = new HashMap<>();
    private final Set<String> undone = new HashSet<>();

    Books(ObjectIds ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    /** Objects by id, and by the order they belong to, oldest first. */
    private static final class Shelf<T> {
        private final Function<T, String> id;
        private final Function<T, String> orderId;
        private final Map<String, T> byId = new HashMap<>();
        private final Map<String, List<String>> ofOrder = new HashMap<>();

        Shelf(Function<T, String> id, Function<T, String> orderId) {
            this.id = id;
            this.orderId = orderId;
        }

        Optional<T> find(String wanted) {
            return Optional.ofNullable(byId.get(wanted));
        }

        List<T> of(String order) {
            List<T> found = new ArrayList<>();
            for (String each : ofOrder.getOrDefault(order, List.of())) {
                find(each).ifPresent(found::add);
            }
            return found;
        }

        void put(T object) {
            if (byId.put(id.apply(object), object) == null) {
                ofOrder.computeIfAbsent(orderId.apply(object), order -> new ArrayList<>())
                        .add(id.apply(object));
            }
        }

        void forget(String order) {
            List<String> gone = ofOrder.remove(order);
            if (gone != null) {
                gone.forEach(byId::remove);
            }
        }
    }

    ObjectIds ids() {
        return ids;
    }

    Ledger ledger() {
        return ledger;
    }

    Instant now() {
        return clock.instant();
    }

    Optional<Order> findOrder(String id) {
        return Optional.ofNullable(orders.get(id));
    }

    Order order(String id) {
        return findOrder(id).orElseThrow(PayPalRefusal::missing);
    }

    Optional<Authorization> findAuthorization(String id) {
        return authorizations.find(id);
    }

    Authorization authorization(String id) {
        return findAuthorization(id).orElseThrow(PayPalRefusal::missing);
    }

    Optional<Capture> findCapture(String id) {
        return captures.find(id);
    }

    Capture capture(String id) {
        return findCapture(id).orElseThrow(PayPalRefusal::missing);
    }

    /** The capture turned out not to have happened. */
    void undo(Capture capture) {
        undone.add(capture.id());
    }

    boolean isUndone(Capture capture) {
        return undone.contains(capture.id());
    }

    Optional<Refund> findRefund(String id) {
        return refunds.find(id);
    }

    Refund refund(String id) {
        return findRefund(id).orElseThrow(PayPalRefusal::missing);
    }

    List<Authorization> authorizationsOf(String orderId) {
        return authorizations.of(orderId);
    }

    List<Capture> capturesOf(String orderId) {
        return captures.of(orderId);
    }

    List<Refund> refundsOf(String orderId) {
        return refunds.of(orderId);
    }

    void put(Order order) {
        if (!orders.containsKey(order.id()) && orders.size() >= Limits.PAYMENTS_MAX) {
            evictOne();
        }
        orders.put(order.id(), order);
    }

    void put(Authorization authorization) {
        authorizations.put(authorization);
    }

    void put(Capture capture) {
        captures.put(capture);
    }

    void put(Refund refund) {
        refunds.put(refund);
    }

    /** The order that paid an invoice, if one did. */
    Optional<String> payerOf(String invoiceId) {
        return Optional.ofNullable(paidInvoices.get(invoiceId));
    }

    void paid(String invoiceId, String orderId) {
        paidInvoices.putIfAbsent(invoiceId, orderId);
    }

    private void evictOne() {
        String victim =
                orders.values().stream()
                        .limit(EVICTION_SEARCH_MAX)
                        .filter(o -> o.status() == Status.COMPLETED)
                        .filter(o -> ledger.of(o.id()).heldMinor() == 0)
                        .findFirst()
                        .map(Order::id)
                        .orElseGet(() -> orders.firstEntry().getKey());
        orders.remove(victim);
        authorizations.forget(victim);
        captures.of(victim).forEach(capture -> undone.remove(capture.id()));
        captures.forget(victim);
        refunds.forget(victim);
        paidInvoices.values().remove(victim);
        ledger.forget(victim);
    }

    LedgerSnapshot snapshot() {
        List<LedgerEntry> entries = new ArrayList<>(orders.size());
        for (Order order : orders.values()) {
            entries.add(entry(order));
        }
        return new LedgerSnapshot(entries, ledger.balances());
    }

    /** The order's status, or what it does not say of its captures. */
    private String status(Order order) {
        List<Capture> made = captures.of(order.id());
        if (made.stream().anyMatch(c -> undone.contains(c.id()))) {
            return LedgerEntry.CAPTURE_UNDONE;
        }
        return made.stream().anyMatch(c -> c.status() == Capture.Status.PENDING)
                ? "CAPTURE_PENDING"
                : order.status().name();
    }

    private LedgerEntry entry(Order order) {
        LedgerSnapshot.Balance balance = ledger.of(order.id());
        return new LedgerEntry(
                order.id(),
                status(order),
                order.unit().amount().currency().code(),
                order.unit().amount().minor(),
                balance.authorisedMinor(),
                balance.heldMinor(),
                balance.capturedMinor(),
                balance.refundedMinor(),
                balance.releasedMinor(),
                order.unit().metadata());
    }
}
