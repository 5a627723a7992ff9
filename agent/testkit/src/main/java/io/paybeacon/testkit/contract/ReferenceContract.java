package io.paybeacon.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every key shares changes at one place in the order of inputs, and for good. */
interface ReferenceContract extends EngineFixture {
    @Test
    @DisplayName(
            "What was accepted before a change sees the old, what is accepted after it the new")
    default void refer_betweenCalls() {
        try (Twin twin = twin()) {
            List<CompletableFuture<Void>> answers = new ArrayList<>();
            for (int version = 1; version <= 10; version++) {
                String name = "" + version;
                // Nobody waits: the calls may share a batch of the engine's, the change cuts it.
                answers.add(twin.engine().accept(List.of(Toys.processing("e" + name, "p" + name))));
                answers.add(
                        twin.engine()
                                .refer(Toys.reference(version + 1, Duration.ofMinutes(version))));
            }
            answers.forEach(twin::done);
            twin.rest();
            for (int version = 1; version <= 10; version++) {
                Ledger ledger = twin.ledger("p" + version).orElseThrow();
                Duration limit =
                        version == 1 ? Duration.ofMinutes(10) : Duration.ofMinutes(version - 1);
                assertThat(ledger.referenceVersion()).isEqualTo(version);
                assertThat(ledger.due()).isEqualTo(twin.clock.instant().plus(limit));
            }
        }
    }

    @Test
    @DisplayName("A change survives a crash and a restart with the older configuration")
    default void refer_thenRestart() {
        try (Twin twin = twin()) {
            twin.accept(Toys.processing("e1", "p1"));
            twin.refer(Toys.reference(2, Duration.ofMinutes(3)));
            twin.crash();
            twin.accept(Toys.processing("e2", "p2"));
            twin.restart();
            twin.accept(Toys.processing("e3", "p3"));
            twin.pass(Duration.ofMinutes(3));
            twin.assertSame("p2 and p3 are late, p1 is not");
            assertThat(twin.sink.open()).hasSize(2);
        }
    }

    @Test
    @DisplayName("A start with a newer configuration changes what keys share from then on")
    default void start_newerReference() {
        try (Twin twin = twin()) {
            twin.refer(Toys.reference(2, Duration.ofMinutes(3)));
            twin.accept(Toys.processing("e1", "p1"));
            twin.configure(Toys.reference(3, Duration.ofMinutes(7)));
            twin.restart();
            twin.repeat(Toys.processing("e2", "p2"));
            twin.rest();
            assertThat(twin.ledger("p1").orElseThrow().referenceVersion()).isEqualTo(2);
            assertThat(twin.ledger("p2").orElseThrow().referenceVersion()).isEqualTo(3);
            twin.configure(Toys.reference(1, Duration.ofMinutes(10)));
            twin.crash();
            twin.repeat(Toys.processing("e3", "p3"));
            twin.rest();
            assertThat(twin.ledger("p3").orElseThrow().referenceVersion())
                    .as("the newer one stays in force once a process ran with it")
                    .isEqualTo(3);
        }
    }

    @Test
    @DisplayName("A deadline that was set stays where it is; what fires sees the new")
    default void refer_deadlines() {
        try (Twin twin = twin()) {
            twin.accept(Toys.processing("e1", "p1"));
            twin.refer(Toys.reference(2, Duration.ofMinutes(2)));
            twin.pass(Duration.ofMinutes(9));
            twin.assertSame("not due");
            assertThat(twin.sink.distinct()).isEmpty();
            twin.pass(Duration.ofMinutes(1));
            twin.pass(Duration.ofMinutes(2));
            twin.assertSame("due, and again two minutes later");
            assertThat(twin.sink.distinct()).hasSize(2);
        }
    }
}
