package io.paybeacon.sandbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.GatewayClient.Reply;
import io.paybeacon.sandbox.card.Cards;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a gateway tells of itself: its status page and its metrics. */
class StatusAndMetricsTest {
    private Sandbox sandbox;
    private SandboxGateway gateway;
    private GatewayClient card;

    @BeforeEach
    void start() {
        sandbox = Sandbox.start(SandboxOptions.defaults().withGateways(Set.of(GatewayKind.CARD)));
        gateway = sandbox.gateway(GatewayKind.CARD);
        card = Cards.client(sandbox);
    }

    @AfterEach
    void stop() {
        sandbox.close();
    }

    @Test
    void healthyGateway_saysSo() throws IOException {
        JsonObject page = page();
        assertThat(page.getJsonObject("page").getString("url")).isEqualTo(gateway.baseUrl());
        assertThat(page.getJsonObject("status").getString("indicator")).isEqualTo("none");
        assertThat(components(page))
                .isEqualTo("api operational, payments operational, webhooks operational");
        assertThat(page.getJsonArray("incidents")).isEmpty();
        assertThat(page.getJsonArray("scheduled_maintenances")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    *:status=503                         | critical | api major_outage
                    *:status=503,probability=0.5         | major    | api partial_outage
                    authorizations.capture:reset         | major    | api partial_outage
                    *:latency=1s                         | minor    | api degraded_performance
                    authorizations.create:decline=05     | minor    | payments degraded_performance
                    authorizations.create:double_charge  | major    | payments partial_outage
                    webhooks:lost                        | major    | webhooks partial_outage
                    webhooks:delayed=5s                  | minor    | webhooks degraded_performance
                    connections:certificate=expired      | critical | api major_outage
                    clock:skew=5m                        | minor    | api degraded_performance
                    """)
    void activeFault_isAnIncident(String fault, String indicator, String component)
            throws IOException {
        String id = gateway.faults().install(fault);
        JsonObject page = page();
        assertThat(page.getJsonObject("status").getString("indicator")).isEqualTo(indicator);
        assertThat(components(page)).contains(component);
        JsonObject incident = page.getJsonArray("incidents").getJsonObject(0);
        assertThat(incident.getString("impact")).isEqualTo(indicator);
        assertThat(incident.getString("status")).isEqualTo("investigating");
        gateway.faults().remove(id);
        assertThat(page().getJsonArray("incidents")).isEmpty();
    }

    @Test
    void faultOfLater_isNotToldYet_andTheWorstCounts() throws IOException {
        gateway.faults().install("*:status=503,start=1h");
        gateway.faults().install("*:latency=1s");
        gateway.faults().install("webhooks:lost");
        JsonObject page = page();
        assertThat(page.getJsonObject("status").getString("indicator")).isEqualTo("major");
        assertThat(page.getJsonArray("incidents")).hasSize(2);
    }

    private JsonObject page() throws IOException {
        return GatewayClient.of(gateway).get("/api/v2/summary.json").body();
    }

    private static String components(JsonObject page) {
        return page.getJsonArray("components").stream()
                .map(JsonObject.class::cast)
                .map(c -> c.getString("id") + " " + c.getString("status"))
                .collect(Collectors.joining(", "));
    }

    @Test
    void metrics_countRequestsErrorsAndDurations() throws IOException {
        card.post("/v1/authorizations", Cards.authorization(1000, Cards.APPROVING));
        gateway.faults().install("authorizations.create:status=503");
        card.post("/v1/authorizations", Cards.authorization(1000, Cards.APPROVING));
        card.get("/v1/nothing");
        GatewayClient anyone = GatewayClient.of(gateway);
        String of = "{gateway=\"card\",operation=\"authorizations.create\"";
        await().untilAsserted(() ->
                assertThat(anyone.get("/metrics").text())
                        .contains("# TYPE sandbox_requests_total counter")
                        .contains("sandbox_requests_total" + of + "} 2\n")
                        .contains("sandbox_request_errors_total" + of + "} 1\n")
                        .contains("sandbox_request_duration_seconds_count" + of + "} 2\n")
                        .contains(
                                "sandbox_request_duration_seconds_bucket"
                                        + of
                                        + ",le=\"+Inf\"} 2\n")
                        .contains(",le=\"0.005\"}")
                        .contains("operation=\"unknown\"} 1\n")
                        .contains("operation=\"captures.refund\"} 0\n"));
        Reply scraped = anyone.get("/metrics");
        assertThat(scraped.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(gateway.requestCount()).as("API requests alone").isEqualTo(3);
    }
}
