package io.paybeacon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.paybeacon.probe.result.RunResult;
import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.gateway.GatewayKind;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each gateway of the sandbox from a configuration to webhooks that the agent takes. */
class FourGatewaysTest {
    private static final Duration WAIT = Duration.ofSeconds(60);

    @TempDir Path directory;

    static Stream<Arguments> gateways() {
        return Stream.of(
                arguments(
                        GatewayKind.STRIPE,
                        "stripe/card-capture-refund",
                        "{key: \"${file:key}\"}",
                        "whsec_of_a_test"),
                arguments(
                        GatewayKind.PAYPAL,
                        "paypal/card-authorise-capture-refund",
                        "{clientId: \"${file:id}\", clientSecret: \"${file:word}\"}",
                        "8PT597110X687430LKGECATA"),
                arguments(
                        GatewayKind.ADYEN,
                        "adyen/card-capture-refund",
                        "{key: \"${file:key}\"}",
                        "44782DEF547AAA06C910C43932B1EB0C71FC68D9D0C057550C48EC2ACF6BA056"),
                arguments(
                        GatewayKind.CARD,
                        "card/card-capture-refund",
                        "{key: \"${file:key}\"}",
                        "card-secret-of-a-test"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("gateways")
    @DisplayName("A probe passes and every webhook of it is proven to be the gateway's")
    void gateway(GatewayKind kind, String plan, String secrets, String webhookSecret)
            throws Exception {
        try (Sandbox sandbox =
                Sandbox.start(
                        SandboxOptions.defaults()
                                .withGateways(Set.of(kind))
                                .withSeed(23)
                                .withWebhookDelay(Duration.ofMillis(5)))) {
            SandboxGateway gateway = sandbox.gateway(kind);
            try (Agent agent = start(gateway, plan, secrets, webhookSecret)) {
                gateway.registerWebhook(
                        "http://127.0.0.1:" + agent.port() + "/in/shop", webhookSecret);

                RunResult result = agent.runProbe(agent.config().probes().getFirst());

                assertThat(result.failure()).as(String.join("\n", result.debugLog())).isNull();
                await().atMost(WAIT).until(() -> gateway.webhookCounts().waiting() == 0);
                String metrics = metrics(agent);
                assertThat(metrics)
                        .containsPattern(
                                "paybeacon_ingest_requests_total\\{gateway=\"shop\""
                                        + ",result=\"accepted\"} [1-9]")
                        .contains(
                                "paybeacon_ingest_requests_total{gateway=\"shop\""
                                        + ",result=\"refused_signature\"} 0");
            }
            assertThat(gateway.ledger().holds()).isEmpty();
        }
    }

    private Agent start(SandboxGateway gateway, String plan, String secrets, String webhookSecret)
            throws Exception {
        Files.writeString(directory.resolve("key"), key(gateway.kind()));
        Files.writeString(directory.resolve("id"), "sandbox-client-id");
        Files.writeString(directory.resolve("word"), "sandbox-client-secret-not-real");
        Files.writeString(directory.resolve("webhook"), webhookSecret);
        String capture = gateway.kind() == GatewayKind.ADYEN ? "capture: manual" : "";
        Path file =
                Files.writeString(
                        directory.resolve("agent.yaml"),
                        """
                        listen: 127.0.0.1:0
                        gateways:
                          shop:
                            kind: %s
                            url: %s
                            secrets: %s
                            webhookSecrets: "${file:webhook}"
                            %s
                        probes:
                          card:
                            plan: %s
                            gateway: shop
                        """
                                .formatted(
                                        gateway.kind().wireName(),
                                        gateway.baseUrl(),
                                        secrets,
                                        capture,
                                        plan));
        return Agent.start(SandboxWorld.read(file), InstantSource.system(), "test");
    }

    private static String key(GatewayKind kind) {
        return switch (kind) {
            case STRIPE -> "sk_test_sandbox_not_a_real_key";
            case PAYPAL -> "none";
            case ADYEN -> "AQE-sandbox-not-a-real-key";
            case CARD -> "card_test_sandbox_not_a_real_key";
        };
    }

    private static String metrics(Agent agent) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(
                                            URI.create(
                                                    "http://127.0.0.1:"
                                                            + agent.port()
                                                            + "/metrics"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
        }
    }
}
