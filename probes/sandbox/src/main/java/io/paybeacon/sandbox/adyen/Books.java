package io.paybeacon.sandbox.adyen;

import io.paybeacon.sandbox.adyen.AdyenNotification.EventCode;
import io.paybeacon.sandbox.adyen.Payment.State;
import io.paybeacon.sandbox.adyen.PaymentRequest.Capture;
import io.paybeacon.sandbox.ledger.Ledger;
import io.paybeacon.sandbox.ledger.LedgerEntry;
import io.paybeacon.sandbox.ledger.LedgerSnapshot;
import io.paybeacon.sandbox.ledger.LedgerSnapshot.Balance;
import io.paybeacon.sandbox.limit.Limits;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All payments of the fake Adyen and their money. Confined to the lock of {@link AdyenGateway}.
 *
 * <p>When {@link Limits#PAYMENTS_MAX} is reached the oldest finished payment goes; an unfinished
 * one goes only when none among the oldest is finished.
 */
final class Books {
    private static final int EVICTION_SEARCH_MAX = 200;

    private final PspReferences references;
    private final InstantSource clock;
    private final Ledger ledger = new Ledger();
    private final LinkedHashMap<String, Payment> payments = new LinkedHashMap<>();
    private final Map<String, Map<EventCode, AdyenNotification>> told = new HashMap<>();

    Books(PspReferences references, InstantSource clock) {
        this.references = references;
        this.clock = clock;
    }

    PspReferences references() {
        return references;
    }

    Ledger ledger() {
        return ledger;
    }

    Instant now() {
        return clock.instant();
    }

    /** The payment of that reference, with a delayed capture taken when it is due. */
    Optional<Payment> find(String pspReference) {
        Payment payment = payments.get(pspReference);
        return Optional.ofNullable(payment).map(this::upToDate);
    }

    /** The newest payment of that merchant reference that still holds money, else the newest. */
    Optional<Payment> findByReference(String reference) {
        List<Payment> found =
                payments.sequencedValues().reversed().stream()
                        .filter(p -> p.request().reference().equals(reference))
                        .toList();
        return found.stream()
                .filter(p -> p.state() == State.AUTHORISED)
                .findFirst()
                .or(() -> found.stream().findFirst())
                .map(this::upToDate);
    }

    Payment put(Payment payment) {
        if (!payments.containsKey(payment.pspReference())
                && payments.size() >= Limits.PAYMENTS_MAX) {
            evictOne();
        }
        payments.put(payment.pspReference(), payment);
        return payment;
    }

    /** Remembers the last notification of each code about a payment, for what comes of it. */
    void told(Payment payment, AdyenNotification notification) {
        told.computeIfAbsent(payment.pspReference(), psp -> new EnumMap<>(EventCode.class))
                .put(notification.eventCode(), notification);
    }

    /** The last notification of that code about a payment. */
    Optional<AdyenNotification> lastTold(Payment payment, EventCode code) {
        return Optional.ofNullable(told.getOrDefault(payment.pspReference(), Map.of()).get(code));
    }

    /** The open hold of a payment, minor units. */
    long heldMinor(Payment payment) {
        return ledger.of(payment.pspReference()).heldMinor();
    }

    /** What was taken and not given back, minor units. */
    long refundableMinor(Payment payment) {
        Balance balance = ledger.of(payment.pspReference());
        return balance.capturedMinor() - balance.refundedMinor();
    }

    private Payment upToDate(Payment payment) {
        boolean due =
                payment.state() == State.AUTHORISED
                        && payment.request().capture() instanceof Capture.Delayed(Instant at)
                        && !now().isBefore(at);
        if (!due) {
            return payment;
        }
        long held = heldMinor(payment);
        ledger.capture(payment.pspReference(), payment.amount().currency(), held, held, 0);
        return put(payment.in(State.SENT_FOR_SETTLE));
    }

    private void evictOne() {
        String victim =
                payments.values().stream()
                        .limit(EVICTION_SEARCH_MAX)
                        .filter(p -> p.state().finished())
                        .findFirst()
                        .map(Payment::pspReference)
                        .orElseGet(() -> payments.firstEntry().getKey());
        payments.remove(victim);
        told.remove(victim);
        ledger.forget(victim);
    }

    LedgerSnapshot snapshot() {
        List<LedgerEntry> entries = new ArrayList<>(payments.size());
        for (Payment payment : List.copyOf(payments.values())) {
            entries.add(entry(upToDate(payment)));
        }
        return new LedgerSnapshot(entries, ledger.balances());
    }

    private LedgerEntry entry(Payment payment) {
        Balance balance = ledger.of(payment.pspReference());
        return new LedgerEntry(
                payment.pspReference(),
                payment.state().wireName(),
                payment.amount().currency(),
                payment.amount().valueMinor(),
                balance.authorisedMinor(),
                balance.heldMinor(),
                balance.capturedMinor(),
                balance.refundedMinor(),
                balance.releasedMinor(),
                payment.request().metadata());
    }
}
