package io.paybeacon.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.SourceEvent.Signal;
import io.paybeacon.core.finding.FindingRecord;
import io.paybeacon.core.gateway.GatewayCell;
import io.paybeacon.core.identity.Identity;
import io.paybeacon.core.order.Order;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Series;
import io.paybeacon.core.payment.Payment;
import io.paybeacon.core.probe.ProbeState;
import io.paybeacon.core.probe.ProbeState.Confirmation;
import io.paybeacon.core.scenario.PipelineDriver;
import io.paybeacon.core.source.SourceState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Any order and any repetition of the same events ends in the same states and findings, with
 * forwards that come late and in any order of their own.
 *
 * <p>{@code -Dpaybeacon.permutation.cases} sets how many stories are told, and {@code
 * -Dpaybeacon.permutation.seed} which one is the first: a failure names the seed of its story.
 */
class PermutationTest {
    private static final int CASES = Integer.getInteger("paybeacon.permutation.cases", 300);
    private static final long SEED = Long.getLong("paybeacon.permutation.seed", 20_261_122L);
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration SLOWEST = Duration.ofHours(4);
    private static final Instant REST = START.plus(Duration.ofDays(60));

    @Test
    @DisplayName("At a fixed clock: the same states, and the same findings when time moves on")
    void fixed_clock() {
        int findings = 0;
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            List<Event> events = RandomStory.events(new Random(seed), START);
            PipelineDriver straight = new PipelineDriver();
            events.forEach(event -> straight.applyAll(event, START));
            PipelineDriver shuffled = shuffled(events, new Random(~seed), Duration.ZERO);

            assertThat(states(shuffled, true))
                    .as("seed %d", seed)
                    .isEqualTo(states(straight, true));
            straight.tick(REST);
            shuffled.tick(REST);
            assertThat(states(shuffled, true))
                    .as("seed %d", seed)
                    .isEqualTo(states(straight, true));
            assertThat(shuffled.openFindings())
                    .as("seed %d", seed)
                    .isEqualTo(straight.openFindings());
            gauges(straight, seed);
            gauges(shuffled, seed);
            findings += straight.openFindings().size();
        }
        assertThat(findings).as("open findings in all stories").isGreaterThan(CASES / 2);
    }

    @Test
    @DisplayName("While time passes: the same states but for when, and the same findings are open")
    void moving_clock() {
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            List<Event> events = RandomStory.events(new Random(seed), START);
            PipelineDriver one = shuffled(events, new Random(seed + 1), SLOWEST);
            PipelineDriver other = shuffled(events, new Random(~seed), SLOWEST);
            one.tick(REST);
            other.tick(REST);

            assertThat(states(other, false)).as("seed %d", seed).isEqualTo(states(one, false));
            assertThat(told(other)).as("seed %d", seed).isEqualTo(told(one));
            gauges(one, seed);
            gauges(other, seed);
        }
    }

    /** Every event once, some twice, in any order; what they forward whenever it likes. */
    private static PipelineDriver shuffled(List<Event> events, Random random, Duration slowest) {
        List<Event> order = new ArrayList<>(events);
        for (Event event : events) {
            if (random.nextInt(3) == 0) {
                order.add(event);
            }
        }
        Collections.shuffle(order, random);
        PipelineDriver driver = new PipelineDriver();
        Instant now = START;
        for (Event event : order) {
            driver.apply(event, now);
            while (driver.waiting() > 0 && random.nextInt(3) == 0) {
                driver.deliver(random.nextInt(driver.waiting()), now);
            }
            if (!slowest.isZero() && random.nextInt(4) == 0) {
                now = now.plusMillis(random.nextLong(slowest.toMillis()));
                driver.tick(now);
            }
        }
        while (driver.waiting() > 0) {
            driver.deliver(random.nextInt(driver.waiting()), now);
        }
        return driver;
    }

    /** The states of all stages, without what remembers the order or the moment of arrival. */
    private static Map<String, Object> states(PipelineDriver driver, boolean fixedClock) {
        Map<String, Object> states = new TreeMap<>();
        for (Step<?, ?> step : Pipeline.standard().steps()) {
            driver.states(step.name())
                    .forEach((key, state) ->
                            states.put(step.name() + " " + key, comparable(state, fixedClock)));
            // What was opened on partial knowledge, and has ended, is there in some orders only.
            states.values().removeIf(Boolean.FALSE::equals);
        }
        return states;
    }

    private static Object comparable(Object state, boolean fixedClock) {
        return switch (state) {
            // What attempts came to counts the answer that came first: counters, not a join.
            case GatewayCell cell -> cell.payments();
            // Which events were applied last, and how many runs failed in a row.
            case ProbeState probe ->
                    List.of(
                            new TreeSet<>(probe.recent()),
                            probe.orphans(),
                            probe.settledBefore(),
                            String.valueOf(probe.last()),
                            String.valueOf(probe.lastPassedAt()),
                            String.valueOf(probe.confirmation()));
            // Which failures were applied last.
            case SourceState source ->
                    List.of(
                            source.samples(),
                            String.valueOf(source.answered()),
                            String.valueOf(source.failure()),
                            new TreeSet<>(source.recentFailures()));
            case Identity identity when !fixedClock ->
                    List.of(String.valueOf(identity.payment()), identity.parked());
            case Payment payment when !fixedClock -> without(payment);
            case Order order when !fixedClock -> without(order);
            // When it was told, and what the story looked like then.
            case FindingRecord finding when !fixedClock -> finding.open();
            default -> state;
        };
    }

    /** Without the findings, and with a moment of arrival that is the same for all. */
    private static Payment without(Payment payment) {
        return new Payment(
                payment.id(),
                payment.firstSeen(),
                START,
                payment.attempts(),
                payment.requested(),
                payment.money(),
                payment.refunds(),
                payment.holds(),
                payment.disputes(),
                payment.properties(),
                payment.erased(),
                List.of());
    }

    private static Order without(Order order) {
        return new Order(
                order.reference(),
                START,
                order.placed(),
                order.withdrawn(),
                order.payments(),
                order.erased(),
                List.of());
    }

    /** What the open findings say, without when they were opened. */
    private static Map<String, String> told(PipelineDriver driver) {
        Map<String, String> told = new TreeMap<>();
        for (Finding finding : driver.openFindings().values()) {
            told.put(
                    finding.id(),
                    finding.severity() + " " + finding.atStake() + " " + finding.evidence());
        }
        return told;
    }

    /** The gauges say what the states and findings are. */
    private static void gauges(PipelineDriver driver, long seed) {
        for (String gateway : List.of("gw", "gw-2")) {
            long parked =
                    driver.states("identity").values().stream()
                            .map(Identity.class::cast)
                            .filter(identity -> identity.reference().gateway().equals(gateway))
                            .mapToLong(identity -> identity.parked().size())
                            .sum();
            assertThat(driver.value(Series.of(Metric.IDENTITY_PARKED, gateway)))
                    .as("seed %d: parked at %s", seed, gateway)
                    .isEqualTo(parked);
            probes(driver, gateway, seed);
            for (FindingKind each : FindingKind.values()) {
                String kind = each.label();
                long open =
                        driver.openFindings().values().stream()
                                .filter(finding -> finding.gateway().equals(gateway))
                                .filter(finding -> finding.kind().label().equals(kind))
                                .count();
                assertThat(driver.value(Series.of(Metric.FINDINGS_OPEN, gateway, kind)))
                        .as("seed %d: open %s at %s", seed, kind, gateway)
                        .isEqualTo(open);
            }
        }
    }

    /** What is a gauge of probes and sources follows from all that was told, not from the order. */
    private static void probes(PipelineDriver driver, String gateway, long seed) {
        ProbeState probe = driver.find("probe", gateway + ":card", ProbeState.class);
        if (probe != null) {
            Confirmation confirmation = probe.confirmation();
            boolean down =
                    confirmation != null
                            && confirmation.failed()
                            && (probe.lastPassedAt() == null
                                    || probe.lastPassedAt().isBefore(confirmation.startedAt()));
            assertThat(driver.value(Series.of(Metric.PROBE_CONFIRMED_DOWN, gateway, "card")))
                    .as("seed %d: confirmed down at %s", seed, gateway)
                    .isEqualTo(down ? 1 : 0);
        }
        SourceState source = driver.find("source", gateway + ":status-page", SourceState.class);
        if (source != null && source.samples().containsKey(Signal.STATUS)) {
            assertThat(driver.value(Series.of(Metric.SOURCE_STATUS, gateway, "status-page")))
                    .as("seed %d: status at %s", seed, gateway)
                    .isEqualTo(source.samples().get(Signal.STATUS).value());
        }
    }
}
