package io.paybeacon.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What people copy works. */
class ConfigExampleTest {
    private static final Pattern FENCE = Pattern.compile("(?ms)^```yaml\n(.*?)^```$");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    @TempDir static Path directory;

    @BeforeAll
    static void writeKeys() throws Exception {
        TestKeys.write(directory, "server");
        TestKeys.write(directory, "client");
        TestKeys.write(directory, "ca");
        Files.writeString(directory.resolve("adyen-hmac-key"), "00C0FFEE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../README.md", "../../docs/configuration.md"})
    void exampleInAPage_isRight(String page) throws IOException {
        List<String> examples =
                FENCE.matcher(Files.readString(Path.of(page)))
                        .results()
                        .map(match -> match.group(1))
                        .filter(text -> text.contains("gateways:"))
                        .toList();

        assertThat(examples).isNotEmpty();
        for (String example : examples) {
            assertThat(read(example)).as(example).isInstanceOf(ConfigReading.Accepted.class);
        }
    }

    /** Reads it with something behind every reference. */
    private static ConfigReading read(String yaml) throws IOException {
        Map<String, String> environment = new HashMap<>();
        Matcher reference = REFERENCE.matcher(yaml);
        while (reference.find()) {
            Path file = directory.resolve(reference.group(2));
            if (reference.group(1).equals("env")) {
                environment.put(reference.group(2), "sk_test_of_nobody");
            } else if (!Files.exists(file)) {
                Files.writeString(file, "a-secret-of-nobody-" + reference.group(2));
            }
        }
        Path file = Files.writeString(directory.resolve("agent.yaml"), yaml);
        return ConfigReader.read(file, environment, InstantSource.system());
    }

    @Test
    void everyValueOfTheExample_isWhatTheReaderMakesOfIt() throws IOException {
        String page = Files.readString(Path.of("../../docs/configuration.md"));
        Matcher fence = FENCE.matcher(page);
        assertThat(fence.find()).isTrue();

        AgentConfig config = ((ConfigReading.Accepted) read(fence.group(1))).config();

        assertThat(config.listen().address()).isEqualTo("0.0.0.0:9465");
        assertThat(config.listen().tls()).isPresent();
        assertThat(config.listen().tokens())
                .extracting(AccessToken::name)
                .containsExactly("token", "grafana", "support");
        assertThat(config.gateways())
                .extracting(GatewayConfig::name)
                .containsExactly("card-acquirer", "marketplace", "stripe-eu");
        GatewayConfig acquirer = config.gateways().getFirst();
        assertThat(acquirer.connection().tls().client()).isPresent();
        assertThat(acquirer.connection().tls().trustedPem()).isPresent();
        assertThat(acquirer.connection().proxy()).isPresent();
        assertThat(acquirer.maintenance()).hasSize(1);
        assertThat(config.sources())
                .extracting(source -> source.what().getClass().getSimpleName())
                .containsExactly("Scrape", "PromQl", "StatusPage");
        assertThat(config.modules())
                .extracting(ModuleConfig::name)
                .contains("http_2xx", "order_api", "zone", "dns_a");
        assertThat(config.health().canaries()).hasSize(2);
    }
}
