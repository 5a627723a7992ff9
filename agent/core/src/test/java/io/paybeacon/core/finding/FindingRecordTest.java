package io.paybeacon.core.finding;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.FindingEvent;
import io.paybeacon.core.event.FindingEvent.Acknowledge;
import io.paybeacon.core.event.FindingEvent.Acted;
import io.paybeacon.core.event.FindingEvent.Ended;
import io.paybeacon.core.event.FindingEvent.Found;
import io.paybeacon.core.event.FindingEvent.Resolve;
import io.paybeacon.core.event.FindingEvent.Snooze;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.stage.Context;
import io.paybeacon.core.stage.Effect;
import io.paybeacon.core.stage.Reference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is known of a finding when its facts are gone, in whatever order it was told. */
class FindingRecordTest {
    private static final Instant START = Instant.parse("2026-11-23T08:00:00Z");
    private static final String ID = "stuck_payment|gw:p";

    private final FindingStage stage = new FindingStage();

    @Test
    @DisplayName("Opened, changed, ended, opened again: the latest holds, whatever came first")
    void anyOrder() {
        List<FindingEvent> events =
                List.of(
                        found(0, "opened"),
                        found(10, "changed"),
                        ended(20, "superseded"),
                        found(30, "opened again"),
                        acted(31, new FindingEvent.Comment("hm")),
                        ended(40, "resolved"),
                        acted(50, new Resolve("")));
        FindingRecord straight = apply(events);

        assertThat(straight.open()).isFalse();
        assertThat(straight.endedAt()).isEqualTo(START.plusSeconds(40));
        assertThat(straight.resolution()).isEqualTo(Resolution.RESOLVED);
        assertThat(straight.finding().cause()).isEqualTo("opened again");
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            List<FindingEvent> shuffled = new ArrayList<>(events);
            shuffled.addAll(events.subList(0, random.nextInt(events.size())));
            Collections.shuffle(shuffled, random);
            assertThat(apply(shuffled)).as("shuffle %d of seed 7", i).isEqualTo(straight);
        }
        assertThat(apply(events.subList(0, 4)).open()).isTrue();
        assertThat(apply(events.subList(0, 4)).endedAt()).isNull();
    }

    @Test
    @DisplayName("Opened and ended in the same millisecond, it has ended")
    void sameMillisecond() {
        FindingRecord known = apply(List.of(ended(5, "resolved"), found(5, "opened")));

        assertThat(known.open()).isFalse();
    }

    @Test
    @DisplayName("While it is open it is kept; after its end and the last act, for 540 days")
    void retention() {
        Context later = at(3_600);
        Effect<FindingRecord> open = stage.apply(null, found(0, "opened"), at(0));
        assertThat(open.deadline()).isNull();
        Effect<FindingRecord> ended = stage.apply(open.state(), ended(60, "resolved"), at(60));
        assertThat(ended.deadline()).isEqualTo(START.plusSeconds(60).plus(Duration.ofDays(540)));
        Effect<FindingRecord> acted =
                stage.apply(ended.state(), acted(3_600, new Acknowledge()), later);
        Instant due = START.plusSeconds(3_600).plus(Duration.ofDays(540));
        assertThat(acted.deadline()).isEqualTo(due);
        assertThat(stage.onDeadline(ID, acted.state(), context(due)).state()).isNull();
    }

    @Test
    @DisplayName("A snoozed finding wakes by its deadline, and is kept")
    void wakes() {
        Instant until = START.plusSeconds(600);
        Effect<FindingRecord> open = stage.apply(null, found(0, "opened"), at(0));
        Effect<FindingRecord> asleep =
                stage.apply(open.state(), acted(1, new Snooze(until)), at(1));
        assertThat(asleep.deadline()).isEqualTo(until);

        Effect<FindingRecord> awake = stage.onDeadline(ID, asleep.state(), context(until));

        assertThat(awake.outputs()).hasSize(1);
        assertThat(awake.state().handling().snoozedUntil()).isNull();
        assertThat(awake.deadline()).isNull();
    }

    private FindingRecord apply(List<FindingEvent> events) {
        FindingRecord state = null;
        for (FindingEvent event : events) {
            state = stage.apply(state, event, at(100)).state();
        }
        return state;
    }

    private static Context at(long seconds) {
        return context(START.plusSeconds(seconds));
    }

    private static Context context(Instant now) {
        return new Context(now, Reference.defaults());
    }

    private static Origin origin(long seconds) {
        return new Origin("gw", "event-" + seconds, START.plusSeconds(seconds));
    }

    private static Found found(long seconds, String cause) {
        return new Found(
                origin(seconds),
                ID,
                "stuck_payment",
                "warning",
                "gw",
                "gw:p",
                START.plusSeconds(seconds),
                null,
                cause,
                "remedy",
                Map.of());
    }

    private static Ended ended(long seconds, String resolution) {
        return new Ended(origin(seconds), ID, resolution);
    }

    private static Acted acted(long seconds, FindingEvent.Act act) {
        return new Acted(origin(seconds), ID, "ann", act);
    }
}
