package io.paybeacon.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.stage.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class ConfigReaderTest {
    private static final Map<String, String> ENVIRONMENT =
            Map.of("TEST_KEY", "sk_test_of_nobody", "LIVE_KEY", "sk_live_of_nobody", "EMPTY", " ");

    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));

    private static final String STRIPE =
            """
            gateways:
              stripe:
                kind: stripe
                apiKey: ${env:TEST_KEY}
            """;

    private static final String CARD =
            """
            probes:
              card:
                plan: stripe/card-capture-refund
                gateway: stripe
            """;

    @TempDir Path directory;

    @Test
    void defaults() throws IOException {
        AgentConfig config = accepted(STRIPE);

        assertThat(config.listen().host()).isEqualTo("127.0.0.1");
        assertThat(config.listen().port()).isEqualTo(9465);
        assertThat(config.data()).isEqualTo(directory.resolve("data"));
        assertThat(config.probes()).isEmpty();
        assertThat(config.reference()).isEqualTo(Reference.defaults());
        GatewayConfig gateway = config.gateways().getFirst();
        assertThat(gateway.url()).hasToString("https://api.stripe.com");
        assertThat(gateway.webhookSecrets()).isEmpty();
    }

    @Test
    void everyKey() throws IOException {
        Files.writeString(directory.resolve("secret"), "whsec_of_nobody\n");

        AgentConfig config =
                accepted(
                        """
                        listen: localhost:0
                        data: kept/here
                        gateways:
                          shop-eu:
                            kind: stripe
                            url: http://127.0.0.1:12111
                            apiKey: ${env:TEST_KEY}
                            webhookSecrets: ["${file:secret}", "${env:TEST_KEY}"]
                        probes:
                          card:
                            plan: stripe/card-capture-refund
                            gateway: shop-eu
                            every: 15s
                            variables:
                              amount: 500
                        payments:
                          stuckAfter:
                            actionRequired: 2h
                            processing: 4d
                          settle: 10s
                          parkedFor: 30m
                          holdExpiryLead: 2d
                          orderGrace: 1h
                          keptFor: 400d
                        """);

        assertThat(config.listen().host()).isEqualTo("localhost");
        assertThat(config.listen().port()).isZero();
        assertThat(config.data()).isEqualTo(directory.resolve("kept/here"));
        assertThat(config.gateways().getFirst().webhookSecrets())
                .extracting(secret -> secret.value())
                .containsExactly("whsec_of_nobody", "sk_test_of_nobody");
        assertThat(config.probes().getFirst().interval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.probeNames()).isEqualTo(Map.of("shop-eu", List.of("card")));
        Reference reference = config.reference();
        assertThat(reference.stuckAfter(PaymentStatus.ACTION_REQUIRED))
                .isEqualTo(Duration.ofHours(2));
        assertThat(reference.stuckAfter(PaymentStatus.PROCESSING)).isEqualTo(Duration.ofDays(4));
        assertThat(reference.stuckAfter(PaymentStatus.CREATED)).isEqualTo(Duration.ofHours(1));
        assertThat(reference.settle()).isEqualTo(Duration.ofSeconds(10));
        assertThat(reference.parkedFor()).isEqualTo(Duration.ofMinutes(30));
        assertThat(reference.holdExpiryLead()).isEqualTo(Duration.ofDays(2));
        assertThat(reference.orderGrace()).isEqualTo(Duration.ofHours(1));
        assertThat(reference.keptFor()).isEqualTo(Duration.ofDays(400));
    }

    @Test
    void everyMistakeIsReported_inOrderOfTheFile() throws IOException {
        List<String> problems =
                problems(
                        """
                        listen: 0.0.0.0:80
                        gatways: {}
                        gateways:
                          stripe:
                            kind: strip
                            apiKey: ${env:NOT_SET}
                        """);

        assertThat(problems).hasSize(4);
        assertThat(problems.get(0)).contains("agent.yaml:1: listen: ");
        assertThat(problems.get(1)).contains("agent.yaml:2: gatways: ").contains("\"gateways\"");
        assertThat(problems.get(2)).contains("agent.yaml:5: gateways.stripe.kind: ");
        assertThat(problems.get(3)).contains("agent.yaml:6: gateways.stripe.apiKey: ");
    }

    record Bad(String name, String yaml, String message) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final List<Bad> BAD =
            List.of(
                    new Bad("empty file", "", "the file is empty"),
                    new Bad("not a mapping", "- a\n", "must hold a mapping"),
                    new Bad("not YAML", "a: [\n", "not valid YAML"),
                    new Bad("no gateways", "data: x\n", "gateways: it is missing"),
                    new Bad("key twice", STRIPE + "data: a\ndata: b\n", "the key stands twice"),
                    new Bad("unknown key", STRIPE + "lisen: 1\n", "did you mean \"listen\"?"),
                    new Bad(
                            "a secret written out",
                            STRIPE.replace("${env:TEST_KEY}", "sk_x"),
                            "a secret must be a reference"),
                    new Bad(
                            "variable not set",
                            STRIPE.replace("TEST_KEY", "NO_SUCH"),
                            "the environment variable NO_SUCH is not set"),
                    new Bad(
                            "variable blank",
                            STRIPE.replace("TEST_KEY", "EMPTY"),
                            "the environment variable EMPTY is not set"),
                    new Bad(
                            "file missing",
                            STRIPE.replace("env:TEST_KEY", "file:no-such"),
                            "cannot be read (there is no such file)"),
                    new Bad(
                            "a directory for a file",
                            STRIPE.replace("env:TEST_KEY", "file:."),
                            "cannot be read"),
                    new Bad("URL of nothing", STRIPE + "    url: ftp://x\n", "it is not a URL"),
                    new Bad(
                            "listen without port",
                            STRIPE + "listen: 127.0.0.1\n",
                            "it is not an address and a port"),
                    new Bad(
                            "port too large",
                            STRIPE + "listen: 127.0.0.1:70000\n",
                            "it is not an address and a port"),
                    new Bad(
                            "listen to the world",
                            STRIPE + "listen: 10.0.0.1:80\n",
                            "needs both tls and token"),
                    new Bad(
                            "gateway's name",
                            STRIPE.replace("  stripe:", "  Stripe!:"),
                            "it cannot be a name"),
                    new Bad(
                            "gateway of no kind",
                            "gateways:\n  a: {}\n",
                            "kind: it is missing; write stripe, paypal, adyen, card"),
                    new Bad("gateways a list", "gateways: [a]\n", "it is a list"),
                    new Bad(
                            "probe without plan",
                            STRIPE + "probes:\n  card:\n    gateway: stripe\n",
                            "plan: it is missing"),
                    new Bad(
                            "plan misspelled",
                            STRIPE + CARD.replace("card-capture", "card-captur"),
                            "did you mean \"stripe/card-capture-refund\"?"),
                    new Bad(
                            "plan's file missing",
                            STRIPE + CARD.replace("stripe/card-capture-refund", "no.yaml"),
                            "no.yaml cannot be read"),
                    new Bad(
                            "gateway misspelled",
                            STRIPE + CARD.replace("gateway: s", "gateway: x"),
                            "there is no gateway \"xtripe\"; did you mean \"stripe\"?"),
                    new Bad(
                            "gateway without key",
                            STRIPE.replace("    apiKey: ${env:TEST_KEY}\n", "") + CARD,
                            "has no secrets.key; add it"),
                    new Bad(
                            "live key in a test plan",
                            STRIPE.replace("TEST_KEY", "LIVE_KEY") + CARD,
                            "is a live key"),
                    new Bad("too often", STRIPE + CARD + "    every: 1ms\n", "at least"),
                    new Bad("no unit", STRIPE + CARD + "    every: 15\n", "is not a duration"),
                    new Bad(
                            "variable unknown",
                            STRIPE + CARD + "    variables: {amout: 1}\n",
                            "the plan has no variable \"amout\""),
                    new Bad(
                            "status unknown",
                            STRIPE + "payments:\n  stuckAfter:\n    captured: 1h\n",
                            "unknown key"),
                    new Bad(
                            "limit of zero",
                            STRIPE + "payments:\n  settle: 0s\n",
                            "out of bounds"));

    @ParameterizedTest
    @FieldSource("BAD")
    void mistake(Bad bad) throws IOException {
        assertThat(problems(bad.yaml()))
                .as(bad.yaml())
                .anySatisfy(problem -> assertThat(problem).contains(bad.message()));
    }

    @Test
    void noMessageQuotesASecret() throws IOException {
        String planted = "sk_live_planted0canary";
        for (String yaml :
                List.of(
                        STRIPE.replace("${env:TEST_KEY}", planted),
                        STRIPE.replace("${env:TEST_KEY}", "\"" + planted + "\""),
                        STRIPE.replace("${env:TEST_KEY}", "[" + planted + "]"))) {
            assertThat(problems(yaml)).noneMatch(problem -> problem.contains("canary"));
        }
    }

    @Test
    void missingFile() {
        ConfigReading reading = ConfigReader.read(directory.resolve("none.yaml"), Map.of(), CLOCK);

        assertThat(reading).isInstanceOf(ConfigReading.Rejected.class);
    }

    private AgentConfig accepted(String yaml) throws IOException {
        ConfigReading reading = read(yaml);
        assertThat(reading).isInstanceOf(ConfigReading.Accepted.class);
        return ((ConfigReading.Accepted) reading).config();
    }

    private List<String> problems(String yaml) throws IOException {
        ConfigReading reading = read(yaml);
        assertThat(reading).as(yaml).isInstanceOf(ConfigReading.Rejected.class);
        return ((ConfigReading.Rejected) reading)
                .problems().stream().map(Object::toString).toList();
    }

    private ConfigReading read(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("agent.yaml"), yaml);
        return ConfigReader.read(file, ENVIRONMENT, CLOCK);
    }
}
