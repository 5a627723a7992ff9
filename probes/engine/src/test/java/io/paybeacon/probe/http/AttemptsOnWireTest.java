package io.paybeacon.probe.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.probe.result.Failure;
import io.vertx.core.internal.ContextInternal;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** One attempt in the books is one attempt at the server, however connections end. */
class AttemptsOnWireTest {

    private static final TestCertificate CERTIFICATE = TestCertificate.of("localhost");
    private static final int SEQUENCE_LENGTH = 60;
    private static WireBench bench;

    @BeforeAll
    static void start() {
        bench = new WireBench();
    }

    @AfterAll
    static void stop() throws Exception {
        bench.close();
    }

    record Spoken(Protocol protocol, boolean tls) {

        EndingOrigin open() throws Exception {
            return new EndingOrigin(protocol, tls ? Optional.of(CERTIFICATE) : Optional.empty());
        }

        HttpCall call(int port) {
            return WireBench.call("POST", protocol, tls, port, "amount=1");
        }

        @Override
        public String toString() {
            return protocol + (tls ? " over TLS" : "");
        }
    }

    static Stream<Spoken> spoken() {
        return Stream.of(
                new Spoken(Protocol.HTTP_1_1, false),
                new Spoken(Protocol.HTTP_1_1, true),
                new Spoken(Protocol.H2C, false),
                new Spoken(Protocol.HTTP_2, true));
    }

    static Stream<Arguments> endings() {
        return spoken().flatMap(spoken ->
                Ending.of(spoken.protocol()).stream().map(ending -> Arguments.of(spoken, ending)));
    }

    private static HttpAttempt send(Spoken spoken, EndingOrigin origin) throws Exception {
        return bench.send(CERTIFICATE.trusted(), spoken.call(origin.port()));
    }

    private static void assertEnded(HttpAttempt attempt, Ending ending) {
        assertThat(Optional.ofNullable(attempt.failure()).map(Failure::reason))
                .as("%s", attempt)
                .isEqualTo(ending.reason);
        assertThat(attempt.maybeReceived()).isTrue();
        assertThat(attempt.phases().remainderNanos()).isNotNegative();
    }

    @ParameterizedTest(name = "{0}: a fresh connection whose server {1}")
    @MethodSource("endings")
    void send_fresh(Spoken spoken, Ending ending) throws Exception {
        try (EndingOrigin origin = spoken.open()) {
            origin.next(ending);
            HttpAttempt attempt = send(spoken, origin);
            assertEnded(attempt, ending);
            assertThat(attempt.warm()).isFalse();
            assertThat(origin.seen()).isEqualTo(1);
            assertThat(origin.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest(name = "{0}: a reused connection whose server {1}")
    @MethodSource("endings")
    void send_reused(Spoken spoken, Ending ending) throws Exception {
        try (EndingOrigin origin = spoken.open()) {
            KeptConnection kept = new KeptConnection();
            ContextInternal context = bench.context();
            List<Ending> script = List.of(Ending.ANSWERS, ending, Ending.ANSWERS);
            int booked = 0;
            boolean open = false;
            for (Ending next : script) {
                origin.next(next);
                HttpAttempt attempt =
                        bench.send(
                                context, CERTIFICATE.trusted(), spoken.call(origin.port()), kept);
                booked++;
                assertEnded(attempt, next);
                assertThat(attempt.warm()).as("attempt %d", booked).isEqualTo(open);
                assertThat(attempt.tls() != null).isEqualTo(spoken.tls());
                assertThat(origin.seen()).isEqualTo(booked);
                if (next.idle) {
                    origin.endIdle();
                }
                open = next == Ending.ANSWERS;
            }
            kept.close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("spoken")
    @DisplayName("Over random endings, seen by the server / booked is 1")
    void send_randomSequences(Spoken spoken) throws Exception {
        long seed = 20_261_122;
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        try (EndingOrigin origin = spoken.open()) {
            List<Ending> all = Ending.of(spoken.protocol());
            KeptConnection kept = new KeptConnection();
            ContextInternal context = bench.context();
            for (int booked = 1; booked <= SEQUENCE_LENGTH; booked++) {
                Ending next =
                        random.nextInt(3) == 0
                                ? Ending.ANSWERS
                                : all.get(random.nextInt(all.size()));
                origin.next(next);
                boolean fresh = random.nextInt(4) == 0;
                HttpAttempt attempt =
                        bench.send(
                                context,
                                CERTIFICATE.trusted(),
                                spoken.call(origin.port()),
                                fresh ? null : kept);
                assertEnded(attempt, next);
                assertThat(origin.seen()).as("seed %d, %s", seed, next).isEqualTo(booked);
                if (next.idle) {
                    origin.endIdle();
                }
            }
            kept.close();
        }
    }
}
