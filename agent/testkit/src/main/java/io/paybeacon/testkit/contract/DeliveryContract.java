package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Findings leave at least once, with the same id whenever the same leaves again. */
interface DeliveryContract extends EngineFixture {
    @Test
    @DisplayName("While the sink fails, inputs are acknowledged; later it gets everything")
    default void deliver_sinkFails() {
        try (Twin twin = twin()) {
            twin.sink.fail(true);
            late(twin, 0, 30);
            twin.eventually(() -> assertThat(twin.sink.refused()).isPositive());
            twin.eventually(() -> assertThat(twin.engine().status().undelivered()).isEqualTo(30));
            late(twin, 30, 40);
            long tries = twin.sink.refused();
            twin.eventually(() -> assertThat(twin.sink.refused()).isGreaterThan(tries));
            twin.sink.fail(false);
            twin.assertSame("the sink works again");
            assertThat(twin.sink.open()).hasSize(40);
        }
    }

    @Test
    @DisplayName("While the sink takes its time, inputs are acknowledged; later it gets the rest")
    default void deliver_sinkIsLate() {
        try (Twin twin = twin()) {
            twin.sink.hold(true);
            late(twin, 0, 10);
            twin.eventually(() -> assertThat(twin.sink.deliveries()).isPositive());
            late(twin, 10, 20);
            twin.eventually(() -> assertThat(twin.engine().status().undelivered()).isEqualTo(20));
            twin.sink.hold(false);
            twin.assertSame("the sink has caught up");
            assertThat(twin.sink.deliveries()).as("each once").isEqualTo(20);
        }
    }

    @Test
    @DisplayName("What a crash left unconfirmed is delivered again under the same id and position")
    default void deliver_crashBeforeConfirmation() {
        try (Twin twin = twin()) {
            twin.sink.fail(true);
            late(twin, 0, 12);
            twin.eventually(() -> assertThat(twin.sink.deliveries()).isPositive());

            twin.crash();
            long repeated = twin.sink.deliveries();
            twin.sink.fail(false);
            twin.assertSame("after the crash");
            assertThat(twin.sink.deliveries() - repeated)
                    .as("all again")
                    .isGreaterThanOrEqualTo(12);
        }
    }

    @Test
    @DisplayName("What closing left unconfirmed is delivered after the next start")
    default void deliver_closeBeforeConfirmation() {
        try (Twin twin = twin()) {
            late(twin, 0, 5);
            twin.rest();
            twin.sink.fail(true);
            late(twin, 5, 12);
            twin.restart();
            twin.sink.fail(false);
            twin.assertSame("after the restart");
            assertThat(twin.sink.open()).hasSize(12);
        }
    }

    @Test
    @DisplayName("What was confirmed is not delivered again after an orderly restart")
    default void deliver_confirmed() {
        try (Twin twin = twin()) {
            late(twin, 0, 6);
            twin.rest();
            twin.restart();
            late(twin, 6, 7);
            twin.assertSame("after the restart");
            assertThat(twin.sink.deliveries()).isEqualTo(7);
        }
    }

    /** As many payments as there are numbers miss their deadline. */
    private static void late(Twin twin, int from, int to) {
        List<Event> events = new ArrayList<>();
        for (int i = from; i < to; i++) {
            events.add(Toys.linked("e" + i, "p" + i));
        }
        twin.accept(events);
        twin.pass(Duration.ofMinutes(30));
    }
}
