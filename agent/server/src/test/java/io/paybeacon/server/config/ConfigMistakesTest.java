package io.paybeacon.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake of {@code mistakes.txt} is told with exactly the words that stand there. */
class ConfigMistakesTest {
    private static final String GATEWAY =
            """
            gateways:
              shop:
                kind: stripe
                apiKey: ${file:key}
            """;
    private static final String CARD =
            """
            probes:
              card:
                plan: stripe/card-capture-refund
                gateway: shop
            """;

    @TempDir static Path directory;

    record Mistake(String name, String yaml, List<String> problems) {
        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void writeFiles() throws Exception {
        TestKeys.write(directory, "good");
        TestKeys.write(directory, "other");
        TestKeys.write(directory, "expired", "-30d", 10);
        TestKeys.write(directory, "future", "+10d", 10);
        write("key", "sk_test_of_nobody\n");
        write("token", "token-of-nobody-but-long-enough\n");
        write("short", "hunter2");
        write("spaces", "correct horse battery staple");
        write("two-lines", "one\ntwo");
        write("encrypted.key", block("ENCRYPTED PRIVATE KEY"));
        write("pkcs1.key", block("RSA PRIVATE KEY"));
        write(
                "both.pem",
                Files.readString(directory.resolve("good.pem"))
                        + Files.readString(directory.resolve("good.key")));
    }

    private static void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text);
    }

    private static String block(String type) {
        return "-----BEGIN %1$s-----\nMIG\n-----END %1$s-----\n".formatted(type);
    }

    static Stream<Mistake> mistakes() throws IOException {
        try (InputStream in = ConfigMistakesTest.class.getResourceAsStream("mistakes.txt")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Stream.of(text.split("(?m)^## ")).skip(1).map(ConfigMistakesTest::mistake);
        }
    }

    private static Mistake mistake(String text) {
        String[] parts = text.split("(?m)^----\n", 2);
        String[] head = parts[0].split("\n", 2);
        return new Mistake(
                head[0],
                head[1].replace("<gateway>\n", GATEWAY).replace("<card>\n", CARD),
                parts[1].strip().lines().toList());
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void mistake_isToldWithLineKeyAndRemedy(Mistake mistake) throws Exception {
        String expired = certificate("expired").getNotAfter().toInstant().toString();
        String future = certificate("future").getNotBefore().toInstant().toString();

        assertThat(problems(mistake.yaml()))
                .as(mistake.yaml())
                .containsExactlyElementsOf(
                        mistake.problems().stream()
                                .map(problem ->
                                        problem.replace("{expired}", expired)
                                                .replace("{future}", future))
                                .toList());
    }

    private static X509Certificate certificate(String name) throws Exception {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(
                                new ByteArrayInputStream(
                                        Files.readAllBytes(directory.resolve(name + ".pem"))));
    }

    @Test
    void thereAreEnoughOfThem() throws IOException {
        assertThat(mistakes()).hasSizeGreaterThanOrEqualTo(90);
    }

    private static List<String> problems(String yaml) throws IOException {
        Path file = Files.writeString(directory.resolve("agent.yaml"), yaml);
        ConfigReading reading = ConfigReader.read(file, Map.of(), InstantSource.system());
        assertThat(reading).as(yaml).isInstanceOf(ConfigReading.Rejected.class);
        return ((ConfigReading.Rejected) reading)
                .problems().stream()
                        .map(problem -> problem.toString().replace(directory + "/", ""))
                        .map(problem -> problem.replaceFirst("^agent.yaml:", ""))
                        .toList();
    }
}
