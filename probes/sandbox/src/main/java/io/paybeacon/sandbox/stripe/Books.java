package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.ledger.Ledger;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.ledger.LedgerSnapshot.Balance;
import io.paybeacon.sandbox.limit.Limits;
import io.paybeacon.sandbox.stripe.PaymentIntent.Status;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All objects of the fake gateway. Confined to the lock of {@link StripeGateway}.
 *
 * <p>When {@link Limits#PAYMENTS_MAX} is reached the oldest finished payment goes, with its
 * charges and refunds; an unfinished one goes only when none among the oldest is finished.
 */
final class Books {
    private static final int EVICTION_SEARCH_MAX = 200;

    private final ObjectIds ids;
    private final InstantSource clock;
    private final Ledger ledger = new Ledger();
    private final LinkedHashMap<String, PaymentIntent> intents = new LinkedHashMap<>();
    private final Map<String, Charge> charges = new HashMap<>();
    private final LinkedHashMap<String, Refund> refunds = new LinkedHashMap<>();
    private final Map<String, List<String>> chargesOf = new HashMap<>();
    private final Map<String, List<String>> refundsOf = new HashMap<>();

    Books(ObjectIds ids, InstantSource clock) {
        this.ids = ids;
        this.clock = clock;
    }

    ObjectIds ids() {
        return ids;
    }

    Ledger ledger() {
        return ledger;
    }

    long nowSeconds() {
        return clock.instant().getEpochSecond();
    }

    PaymentIntent intent(String id) {
        return findIntent(id).orElseThrow(() -> StripeRefusal.missing("payment_intent", id));
    }

    Optional<PaymentIntent> findIntent(String id) {
        return Optional.ofNullable(intents.get(id));
    }

    Optional<Charge> findCharge(String id) {
        return Optional.ofNullable(charges.get(id));
    }

    Optional<Refund> findRefund(String id) {
        return Optional.ofNullable(refunds.get(id));
    }

    /** Newest first. */
    Iterable<PaymentIntent> intents() {
        return intents.sequencedValues().reversed();
    }

    /** The newest refund of an intent that has not failed. */
    Optional<Refund> lastRefundOf(String intentId) {
        return chronological(intentId).reversed().stream().filter(r -> !r.failed()).findFirst();
    }

    private List<Refund> chronological(String intentId) {
        return refundsOf.getOrDefault(intentId, List.of()).stream()
                .map(refunds::get)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    /** Newest first. */
    Iterable<Refund> refunds() {
        return refunds.sequencedValues().reversed();
    }

    void put(PaymentIntent intent) {
        if (!intents.containsKey(intent.id()) && intents.size() >= Limits.PAYMENTS_MAX) {
            evictOne();
        }
        intents.put(intent.id(), intent);
    }

    void put(Charge charge) {
        if (charges.put(charge.id(), charge) == null) {
            chargesOf
                    .computeIfAbsent(charge.paymentIntentId(), id -> new ArrayList<>())
                    .add(charge.id());
        }
    }

    void put(Refund refund) {
        if (refunds.put(refund.id(), refund) == null) {
            refundsOf
                    .computeIfAbsent(refund.paymentIntentId(), id -> new ArrayList<>())
                    .add(refund.id());
        }
    }

    private void evictOne() {
        String victim =
                intents.values().stream()
                        .limit(EVICTION_SEARCH_MAX)
                        .filter(i -> i.status() == Status.SUCCEEDED || !i.status().cancelable())
                        .findFirst()
                        .map(PaymentIntent::id)
                        .orElseGet(() -> intents.firstEntry().getKey());
        intents.remove(victim);
        ledger.forget(victim);
        Optional.ofNullable(chargesOf.remove(victim)).ifPresent(l -> l.forEach(charges::remove));
        Optional.ofNullable(refundsOf.remove(victim)).ifPresent(l -> l.forEach(refunds::remove));
    }

    LedgerSnapshot snapshot() {
        List<LedgerEntry> entries = new ArrayList<>(intents.size());
        for (PaymentIntent intent : intents.values()) {
            entries.add(entry(intent));
        }
        return new LedgerSnapshot(entries, ledger.balances());
    }

    private LedgerEntry entry(PaymentIntent intent) {
        Balance balance = ledger.of(intent.id());
        return new LedgerEntry(
                intent.id(),
                intent.status().wireName(),
                intent.terms().currency().code(),
                intent.terms().amountMinor(),
                balance.authorisedMinor(),
                balance.heldMinor(),
                balance.capturedMinor(),
                balance.refundedMinor(),
                balance.releasedMinor(),
                intent.terms().metadata());
    }
}
