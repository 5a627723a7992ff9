package io.paybeacon.sandbox.api;

import io.paybeacon.sandbox.limit.Limits;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Results by idempotency key: stored once execution began, replayed to the same request, refused
 * to another. Bounded: the oldest finished result goes first. Thread-safe.
 */
final class IdempotencyStore {
    /** What a key means for a request. */
    sealed interface Claim {
        /** The key is new and now reserved; call {@code finish} or {@code release}. */
        record Fresh() implements Claim {}

        /** The stored result of the same request. */
        record Replay(Answer answer) implements Claim {}

        /** The key cannot be used now, or not for this. */
        record Refused(ApiProblem problem) implements Claim {}
    }

    private record Slot(String endpoint, String fingerprint, Optional<Answer> answer) {}

    private final LinkedHashMap<String, Slot> slots = new LinkedHashMap<>();

    synchronized Claim claim(IdempotencyKey wanted) {
        Slot slot = slots.get(wanted.key());
        if (slot == null) {
            slots.put(
                    wanted.key(),
                    new Slot(wanted.endpoint(), wanted.fingerprint(), Optional.empty()));
            evict();
            return new Claim.Fresh();
        }
        if (!slot.endpoint.equals(wanted.endpoint())) {
            return new Claim.Refused(
                    new ApiProblem.KeyOfOtherEndpoint(
                            wanted.shown(), wanted.endpoint(), slot.endpoint));
        }
        if (!slot.fingerprint.equals(wanted.fingerprint())) {
            return new Claim.Refused(new ApiProblem.KeyOfOtherContent(wanted.shown()));
        }
        return slot.answer
                .<Claim>map(Claim.Replay::new)
                .orElseGet(() -> new Claim.Refused(new ApiProblem.KeyInUse(wanted.shown())));
    }

    synchronized void finish(IdempotencyKey used, Answer answer) {
        Slot slot = slots.get(used.key());
        if (slot != null) {
            slots.put(used.key(), new Slot(slot.endpoint, slot.fingerprint, Optional.of(answer)));
        }
    }

    synchronized void release(IdempotencyKey used) {
        slots.remove(used.key());
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
