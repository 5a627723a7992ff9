package io.paybeacon.testkit.scenario;

import io.paybeacon.core.event.Event;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The events of a marketplace, endless and the same for the same seed: payments begin at random
 * moments on a few gateway accounts, each lives its own {@link PaymentLife}, and its messages come
 * late, out of order, twice, or without the payment's name, as messages of gateways do. Probes run
 * on each account all the while, and some messages are of no use.
 *
 * <p>About a microsecond an event. Not safe for use by several threads.
 */
public final class PaymentScenario {
    private static final List<String> GATEWAYS = List.of("stripe_eu", "stripe_us", "adyen_eu");
    private static final long PROBE_INTERVAL_MILLIS = 30_000;
    private static final Comparator<Scheduled> BY_TIME =
            Comparator.comparingLong(Scheduled::atMillis).thenComparingLong(Scheduled::number);

    private final SplittableRandom random;
    private final PaymentLife lives;
    private final ProbeLife probes;
    private final long gapMaxMillis;
    private final PriorityQueue<Scheduled> scheduled = new PriorityQueue<>(BY_TIME);
    private long number;
    private long payments;
    private long nextPaymentMillis;
    private long nextProbeMillis;

    /**
     * A scenario.
     *
     * @param seed the same seed makes the same events
     * @param start when the first payment may begin, by every clock
     * @param gapMax the longest time between the beginnings of two payments; half of it on average,
     *     at least 2 ms
     */
    public PaymentScenario(long seed, Instant start, Duration gapMax) {
        random = new SplittableRandom(seed);
        lives = new PaymentLife(random);
        probes = new ProbeLife(random);
        gapMaxMillis = Math.max(2, gapMax.toMillis());
        nextPaymentMillis = start.toEpochMilli();
        nextProbeMillis = start.toEpochMilli();
    }

    /**
     * An event and when it reaches the agent.
     *
     * @param at by the agent's clock, never earlier than that of the event before
     */
    public record Told(Instant at, Event event) {}

    /** The next event. There always is one. */
    public Told next() {
        Scheduled first = scheduled.peek();
        while (first == null || first.atMillis >= Math.min(nextPaymentMillis, nextProbeMillis)) {
            begin();
            first = scheduled.peek();
        }
        Scheduled next = Objects.requireNonNull(scheduled.poll());
        return new Told(Instant.ofEpochMilli(next.atMillis), next.event);
    }

    /** The next events, in order. */
    public List<Told> next(int events) {
        List<Told> told = new ArrayList<>(events);
        for (int i = 0; i < events; i++) {
            told.add(next());
        }
        return told;
    }

    private void begin() {
        if (nextPaymentMillis <= nextProbeMillis) {
            String gateway = GATEWAYS.get(random.nextInt(GATEWAYS.size()));
            payments++;
            lives.tell(gateway, payments, nextPaymentMillis, this::schedule);
            nextPaymentMillis += random.nextLong(1, gapMaxMillis);
        } else {
            for (String gateway : GATEWAYS) {
                probes.tell(gateway, nextProbeMillis, this::schedule);
            }
            nextProbeMillis += PROBE_INTERVAL_MILLIS;
        }
    }

    private void schedule(long atMillis, Event event) {
        scheduled.add(new Scheduled(atMillis, number++, event));
    }

    private record Scheduled(long atMillis, long number, Event event) {}

    /** Takes what is going to be told. */
    @FunctionalInterface
    interface Schedule {
        /**
         * Takes one event.
         *
         * @param atMillis when it reaches the agent, in milliseconds since the epoch
         */
        void add(long atMillis, Event event);
    }
}
