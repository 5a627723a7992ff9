package io.paybeacon.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.gateways.message.ScenarioFile;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Disputes, warnings, payouts, transfers, fees, reports, and who paid with what. */
class StripeScenariosTest {
    static List<ScenarioFile.Scenario> scenarios() throws IOException {
        return ScenarioFile.of(StripeScenariosTest.class);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void an_event_tells(ScenarioFile.Scenario scenario) {
        assertThat(Payloads.told(scenario.kind().getFirst(), scenario.json()))
                .containsExactlyElementsOf(scenario.told());
    }
}
