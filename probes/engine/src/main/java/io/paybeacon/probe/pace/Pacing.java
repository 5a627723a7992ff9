package io.paybeacon.probe.pace;

import io.paybeacon.probe.schedule.Timer;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** The pacers of all gateways. Thread-safe. */
public final class Pacing {

    private final LongSupplier nanos;
    private final Timer timer;
    private final Map<String, Pacer> pacers = new HashMap<>();
    private Map<String, GatewayPace> paces = Map.of();
    private boolean stopped;

    /**
     * No gateway yet; each gets its pacer with its first attempt.
     *
     * @param nanos monotonic clock in nanoseconds
     * @param timer may run its tasks on any event loop
     */
    public Pacing(LongSupplier nanos, Timer timer) {
        this.nanos = nanos;
        this.timer = timer;
    }

    /** The pace of a gateway: its own, or the default. */
    public synchronized GatewayPace pace(String gateway) {
        return paces.getOrDefault(gateway, GatewayPace.DEFAULT);
    }

    /** Changes the paces; attempts that wait keep their places. */
    public void change(Map<String, GatewayPace> next) {
        Map<String, Pacer> all;
        synchronized (this) {
            paces = Map.copyOf(next);
            all = Map.copyOf(pacers);
        }
        // Outside the lock: a change may grant turns, and who hears of one may ask again.
        all.forEach(
                (gateway, pacer) -> pacer.change(next.getOrDefault(gateway, GatewayPace.DEFAULT)));
    }

    /** Forgets gateways that nothing asks any more. */
    public synchronized void retain(Set<String> gateways) {
        pacers.entrySet()
                .removeIf(
                        entry -> !gateways.contains(entry.getKey()) && entry.getValue().isRested());
    }

    /**
     * Asks whether an attempt may be sent to a gateway.
     *
     * @param probe name of the probe that asks
     * @param waitMax longest wait; then the turn is refused
     * @return never fails; completes on any thread
     */
    public Future<Turn> turn(String gateway, String probe, Urgency urgency, Duration waitMax) {
        return pacer(gateway).turn(probe, urgency, waitMax);
    }

    /** Whether an attempt could be sent at this moment without holding up another. */
    public boolean isIdle(String gateway) {
        return pacer(gateway).isIdle();
    }

    /** From now on only money moves. */
    public void stopFlow() {
        List<Pacer> all;
        synchronized (this) {
            stopped = true;
            all = List.copyOf(pacers.values());
        }
        all.forEach(Pacer::stopFlow);
    }

    private synchronized Pacer pacer(String gateway) {
        return pacers.computeIfAbsent(
                gateway,
                name -> {
                    Pacer pacer = new Pacer(name, pace(name), nanos, timer);
                    if (stopped) {
                        pacer.stopFlow();
                    }
                    return pacer;
                });
    }
}
