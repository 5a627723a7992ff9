package io.paybeacon.sandbox.market.generate;

import io.paybeacon.sandbox.market.generate.Expansion.Timed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * The stream of what happens in a marketplace, in the order in which the world is told; what is
 * never told stands where it happened. The same options give the same stream. Memory grows with the
 * orders that are not over yet. Not thread-safe.
 */
public final class Simulation implements Iterator<Occurrence> {
    private static final long MINUTE = 60_000;
    private static final Comparator<Queued> BY_TIME =
            Comparator.comparingLong(Queued::keyMillis).thenComparingLong(Queued::sequence);

    private final SimulationOptions options;
    private final TruthSink truth;
    private final LifeDraw draw;
    private final Incidents incidents;
    private final List<Arrivals> arrivals = new ArrayList<>();
    private final PriorityQueue<Queued> queue = new PriorityQueue<>(BY_TIME);
    private final Settlement settlement = new Settlement();
    private final SplittableRandom orders;
    private long number;
    private long messages;
    private long sequence;
    private boolean settled;

    private record Queued(long keyMillis, long sequence, Occurrence occurrence, boolean copy) {}

    /**
     * A simulation at its beginning.
     *
     * @param truth told what is true, order by order, when the order is placed
     */
    public Simulation(SimulationOptions options, TruthSink truth) {
        this.options = options;
        this.truth = truth;
        this.incidents = new Incidents(options.incidents());
        this.draw =
                new LifeDraw(
                        options.seed(),
                        options.gateways(),
                        options.mix(),
                        options.incidents(),
                        options.cardsOnly());
        SplittableRandom root = new SplittableRandom(options.seed());
        this.orders = root.split();
        long from = options.start().toEpochMilli();
        for (GatewayProfile gateway : options.gateways()) {
            arrivals.add(
                    Arrivals.ofCustomers(gateway, from, options.ordersUntilMillis(), root.split()));
        }
        for (Incident incident : options.incidents()) {
            if (incident.kind() == IncidentKind.CARD_TESTING) {
                options.gateways().stream()
                        .filter(gateway -> gateway.name().equals(incident.gateway()))
                        .forEach(gateway ->
                                arrivals.add(Arrivals.ofTester(gateway, incident, root.split())));
            }
        }
    }

    /** Orders placed so far. */
    public long orders() {
        return number;
    }

    @Override
    public boolean hasNext() {
        placeDueOrders();
        if (queue.isEmpty() && !settled) {
            settled = true;
            settle(options.untilMillis());
        }
        return !queue.isEmpty();
    }

    @Override
    public Occurrence next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the simulation is over");
        }
        Queued first = queue.remove();
        if (!first.copy()) {
            settle(first.keyMillis());
            settlement.take(first.occurrence().happening());
        }
        return first.occurrence();
    }

    /** Places every order that comes before what is told next. */
    private void placeDueOrders() {
        while (true) {
            Arrivals earliest = arrivals.getFirst();
            for (Arrivals candidate : arrivals) {
                if (candidate.nextMillis() < earliest.nextMillis()) {
                    earliest = candidate;
                }
            }
            long at = earliest.nextMillis();
            if (at == Long.MAX_VALUE || told(at)) {
                return;
            }
            place(earliest, at);
            earliest.advance();
        }
    }

    /** Whether something is told before that time. */
    private boolean told(long beforeMillis) {
        Queued first = queue.peek();
        return first != null && first.keyMillis() < beforeMillis;
    }

    private void place(Arrivals arrival, long atMillis) {
        SplittableRandom random = orders.split();
        OrderLife life =
                arrival.testing()
                        ? draw.drawTest(number, atMillis, arrival.gateway(), random)
                        : draw.draw(number, atMillis, arrival.gateway(), random);
        number++;
        List<Timed> happened = new ArrayList<>();
        for (Timed timed : Expansion.of(incidents, life, random)) {
            if (timed.atMillis() < options.untilMillis()) {
                happened.add(timed);
                tell(timed, random);
            }
        }
        happened.sort(Comparator.comparingLong(Timed::atMillis));
        for (PaymentLife payment : life.payments()) {
            truth.payment(Outcomes.of(life, payment, happened));
        }
        planted(life, happened).ifPresent(truth::planted);
    }

    /** Decides when the world is told, and puts it in its place. */
    private void tell(Timed timed, SplittableRandom random) {
        Happening happening = timed.happening();
        long at = timed.atMillis();
        long id = messages++;
        if (!timed.told()) {
            push(new Occurrence(id, at, at, false, happening), false);
            return;
        }
        String gateway = happening.gateway();
        if (gateway.isEmpty()) {
            push(new Occurrence(id, at, at, true, happening), false);
            return;
        }
        long told = at + random.nextLong(20, 400);
        if (hit(IncidentKind.WEBHOOKS_REORDERED, gateway, at, random)) {
            told += random.nextLong(10 * MINUTE);
        }
        told = heldUntil(IncidentKind.WEBHOOK_SILENCE, gateway, at, told, MINUTE, random);
        told = heldUntil(IncidentKind.SECRET_ROTATED, gateway, at, told, 15 * MINUTE, random);
        Occurrence occurrence = new Occurrence(id, at, told, true, happening);
        push(occurrence, false);
        if (hit(IncidentKind.WEBHOOKS_DUPLICATED, gateway, at, random)) {
            long again = told + random.nextLong(1, MINUTE);
            push(new Occurrence(id, at, again, true, happening), true);
        }
    }

    private boolean hit(IncidentKind kind, String gateway, long atMillis, SplittableRandom random) {
        Optional<Incident> on = incidents.on(kind, gateway, atMillis);
        return on.isPresent() && random.nextInt(1_000) < on.get().permille();
    }

    /** What is held back comes within a while after the incident. */
    private long heldUntil(
            IncidentKind kind,
            String gateway,
            long atMillis,
            long toldMillis,
            long flushMillis,
            SplittableRandom random) {
        Optional<Incident> on = incidents.on(kind, gateway, atMillis);
        return on.isPresent() && random.nextInt(1_000) < on.get().permille()
                ? on.get().untilMillis() + random.nextLong(flushMillis)
                : toldMillis;
    }

    private void push(Occurrence occurrence, boolean copy) {
        queue.add(new Queued(occurrence.toldMillis(), sequence++, occurrence, copy));
    }

    private void settle(long nowMillis) {
        for (Settlement.Due due : settlement.close(nowMillis)) {
            long at = Math.max(due.atMillis(), nowMillis);
            if (at < options.untilMillis()) {
                push(new Occurrence(messages++, at, at, true, due.happening()), false);
            }
        }
    }

    /** What went wrong, if it has done so until the end. */
    private static Optional<Planted> planted(OrderLife life, List<Timed> happened) {
        return life.anomaly().flatMap(anomaly -> Plantings.of(life, anomaly, happened));
    }
}
