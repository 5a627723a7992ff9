package io.paybeacon.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.result.RunResult;
import io.paybeacon.probe.result.StepResult;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.adyen.AdyenFactory;
import io.paybeacon.sandbox.card.CardFactory;
import io.paybeacon.sandbox.gateway.GatewayKind;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The health plans against the sandbox's TLS port and status page. */
class HealthPlanTest {
    @TempDir Path dataDirectory;

    @ParameterizedTest
    @EnumSource(
            value = GatewayKind.class,
            names = {"STRIPE", "ADYEN", "CARD"})
    @DisplayName("API, certificate and status page of a healthy gateway pass")
    void run_healthyGateway(GatewayKind kind) throws Exception {
        RunResult result = run(kind, "");

        assertThat(result.failure()).as(String.join("\n", result.debugLog())).isNull();
        assertThat(result.steps())
                .extracting(StepResult::step)
                .containsExactly("api", "certificate", "status-page");
    }

    @ParameterizedTest(name = "{0}: {1} -> {2} {3}")
    @CsvSource({
        "STRIPE, balance.retrieve:status=503, api, HTTP_5XX",
        "STRIPE, connections:certificate=expired, api, TLS_EXPIRED",
        "STRIPE, webhooks:lost, status-page, ASSERTION",
        "ADYEN, payment_methods.list:status=503, api, HTTP_5XX",
        "ADYEN, payment_methods.list:malformed, api, SCHEMA",
        "ADYEN, connections:certificate=expired, api, TLS_EXPIRED",
        "CARD, *:status=503, api, HTTP_5XX",
        "CARD, *:status=401, api, AUTH",
        "CARD, connections:certificate=expired, api, TLS_EXPIRED",
        "CARD, connections:certificate=wrong_name, api, TLS_NAME",
        "CARD, connections:certificate=untrusted, api, TLS_CHAIN",
        "CARD, connections:refused, api, CONNECT_REFUSED",
        "CARD, webhooks:lost, status-page, ASSERTION",
    })
    @DisplayName("What is ill is named with step and reason")
    void run_illGateway(GatewayKind kind, String fault, String step, ProbeReason reason)
            throws Exception {
        RunResult result = run(kind, fault);

        String log = String.join("\n", result.debugLog());
        assertThat(result.failedStep()).as(log).isEqualTo(step);
        assertThat(result.failure()).as(log).extracting(Failure::reason).isEqualTo(reason);
    }

    private RunResult run(GatewayKind kind, String fault) throws Exception {
        String key =
                switch (kind) {
                    case STRIPE -> SandboxOptions.API_KEY_DEFAULT;
                    case ADYEN -> AdyenFactory.API_KEY_DEFAULT;
                    case CARD -> CardFactory.API_KEY;
                    case PAYPAL -> throw new IllegalArgumentException("PayPal has a client id");
                };
        PlanWorld world = new PlanWorld(dataDirectory, kind, Map.of("key", key));
        try {
            if (!fault.isEmpty()) {
                world.gateway.faults().install(fault);
            }
            String name = kind.name().toLowerCase(Locale.ROOT) + "/health";
            Value page = new Value.Text(world.gateway.baseUrl() + "/api/v2/summary.json");
            // The card processor's page is on its own host.
            Map<String, Value> variables =
                    kind == GatewayKind.CARD ? Map.of() : Map.of("statusUrl", page);
            return world.prober()
                    .runOnce(world.tlsTarget(PlanWorld.plan(name, false), variables))
                    .await(60, TimeUnit.SECONDS);
        } finally {
            world.close();
        }
    }
}
