package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** States outlive the build that wrote them. */
interface CodecContract extends EngineFixture {
    @Test
    @DisplayName("States that an earlier version of a codec wrote are read by a later one")
    default void start_laterCodec() {
        try (Twin twin = new Twin(newHarness(), Toys.pipeline(1, true), Toys.reference())) {
            twin.accept(Toys.captured("e1", "p1", 500), Toys.processing("e2", "p2"));
            twin.build(Toys.pipeline());
            twin.restart();
            twin.assertSame("read by the later build");
            twin.repeat(Toys.refunded("e3", "p1", 200), Toys.captured("e4", "p1", 50));
            twin.rest();
            Ledger ledger = twin.ledger("p1").orElseThrow();
            assertThat(ledger.captured()).isEqualTo(550);
            assertThat(ledger.refunded()).isEqualTo(200);
            twin.crash();
            assertThat(twin.ledger("p1")).as("written by the later build").contains(ledger);
            twin.pass(Duration.ofMinutes(10));
            twin.rest();
            assertThat(twin.sink.open()).as("the deadline of p2").hasSize(1);
        }
    }

    @Test
    @DisplayName("A state that a later version wrote is refused, and nothing of it is lost")
    default void start_earlierCodec() {
        try (Twin twin = twin()) {
            twin.accept(Toys.captured("e1", "p1", 500), Toys.refunded("e2", "p1", 200));
            twin.engine().close();
            twin.build(Toys.pipeline(1, true));
            Event more = Toys.captured("e3", "p1", 50);
            assertThat(worksOn(twin, more)).as("an earlier build works on p1").isFalse();
            twin.build(Toys.pipeline());
            twin.crash();
            twin.accept(more);
            twin.assertSame("back to the later build");
        }
    }

    /** Whether a start with the earlier build shows or changes the state it cannot read. */
    private static boolean worksOn(Twin twin, Event event) {
        try {
            twin.start();
        } catch (RuntimeException e) {
            return false;
        }
        CompletableFuture<?> found =
                twin.engine().find(LedgerStage.NAME, Toys.key("p1"), Object.class);
        twin.eventually(() -> assertThat(found).isCompletedExceptionally());
        // Refused now, or durable and processed by the next build that can: told again there.
        CompletableFuture<Void> told = twin.engine().accept(List.of(event));
        twin.eventually(() ->
                assertThat(told.isDone() || twin.engine().status().failure() != null).isTrue());
        var after = twin.engine().find(LedgerStage.NAME, Toys.key("p1"), Object.class);
        twin.eventually(() -> assertThat(after).isDone());
        return !after.isCompletedExceptionally();
    }
}
