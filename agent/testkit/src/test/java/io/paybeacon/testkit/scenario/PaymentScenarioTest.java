package io.paybeacon.testkit.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IdentityEvent.Linked;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.testkit.scenario.PaymentScenario.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PaymentScenarioTest {
    private static final Instant START = Instant.parse("2026-03-02T10:00:00Z");

    @Test
    void next_sameSeed() {
        assertThat(events(5)).isEqualTo(events(5));
    }

    @Test
    void next_otherSeed() {
        assertThat(events(5)).isNotEqualTo(events(6));
    }

    @Test
    void next_timesNeverFallAndAreNotBeforeTheSource() {
        List<Told> told = events(5);
        assertThat(told).isSortedAccordingTo(Comparator.comparing(Told::at));
        assertThat(told)
                .allSatisfy(one ->
                        assertThat(one.event().origin().occurredAt()).isBeforeOrEqualTo(one.at()));
    }

    @Test
    void next_everyKindOccursAndSomeRepeat() {
        List<Event> events = events(5).stream().map(Told::event).toList();
        assertThat(events.stream().map(Event::getClass).collect(Collectors.toSet()))
                .contains(
                        Observed.class,
                        Linked.class,
                        Unresolved.class,
                        Skipped.class,
                        Malformed.class,
                        RunCompleted.class,
                        SlotAccounted.class);
        assertThat(new HashSet<>(events)).hasSizeLessThan(events.size());
    }

    private static List<Told> events(long seed) {
        return new PaymentScenario(seed, START, Duration.ofSeconds(1)).next(3_000);
    }
}
