package io.paybeacon.sandbox.card;

import io.paybeacon.sandbox.gateway.SeededText;
import io.paybeacon.sandbox.ledger.Ledger;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.ledger.LedgerSnapshot.Balance;
import io.paybeacon.sandbox.limit.Limits;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All objects of the card processor. Confined to the lock of {@link CardProcessor}.
 *
 * <p>When {@link Limits#PAYMENTS_MAX} is reached the oldest finished authorisation goes, with its
 * captures and refunds; an unfinished one goes only when none among the oldest is finished.
 */
final class CardBooks {
    private static final int EVICTION_SEARCH_MAX = 200;

    private final SeededText ids;
    private final InstantSource clock;
    private final Ledger ledger = new Ledger();
    private final LinkedHashMap<String, Authorization> authorizations = new LinkedHashMap<>();
    private final LinkedHashMap<String, Capture> captures = new LinkedHashMap<>();
    private final LinkedHashMap<String, Refund> refunds = new LinkedHashMap<>();
    private final Map<String, List<String>> capturesOf = new LinkedHashMap<>();
    private final Map<String, List<String>> refundsOf = new LinkedHashMap<>();

    CardBooks(long seed, InstantSource clock) {
        this.ids = new SeededText(seed);
        this.clock = clock;
    }

    String newId(String prefix) {
        return prefix + "_" + ids.next(SeededText.ALPHANUMERIC, 20);
    }

    String newCode(int length) {
        return ids.next(SeededText.UPPER_CASE, length);
    }

    Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    Ledger ledger() {
        return ledger;
    }

    Authorization authorization(String id) {
        return find(id).orElseThrow(() -> CardRefusal.missing("authorization"));
    }

    Optional<Authorization> find(String id) {
        return Optional.ofNullable(authorizations.get(id));
    }

    Capture capture(String id) {
        return findCapture(id).orElseThrow(() -> CardRefusal.missing("capture"));
    }

    Optional<Capture> findCapture(String id) {
        return Optional.ofNullable(captures.get(id));
    }

    Refund refund(String id) {
        return findRefund(id).orElseThrow(() -> CardRefusal.missing("refund"));
    }

    Optional<Refund> findRefund(String id) {
        return Optional.ofNullable(refunds.get(id));
    }

    /** Newest first, at most a page. */
    List<Authorization> withReference(String reference) {
        return authorizations.sequencedValues().reversed().stream()
                .filter(a -> a.terms().reference().equals(reference))
                .limit(Limits.PAGE_OBJECTS_MAX)
                .toList();
    }

    /** Oldest first. */
    List<Capture> capturesOf(String authorizationId) {
        return capturesOf.getOrDefault(authorizationId, List.of()).stream()
                .map(this::capture)
                .toList();
    }

    /** Oldest first. */
    List<Refund> refundsOf(String authorizationId) {
        return refundsOf.getOrDefault(authorizationId, List.of()).stream()
                .map(this::refund)
                .toList();
    }

    void put(Authorization authorization) {
        if (!authorizations.containsKey(authorization.id())
                && authorizations.size() >= Limits.PAYMENTS_MAX) {
            evictOne();
        }
        authorizations.put(authorization.id(), authorization);
    }

    void put(Capture capture) {
        if (captures.put(capture.id(), capture) == null) {
            capturesOf
                    .computeIfAbsent(capture.authorizationId(), id -> new ArrayList<>())
                    .add(capture.id());
        }
    }

    void put(Refund refund) {
        if (refunds.put(refund.id(), refund) == null) {
            refundsOf
                    .computeIfAbsent(refund.authorizationId(), id -> new ArrayList<>())
                    .add(refund.id());
        }
    }

    private void evictOne() {
        String victim =
                authorizations.values().stream()
                        .limit(EVICTION_SEARCH_MAX)
                        .filter(Authorization::finished)
                        .findFirst()
                        .map(Authorization::id)
                        .orElseGet(() -> authorizations.firstEntry().getKey());
        authorizations.remove(victim);
        ledger.forget(victim);
        Optional.ofNullable(capturesOf.remove(victim)).ifPresent(l -> l.forEach(captures::remove));
        Optional.ofNullable(refundsOf.remove(victim)).ifPresent(l -> l.forEach(refunds::remove));
    }

    LedgerSnapshot snapshot() {
        List<LedgerEntry> entries = new ArrayList<>(authorizations.size());
        for (Authorization a : authorizations.values()) {
            Balance balance = ledger.of(a.id());
            entries.add(
                    new LedgerEntry(
                            a.id(),
                            a.status(),
                            a.terms().currency(),
                            a.terms().amountMinor(),
                            balance.authorisedMinor(),
                            balance.heldMinor(),
                            balance.capturedMinor(),
                            balance.refundedMinor(),
                            balance.releasedMinor(),
                            a.terms().metadata()));
        }
        return new LedgerSnapshot(entries, ledger.balances());
    }
}
