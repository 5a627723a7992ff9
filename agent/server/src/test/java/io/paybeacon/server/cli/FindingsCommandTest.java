package io.paybeacon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.server.Agent;
import io.paybeacon.server.SandboxWorld;
import io.paybeacon.server.findings.PostgresServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Findings of a real agent, from the webhook to the audit trail, by the commands people type. */
class FindingsCommandTest {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final String FINDING = "stuck_payment|stripe:pi_stuck";

    private static PostgresServer postgres;

    @TempDir Path directory;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final HttpClient client = HttpClient.newHttpClient();
    private SandboxWorld world;
    private Path config;
    private int port;
    private Agent agent;

    @BeforeAll
    static void startDatabase() throws Exception {
        postgres = PostgresServer.start();
    }

    @AfterAll
    static void stopDatabase() throws Exception {
        if (postgres != null) {
            postgres.close();
        }
    }

    @BeforeEach
    void open() throws IOException {
        world = new SandboxWorld(directory, 5);
        port = SandboxWorld.freePort();
        Files.writeString(directory.resolve("reader"), "the-token-of-a-dashboard");
        Files.writeString(directory.resolve("support"), "the-token-of-support");
    }

    @AfterEach
    void close() {
        if (agent != null) {
            agent.close();
        }
        client.close();
        world.close();
    }

    private void start(String more) throws Exception {
        config =
                world.writeConfig(
                        port,
                        """
                        tokens:
                          dashboard: {role: read, secrets: "${file:reader}"}
                          support: {role: act, secrets: "${file:support}"}
                        payments: {stuckAfter: {created: 1s}, settle: 1s, parkedFor: 1s}
                        """
                                + more);
        start();
    }

    private void start() throws Exception {
        agent = Agent.start(SandboxWorld.read(config), InstantSource.system(), "test");
    }

    private void stop() {
        agent.close();
        agent = null;
    }

    private int run(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine command = Main.commandLine(new Disclosure());
        command.setOut(new PrintWriter(out, true));
        command.setErr(new PrintWriter(err, true));
        return command.execute(words);
    }

    private int findings(String verb, String... words) {
        return run(
                Stream.of(
                                Stream.of("findings", verb, "--config", config.toString()),
                                Stream.of(words))
                        .flatMap(all -> all)
                        .toArray(String[]::new));
    }

    /** A payment is announced and never heard of again. */
    private int createPayment(String id) throws Exception {
        long now = Instant.now().getEpochSecond();
        String body =
                """
                {"id":"evt_%1$s","object":"event","api_version":"2025-09-30.clover",
                 "created":%2$d,"livemode":false,"type":"payment_intent.created",
                 "data":{"object":{"id":"%1$s","object":"payment_intent","amount":1099,
                 "amount_received":0,"amount_capturable":0,"currency":"eur","created":%2$d,
                 "status":"requires_payment_method","metadata":{}}}}
                """
                        .formatted(id, now);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(
                new SecretKeySpec(
                        SandboxWorld.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        String signed = now + "." + body;
        String signature =
                HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        return client.send(
                        HttpRequest.newBuilder(
                                        URI.create("http://127.0.0.1:" + port + "/in/stripe"))
                                .header("Stripe-Signature", "t=" + now + ",v1=" + signature)
                                .POST(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }

    private JsonArray listed() {
        assertThat(findings("list", "--json")).as(err.toString()).isZero();
        return new JsonObject(out.toString()).getJsonArray("findings");
    }

    /** The id of the finding about the payment that hangs. */
    private String finding() throws Exception {
        assertThat(createPayment("pi_stuck")).isEqualTo(200);
        await().atMost(WAIT).until(() -> !listed().isEmpty());
        String id = listed().getJsonObject(0).getString("id");
        assertThat(id).startsWith(FINDING);
        return id;
    }

    /** All findings with their audit trails, as the store has them. */
    private String everything() throws Exception {
        StringBuilder all = new StringBuilder(listed().encode());
        for (int i = 0; i < listed().size(); i++) {
            assertThat(findings("show", listed().getJsonObject(i).getString("id"), "--json"))
                    .isZero();
            all.append('\n').append(new JsonObject(out.toString()).encode());
        }
        return all.toString();
    }

    @Test
    @DisplayName("A finding goes from hand to hand; the store is lost and written anew, twice")
    void life() throws Exception {
        start("");
        String id = finding();

        assertThat(findings("ack", id)).as(err.toString()).isZero();
        assertThat(findings("assign", id, "payments team")).isZero();
        assertThat(findings("comment", id, "asked the bank")).isZero();
        assertThat(findings("snooze", id, "2h")).isZero();
        assertThat(out.toString()).contains("snoozed").contains("payments team");
        assertThat(findings("show", id)).isZero();
        assertThat(out.toString())
                .containsPattern("acknowledge: open -> acknowledged by support")
                .containsPattern("comment: assigned -> assigned by support: asked the bank")
                .doesNotContain("the-token-of-support");
        assertThat(findings("ack", id, "--as", "dashboard")).isEqualTo(1);
        assertThat(err.toString()).contains("role act");
        assertThat(findings("ack", "nobody")).isEqualTo(1);
        assertThat(findings("snooze", id, "soon")).isEqualTo(1);
        assertThat(findings("list", "--state", "snoozed")).isZero();
        assertThat(out.toString()).contains(id);
        assertThat(findings("resolve", id, "paid by transfer")).isZero();
        await().atMost(WAIT)
                .until(() -> listed().getJsonObject(0).getString("state").equals("resolved"));
        String before = everything();

        assertThat(findings("rebuild")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("1 findings");
        assertThat(everything()).isEqualTo(before);

        stop();
        lose(directory.resolve("data").resolve("findings"));
        assertThat(findings("rebuild")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("1 findings");
        start();
        assertThat(everything()).isEqualTo(before);

        stop();
        lose(directory.resolve("data").resolve("findings"));
        start();
        assertThat(listed()).isEmpty();
        assertThat(findings("rebuild")).isZero();
        assertThat(everything()).isEqualTo(before);
    }

    private static void lose(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    @DisplayName("While the database is down webhooks are taken and acts done; then it catches up")
    void outage() throws Exception {
        String database = postgres.database();
        start(postgres.yaml("eu-1", database, directory));
        String id = finding();

        postgres.stopServer();
        try {
            assertThat(createPayment("pi_meanwhile")).isEqualTo(200);
            await().atMost(WAIT)
                    .until(() -> get("/metrics").contains("paybeacon_findings_store_up 0.0"));
            assertThat(get("/-/ready"))
                    .contains("accepts events")
                    .contains("findings store does not answer");
            assertThat(findings("list")).isEqualTo(1);
            assertThat(findings("ack", id)).as(err.toString()).isZero();
            assertThat(findings("show", id)).isZero();
            assertThat(out.toString()).contains("acknowledged");
        } finally {
            postgres.startServer();
        }

        await().atMost(WAIT)
                .until(() -> {
                    assertThat(findings("list", "--json")).isLessThan(2);
                    return out.toString().contains("pi_meanwhile")
                            && out.toString().contains("acknowledged");
                });
        assertThat(get("/metrics")).contains("paybeacon_findings_store_up 1.0");
        String before = everything();
        stop();
        assertThat(findings("rebuild")).as(err.toString()).isZero();
        start();
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    @DisplayName("erase asks the agent; without an agent it says so")
    void erase() throws Exception {
        start("");
        assertThat(run("erase", "--customer", "c-1", "--config", config.toString()))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).contains("Accepted as erasure");
        stop();

        assertThat(run("erase", "--customer", "c-1", "--config", config.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("no agent listens");
        assertThat(run("erase", "--config", config.toString())).isEqualTo(2);
        assertThat(run("findings")).isEqualTo(2);
    }

    private String get(String path) throws Exception {
        HttpResponse<String> answer =
                client.send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .header("Authorization", "Bearer the-token-of-a-dashboard")
                                .build(),
                        BodyHandlers.ofString());
        return answer.body();
    }
}
