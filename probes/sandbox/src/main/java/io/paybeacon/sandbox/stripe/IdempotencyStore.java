package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.limit.Limits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Results by idempotency key (docs.stripe.com/api/idempotent_requests): stored once execution
 * began, replayed to the same request, refused to another. Bounded: the oldest finished result
 * goes first. Thread-safe.
 */
final class IdempotencyStore {
    /** What a key means for a request. */
    sealed interface Claim {
        /** The key is new and now reserved; call {@code finish} or {@code release}. */
        record Fresh() implements Claim {}

        /** The stored result of the same request. */
        record Replay(Answer answer) implements Claim {}

        /** The same request is being executed. */
        record InUse() implements Claim {}

        /** The key belongs to another request; says how it differs. */
        record Mismatch(String reason) implements Claim {}
    }

    private record Slot(String endpoint, String fingerprint, Optional<Answer> answer) {}

    private final LinkedHashMap<String, Slot> slots = new LinkedHashMap<>();

    synchronized Claim claim(String key, String endpoint, String fingerprint) {
        Slot slot = slots.get(key);
        if (slot == null) {
            slots.put(key, new Slot(endpoint, fingerprint, Optional.empty()));
            evict();
            return new Claim.Fresh();
        }
        if (!slot.endpoint.equals(endpoint)) {
            return new Claim.Mismatch(
                    "Keys for idempotent requests can only be used for the same endpoint they were"
                            + " first used for ('"
                            + endpoint
                            + "' vs '"
                            + slot.endpoint
                            + "').");
        }
        if (!slot.fingerprint.equals(fingerprint)) {
            return new Claim.Mismatch(
                    "Keys for idempotent requests can only be used with the same parameters they"
                            + " were first used with.");
        }
        return slot.answer.<Claim>map(Claim.Replay::new).orElseGet(Claim.InUse::new);
    }

    synchronized void finish(String key, Answer answer) {
        Slot slot = slots.get(key);
        if (slot != null) {
            slots.put(key, new Slot(slot.endpoint, slot.fingerprint, Optional.of(answer)));
        }
    }

    synchronized void release(String key) {
        slots.remove(key);
    }

    private void evict() {
        if (slots.size() <= Limits.IDEMPOTENCY_RESULTS_MAX) {
            return;
        }
        slots.entrySet().stream()
                .filter(e -> e.getValue().answer.isPresent())
                .findFirst()
                .map(Map.Entry::getKey)
                .ifPresent(slots::remove);
    }
}
