package io.paybeacon.server.blackbox;

import static io.paybeacon.server.blackbox.ProbeTargets.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.paybeacon.probe.http.Dialer;
import io.paybeacon.server.SandboxWorld;
import io.paybeacon.server.blackbox.ProbeEndpoint.Reply;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ModuleConfig;
import io.vertx.core.Vertx;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same targets, probed here and by blackbox_exporter 0.23: names, labels, types and the values
 * that do not depend on the moment. Its side is pinned as it answered, and compared with the
 * exporter itself where that is installed.
 */
class ExporterNamesTest {
    private static final Path EXPORTER = Path.of("/usr/bin/prometheus-blackbox-exporter");
    private static final Path PROMTOOL = Path.of("/usr/bin/promtool");

    /** What is here and not there. */
    private static final Set<String> OURS =
            Set.of("probe_failed_reason", "probe_tls_cipher_info", "probe_expect_info");

    private static final List<String> COMMON =
            List.of(
                    "probe_dns_lookup_time_seconds",
                    "probe_duration_seconds",
                    "probe_ip_addr_hash 3.668918509e+09",
                    "probe_ip_protocol 4");

    private static final List<String> HTTP =
            List.of(
                    "probe_http_content_length",
                    "probe_http_duration_seconds{phase=\"connect\"}",
                    "probe_http_duration_seconds{phase=\"processing\"}",
                    "probe_http_duration_seconds{phase=\"resolve\"}",
                    "probe_http_duration_seconds{phase=\"tls\"}",
                    "probe_http_duration_seconds{phase=\"transfer\"}",
                    "probe_http_last_modified_timestamp_seconds",
                    "probe_http_redirects",
                    "probe_http_ssl",
                    "probe_http_status_code",
                    "probe_http_uncompressed_body_length",
                    "probe_http_version");

    private static final List<String> TLS =
            List.of(
                    "probe_ssl_earliest_cert_expiry",
                    "probe_ssl_last_chain_expiry_timestamp_seconds",
                    "probe_ssl_last_chain_info{fingerprint_sha256,issuer,subject,"
                            + "subjectalternative} 1",
                    "probe_tls_version_info{version=\"TLS 1.3\"} 1");

    private static final List<String> DNS =
            List.of(
                    "probe_dns_additional_rrs 0",
                    "probe_dns_answer_rrs 1",
                    "probe_dns_authority_rrs 0",
                    "probe_dns_duration_seconds{phase=\"connect\"}",
                    "probe_dns_duration_seconds{phase=\"request\"}",
                    "probe_dns_duration_seconds{phase=\"resolve\"}",
                    "probe_dns_query_succeeded 1");

    @TempDir Path directory;
    private final Map<String, ModuleConfig> modules = new HashMap<>();
    private final List<Scenario> scenarios = new ArrayList<>();
    private Vertx vertx;
    private ProbeEndpoint endpoint;
    private ProbeTargets targets;

    /** What the exporter answers, a value given where it does not depend on the moment. */
    private record Scenario(String module, String target, Set<String> answer) {}

    @BeforeEach
    void open() throws Exception {
        targets = new ProbeTargets(directory);
        vertx = Vertx.vertx();
        endpoint =
                new ProbeEndpoint(vertx, new Dialer(vertx, null), () -> modules, System::nanoTime);
        Files.writeString(directory.resolve("key"), "a-key-of-a-test");
        AgentConfig config =
                SandboxWorld.read(
                        Files.writeString(
                                directory.resolve("agent.yaml"),
                                """
                                gateways:
                                  shop: {kind: card, url: "http://localhost", apiKey: "${file:key}"}
                                modules:
                                  http: {timeout: 5s, trust: target.pem, http: {}}
                                  untrusted: {timeout: 5s, http: {}}
                                  regex: {timeout: 5s, http: {bodyMatches: "nothing like it"}}
                                  tcp: {timeout: 5s, tcp: {}}
                                  tcp_tls: {timeout: 5s, trust: target.pem, tcp: {tls: true}}
                                  tcp_220: {timeout: 1s, tcp: {dialogue: [{expect: "^220"}]}}
                                  dns: {timeout: 5s, dns: {name: example.com}}
                                  dns_other: {dns: {name: example.com, answerMatches: "no"}}
                                  grpc: {timeout: 5s, grpc: {tls: false}}
                                """));
        config.modules().forEach(module -> modules.put(module.name(), module));
        describe();
    }

    private void describe() throws Exception {
        int closed = SandboxWorld.freePort();
        List<String> passed = List.of("probe_success 1", "probe_failed_due_to_regex 0");
        List<String> failed = List.of("probe_success 0", "probe_failed_due_to_regex 0");
        List<String> unmatched = List.of("probe_success 0", "probe_failed_due_to_regex 1");
        expect("http", targets.http("/"), COMMON, HTTP, passed);
        expect("http", targets.http("/away"), COMMON, HTTP, passed);
        expect("http", targets.http("/chunked"), COMMON, HTTP, passed);
        expect("http", targets.http("/gone"), COMMON, HTTP, failed);
        expect("regex", targets.http("/"), COMMON, HTTP, unmatched);
        expect("http", targets.https("/"), COMMON, HTTP, TLS, passed);
        expect("http", targets.http("/secure"), COMMON, HTTP, TLS, passed);
        expect("untrusted", targets.https("/"), COMMON, withoutAnswer(), failed);
        expect("http", "http://127.0.0.1:" + closed + "/", COMMON, withoutAnswer(), failed);
        expect("tcp", targets.greeting(), COMMON, passed);
        expect("tcp", "127.0.0.1:" + closed, COMMON, failed);
        expect("tcp_tls", targets.tlsAddress(), COMMON, TLS, passed);
        expect("tcp_220", targets.greeting(), COMMON, passed);
        expect("tcp_220", targets.curt(), COMMON, unmatched);
        expect("tcp_220", targets.plainAddress(), COMMON, failed);
        expect("dns", targets.dns(), COMMON, DNS, List.of("probe_success 1"));
        expect("dns_other", targets.dns(), COMMON, DNS, List.of("probe_success 0"));
        expect(
                "grpc",
                "127.0.0.1:" + closed,
                COMMON,
                List.of(
                        "probe_success 0",
                        "probe_grpc_duration_seconds",
                        "probe_grpc_healthcheck_response{serving_status=\"NOT_SERVING\"} 0",
                        "probe_grpc_healthcheck_response{serving_status=\"SERVICE_UNKNOWN\"} 0",
                        "probe_grpc_healthcheck_response{serving_status=\"SERVING\"} 0",
                        "probe_grpc_healthcheck_response{serving_status=\"UNKNOWN\"} 0",
                        "probe_grpc_ssl 0",
                        "probe_grpc_status_code 14"));
    }

    /** Zeros where there was no answer; phases that were not reached are a matter of each. */
    private static List<String> withoutAnswer() {
        return List.of(
                "probe_http_content_length 0",
                "probe_http_duration_seconds",
                "probe_http_redirects 0",
                "probe_http_ssl",
                "probe_http_status_code 0",
                "probe_http_uncompressed_body_length 0",
                "probe_http_version 0");
    }

    @SafeVarargs
    private void expect(String module, String target, List<String>... parts) {
        Set<String> answer = new TreeSet<>();
        for (List<String> part : parts) {
            answer.addAll(part);
        }
        scenarios.add(new Scenario(module, target, answer));
    }

    @AfterEach
    void close() {
        await(endpoint.close());
        await(vertx.close());
        targets.close();
    }

    private String here(Scenario scenario) {
        return switch (await(endpoint.probe(scenario.target, scenario.module, null))) {
            case Reply.Samples(String text) -> text;
            case Reply.Refused refused -> throw new AssertionError(refused.toString());
        };
    }

    /** The samples in the form of the pinned ones: of each as much as is pinned. */
    private static Set<String> seen(String text, Set<String> pinned) {
        return text.lines()
                .filter(line -> !line.startsWith("#") && !line.isBlank())
                .map(line -> normal(line, pinned))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String normal(String line, Set<String> pinned) {
        int space = line.lastIndexOf(' ');
        String series = line.substring(0, space);
        String name = series.split("\\{", 2)[0];
        String value = Double.toString(Double.parseDouble(line.substring(space + 1)));
        String labels =
                series.replaceAll("=\"(?:[^\"\\\\]|\\\\.)*\"", "").replace("serialnumber,", "");
        for (String one : pinned) {
            int at = one.lastIndexOf(' ');
            boolean valued = at > 0 && one.substring(at + 1).matches("[0-9.e+-]+");
            String wanted = valued ? one.substring(0, at) : one;
            boolean same = wanted.equals(series) || wanted.equals(labels) || wanted.equals(name);
            if (same
                    && (!valued
                            || Double.toString(Double.parseDouble(one.substring(at + 1)))
                                    .equals(value))) {
                return one;
            }
        }
        return line;
    }

    private static Set<String> withoutOurs(Set<String> seen) {
        return seen.stream()
                .filter(line -> OURS.stream().noneMatch(line::startsWith))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    @DisplayName("Every target: the exporter's names, labels and values, and few of our own")
    void names() {
        for (Scenario scenario : scenarios) {
            Set<String> samples = withoutOurs(seen(here(scenario), scenario.answer));
            if (scenario.module.equals("untrusted")) {
                // A certificate is shown here also when it is refused.
                samples.removeIf(line -> line.matches("probe_(ssl_|tls_version).*"));
            }
            assertThat(samples)
                    .as("%s of %s", scenario.module, scenario.target)
                    .containsExactlyInAnyOrderElementsOf(scenario.answer);
        }
    }

    @Test
    @DisplayName("The exporter itself answers as it is pinned, with the same help and types")
    void names_live() throws Exception {
        assumeTrue(Files.isExecutable(EXPORTER), "blackbox_exporter is not installed");
        int port = SandboxWorld.freePort();
        Process exporter = start(port);
        try (HttpClient client = HttpClient.newHttpClient()) {
            await().atMost(Duration.ofSeconds(30))
                    .ignoreExceptions()
                    .until(() -> !ask(client, port, "/-/healthy").isEmpty());
            for (Scenario scenario : scenarios) {
                String there =
                        ask(
                                client,
                                port,
                                "/probe?module=%s&target=%s"
                                        .formatted(
                                                scenario.module,
                                                URLEncoder.encode(
                                                        scenario.target, StandardCharsets.UTF_8)));
                String what = "%s of %s".formatted(scenario.module, scenario.target);
                Set<String> samples = seen(there, scenario.answer);
                // It calls plain gRPC a certificate that expired in 1970.
                samples.remove("probe_ssl_earliest_cert_expiry 0");
                assertThat(samples).as(what).containsExactlyInAnyOrderElementsOf(scenario.answer);
                String own = here(scenario);
                assertThat(comments(own)).as(what).containsAll(commonComments(there, own));
                if (!chain(there).isEmpty()) {
                    assertThat(chain(own)).as(what).isEqualTo(chain(there));
                }
            }
        } finally {
            exporter.destroy();
            exporter.waitFor();
        }
    }

    private static Set<String> comments(String text) {
        return text.lines().filter(line -> line.startsWith("#")).collect(Collectors.toSet());
    }

    private static Set<String> commonComments(String there, String own) {
        return comments(there).stream()
                .filter(line -> own.contains("# TYPE " + line.split(" ", 4)[2] + " "))
                .collect(Collectors.toSet());
    }

    private static List<String> chain(String text) {
        return text.lines().filter(line -> line.startsWith("probe_ssl_last_chain_info")).toList();
    }

    private Process start(int port) throws Exception {
        Path config = directory.resolve("blackbox.yml");
        String http = "{prober: http, timeout: 5s, http: {preferred_ip_protocol: ip4%s}}";
        String tcp = "{prober: tcp, timeout: %s, tcp: {preferred_ip_protocol: ip4%s}}";
        String dns =
                "{prober: dns, timeout: 5s, dns: {preferred_ip_protocol: ip4,"
                        + " query_name: example.com, query_type: A%s}}";
        String trust = "tls_config: {ca_file: %s}".formatted(directory.resolve("target.pem"));
        Files.writeString(
                config,
                String.join(
                        "\n  ",
                        "modules:",
                        "http: " + http.formatted(", " + trust),
                        "untrusted: " + http.formatted(""),
                        "regex: "
                                + http.formatted(
                                        ", fail_if_body_not_matches_regexp: [\"nothing like it\"]"),
                        "tcp: " + tcp.formatted("5s", ""),
                        "tcp_tls: " + tcp.formatted("5s", ", tls: true, " + trust),
                        "tcp_220: " + tcp.formatted("1s", ", query_response: [{expect: \"^220\"}]"),
                        "dns: " + dns.formatted(""),
                        "dns_other: "
                                + dns.formatted(
                                        ", validate_answer_rrs:"
                                                + " {fail_if_not_matches_regexp: [\"no\"]}"),
                        "grpc: {prober: grpc, timeout: 5s, grpc: {tls: false,"
                                + " preferred_ip_protocol: ip4}}"));
        return new ProcessBuilder(
                        EXPORTER.toString(),
                        "--config.file=" + config,
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("exporter.log").toFile())
                .start();
    }

    private static String ask(HttpClient client, int port, String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(Duration.ofSeconds(20))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    @Test
    @DisplayName("promtool finds nothing in the answers but what it finds in the exporter's")
    void answers_promtool() throws Exception {
        assumeTrue(Files.isExecutable(PROMTOOL), "promtool is not installed");
        for (Scenario scenario : scenarios) {
            Path answer = Files.writeString(directory.resolve("answer"), here(scenario));
            Process promtool =
                    new ProcessBuilder(PROMTOOL.toString(), "check", "metrics")
                            .redirectInput(answer.toFile())
                            .redirectErrorStream(true)
                            .start();
            String told =
                    new String(promtool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            promtool.waitFor();
            assertThat(told.lines().filter(line -> !line.isBlank()))
                    .as("%s of %s", scenario.module, scenario.target)
                    .isEmpty();
        }
    }
}
