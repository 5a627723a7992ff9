package io.paybeacon.probe.run;

import io.paybeacon.probe.limits.Limits;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where webhooks about probes' own payments wait for the run that asked for them. Arrivals before
 * the wait are kept, within limits; arrivals for a run that is not under way are counted and
 * dropped. Thread-safe.
 */
public final class WebhookInbox {

    /**
     * A webhook about a run.
     *
     * @param gateway gateway account that received it
     * @param run id of the run, from the metadata of the gateway's object
     * @param eventType the gateway's name of the event type
     * @param arrivedAt agent's wall clock
     */
    public record Arrival(String gateway, String run, String eventType, Instant arrivedAt) {}

    private record Wait(String eventType, Promise<Arrival> promise) {}

    private static final class Slot {
        private final String gateway;
        private final List<Arrival> kept = new ArrayList<>();
        private final List<Wait> waits = new ArrayList<>();

        Slot(String gateway) {
            this.gateway = gateway;
        }
    }

    private final Map<String, Slot> slots = new HashMap<>();
    private int keptTotal;
    private long unclaimed;
    private boolean interrupted;

    /** Hands in a webhook. Returns whether a run under way claims it or may still claim it. */
    public boolean arrived(Arrival arrival) {
        Promise<Arrival> waiting;
        synchronized (this) {
            Slot slot = slots.get(arrival.run());
            if (slot == null || !slot.gateway.equals(arrival.gateway())) {
                unclaimed++;
                return false;
            }
            Optional<Wait> wait =
                    slot.waits.stream()
                            .filter(w -> w.eventType().equals(arrival.eventType()))
                            .findFirst();
            if (wait.isEmpty()) {
                return keep(slot, arrival);
            }
            slot.waits.remove(wait.get());
            waiting = wait.get().promise();
        }
        waiting.tryComplete(arrival);
        return true;
    }

    private boolean keep(Slot slot, Arrival arrival) {
        if (slot.kept.size() >= Limits.INBOX_ARRIVALS_PER_RUN_MAX
                || keptTotal >= Limits.INBOX_ARRIVALS_MAX) {
            unclaimed++;
            return false;
        }
        slot.kept.add(arrival);
        keptTotal++;
        return true;
    }

    /** Webhooks that no run under way claimed, or that came beyond the limits. */
    public synchronized long unclaimed() {
        return unclaimed;
    }

    /** Ends every wait, and any that is begun later, without an arrival: the agent shuts down. */
    void interrupt() {
        List<Promise<Arrival>> ended = new ArrayList<>();
        synchronized (this) {
            interrupted = true;
            for (Slot slot : slots.values()) {
                slot.waits.forEach(wait -> ended.add(wait.promise()));
                slot.waits.clear();
            }
        }
        ended.forEach(promise -> promise.tryFail("the agent is shutting down"));
    }

    synchronized void open(String gateway, String run) {
        slots.put(run, new Slot(gateway));
    }

    synchronized void close(String run) {
        Slot slot = slots.remove(run);
        if (slot != null) {
            keptTotal -= slot.kept.size();
        }
    }

    /** Completes when a webhook of that type is there for the run; never by itself otherwise. */
    synchronized Future<Arrival> await(String run, String eventType) {
        Promise<Arrival> promise = Promise.promise();
        Slot slot = slots.get(run);
        if (slot == null) {
            return Future.failedFuture("the run " + run + " is not under way");
        }
        for (Arrival arrival : slot.kept) {
            if (arrival.eventType().equals(eventType)) {
                slot.kept.remove(arrival);
                keptTotal--;
                return Future.succeededFuture(arrival);
            }
        }
        if (interrupted) {
            return Future.failedFuture("the agent is shutting down");
        }
        slot.waits.add(new Wait(eventType, promise));
        return promise.future();
    }
}
