package io.paybeacon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.paybeacon.sandbox.gateway.GatewayKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultScheduleTest {
    private static final FaultRouting ROUTING =
            new FaultRouting(EnumSet.of(GatewayKind.STRIPE, GatewayKind.CARD));

    @Test
    void schedule_isReadInOrderWithItsTimes() {
        FaultSchedule schedule =
                read(
                        """
                        # an outage of the card processor, then slow webhooks everywhere
                        - at: 10s
                          for: 2m
                          fault: card/*:status=503
                        - at: 5m
                          fault: webhooks:delayed=30s
                        """);
        assertThat(schedule.entries()).hasSize(2);
        assertThat(described(schedule.entries().getFirst()))
                .containsExactly("card *:status=503,when=before,start=10s,for=2m");
        assertThat(described(schedule.entries().getLast()))
                .containsExactly(
                        "card webhooks:delayed=30s,start=5m",
                        "stripe webhooks:delayed=30s,start=5m");
    }

    private static List<String> described(FaultSchedule.Entry entry) {
        return entry.faults().entrySet().stream()
                .map(e -> e.getKey().wireName() + " " + e.getValue().describe())
                .sorted()
                .toList();
    }

    @Test
    void start_installsEveryFaultAtItsGateway() {
        SandboxOptions options =
                SandboxOptions.defaults()
                        .withGateways(Set.of(GatewayKind.STRIPE, GatewayKind.CARD));
        try (Sandbox sandbox = Sandbox.start(options)) {
            read("[{at: 1h, fault: 'card/*:reset'}, {at: 0s, fault: 'webhooks:lost'}]")
                    .start(sandbox);
            assertThat(sandbox.gateway(GatewayKind.CARD).faults().list())
                    .extracting(f -> f.fault().describe(), f -> f.active())
                    .containsExactly(
                            tuple("*:reset,when=before,start=1h", false),
                            tuple("webhooks:lost", true));
            assertThat(sandbox.faults().list()).hasSize(1);
        }
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of("", "f.yaml:1: it is no list"),
                Arguments.of("at: 1s\nfault: '*:reset'", "f.yaml:1: it is no list"),
                Arguments.of("[]", "f.yaml:1: the list is empty"),
                Arguments.of("- 17", "f.yaml:1: it is no mapping"),
                Arguments.of("- at: 1s", "f.yaml:1: fault: it is missing"),
                Arguments.of("- fault: '*:reset'", "f.yaml:1: at: it is missing"),
                Arguments.of("- at: 1s\n  fualt: '*:reset'", "f.yaml:2: fualt: the key is unknown"),
                Arguments.of("- at: soon\n  fault: '*:reset'", "f.yaml:1: at: 'soon' is not a"),
                Arguments.of(
                        "- at: 1s\n  for: 5\n  fault: '*:reset'", "f.yaml:2: for: '5' is not a"),
                Arguments.of(
                        "- at: 1s\n  at: 2s\n  fault: '*:reset'", "f.yaml:2: at: it stands twice"),
                Arguments.of("- at: [1s]\n  fault: '*:reset'", "f.yaml:1: at: write a text"),
                Arguments.of("- at: 1s\n  fault: '*:rest'", "f.yaml:2: fault: fault '*:rest'"),
                Arguments.of(
                        "- at: 1s\n  fault: 'visa/*:reset'",
                        "f.yaml:2: fault: fault 'visa/*:reset'"),
                Arguments.of(
                        "- at: 1s\n  fault: '*:reset,start=3s'", "f.yaml:2: fault: it has start"),
                Arguments.of("- at: 1s\n  fault: *x", "f.yaml:2: "),
                Arguments.of("- at: 1s\n  fault: '*:reset\n", "not valid YAML"),
                Arguments.of("- {at: 1s, fault: '*:reset'}\n---\n- 1", "a second document"),
                Arguments.of("#".repeat(200_001), "at most 200000 characters"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_isNamedWithFileLineAndKey(String text, String message) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    @Test
    void mistakes_areReportedTogether() {
        assertThatThrownBy(() -> read("- at: x\n  fault: '*:y'\n- for: 1s\n- {a: 1}"))
                .message()
                .contains("f.yaml:1: at:")
                .contains("f.yaml:2: fault:")
                .contains("f.yaml:3: at:")
                .contains("f.yaml:4: a:");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "card/authorizations.create:reset > card",
                "payment_intents.create:reset > stripe",
                "*:reset > card stripe",
                "connections:refused > card stripe",
            })
    void fault_goesToEveryGatewayThatKnowsIt(String text, String gateways) {
        assertThat(
                        String.join(
                                " ",
                                ROUTING.read(text).keySet().stream()
                                        .map(GatewayKind::wireName)
                                        .sorted()
                                        .toList()))
                .isEqualTo(gateways);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "paypal/*:reset > the sandbox runs card, stripe",
                "card/payment_intents.create:reset > unknown operation",
                "orders.create:reset > none of the gateways card, stripe",
                "reset > none of the gateways",
            })
    void fault_ofNoGateway_isRefused(String text, String message) {
        assertThatThrownBy(() -> ROUTING.read(text)).hasMessageContaining(message);
    }

    private static FaultSchedule read(String text) {
        return FaultScheduleReader.read("f.yaml", text, ROUTING);
    }
}
