package io.paybeacon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.server.config.ConfigReader;
import io.paybeacon.server.config.ConfigReading;
import io.paybeacon.server.reload.ReloadCause;
import io.paybeacon.server.reload.ReloadResult;
import io.paybeacon.server.reload.Reloading;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A running agent is given other configurations, right ones and wrong ones. */
class ReloadTest {
    private static final Duration WAIT = Duration.ofSeconds(30);

    /** Longer than any test, so that files are looked at only where a test means it. */
    private static final Duration NEVER = Duration.ofHours(1);

    private static final String CARD = probe("card", "1s");

    @TempDir Path directory;
    private SandboxWorld world;
    private Agent agent;
    private Reloading reloading;
    private final HttpClient client = HttpClient.newHttpClient();

    private static String probe(String name, String every) {
        return """
          %s:
            plan: stripe/card-capture-refund
            gateway: stripe
            every: %s
        """
                .formatted(name, every);
    }

    @BeforeEach
    void open() {
        world = new SandboxWorld(directory, 11);
    }

    @AfterEach
    void close() {
        if (agent != null) {
            agent.close();
        }
        client.close();
        world.close();
    }

    private void start(Duration lookEvery, String more) throws Exception {
        Path file = world.writeConfig(0, more);
        ConfigReading.Accepted started =
                (ConfigReading.Accepted) ConfigReader.read(file, Map.of(), InstantSource.system());
        agent = Agent.start(started.config(), InstantSource.system(), "test");
        world.sandbox()
                .registerWebhook(
                        "http://127.0.0.1:" + agent.port() + "/in/stripe", SandboxWorld.SECRET);
        agent.scheduleProbes();
        reloading = agent.followConfig(file, Map.of(), started, lookEvery);
    }

    private JsonObject post(int status) throws Exception {
        HttpResponse<String> answer = client.send(reload(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return new JsonObject(answer.body());
    }

    private HttpRequest reload(String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + agent.port() + "/-/reload"))
                        .timeout(WAIT)
                        .POST(BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        return request.build();
    }

    private double metric(String series) throws Exception {
        return world.get(agent.port(), "/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(series + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
                .findFirst()
                .orElse(-1);
    }

    private double runs(String probe) throws Exception {
        return metric(
                "paybeacon_probe_runs_total{gateway=\"stripe\",outcome=\"passed\",probe=\"%s\"}"
                        .formatted(probe));
    }

    @Test
    @DisplayName("A probe that is added runs; the one that was there goes on counting")
    void probeIsAdded() throws Exception {
        start(NEVER, "probes:\n" + CARD);
        await().atMost(WAIT).until(() -> runs("card") >= 1);
        double before = runs("card");

        world.writeConfig(0, "probes:\n" + CARD + probe("second", "1s"));
        JsonObject answer = post(200);

        assertThat(answer.getString("result")).isEqualTo("applied");
        assertThat(answer.getJsonObject("probes"))
                .isEqualTo(
                        new JsonObject()
                                .put("added", new JsonArray().add("second"))
                                .put("removed", new JsonArray())
                                .put("changed", new JsonArray())
                                .put("untouched", new JsonArray().add("card")));
        await().atMost(WAIT).until(() -> runs("second") >= 1);
        assertThat(runs("card")).isGreaterThanOrEqualTo(before);
        assertThat(metric("paybeacon_config_last_reload_successful")).isEqualTo(1);
        assertThat(metric("paybeacon_config_reloads_total{result=\"applied\"}")).isEqualTo(1);
    }

    @Test
    @DisplayName("A probe that is removed while it runs ends and cleans up; no money is left")
    void probeIsRemoved() throws Exception {
        world.sandbox().faults().install("payment_intents.capture:latency=500ms");
        start(NEVER, "probes:\n" + CARD);
        await().atMost(WAIT).until(() -> !world.sandbox().ledger().holds().isEmpty());

        world.writeConfig(0, "");
        JsonObject answer = post(200);

        assertThat(answer.getJsonObject("probes").getJsonArray("removed")).containsExactly("card");
        await().atMost(WAIT).until(() -> world.sandbox().ledger().holds().isEmpty());
        await().atMost(WAIT)
                .until(() ->
                        world.sandbox().ledger().payments().stream()
                                .allMatch(p -> p.refundedMinor() == p.capturedMinor()));
        assertThat(agent.config().probes()).isEmpty();
    }

    @Test
    @DisplayName("A configuration with mistakes changes nothing and says where they are")
    void mistakes() throws Exception {
        start(NEVER, "probes:\n" + CARD);

        world.writeConfig(0, "probes:\n" + CARD.replace("every", "evry") + "nonsense: 1\n");
        JsonObject answer = post(422);

        JsonArray problems = answer.getJsonArray("problems");
        assertThat(problems).hasSize(2);
        JsonObject first = problems.getJsonObject(0);
        assertThat(first.getString("key")).isEqualTo("probes.card.evry");
        assertThat(first.getInteger("line")).isEqualTo(13);
        assertThat(first.getString("file")).endsWith("agent.yaml");
        assertThat(first.getString("message")).contains("did you mean \"every\"?");
        assertThat(metric("paybeacon_config_last_reload_successful")).isZero();
        assertThat(metric("paybeacon_config_reloads_total{result=\"rejected\"}")).isEqualTo(1);
        double before = runs("card");
        await().atMost(WAIT).until(() -> runs("card") > before);

        world.writeConfig(0, "probes:\n" + CARD);
        assertThat(post(200).getJsonObject("probes").getJsonArray("untouched"))
                .containsExactly("card");
        assertThat(metric("paybeacon_config_last_reload_successful")).isEqualTo(1);
    }

    @Test
    @DisplayName("What needs a restart is refused with its line, and nothing of the rest is done")
    void needsRestart() throws Exception {
        start(NEVER, "probes:\n" + CARD);

        Path file = world.writeConfig(0, "health: {pauseMax: 2s}\n");
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("127.0.0.1:0", "127.0.0.1:1")
                        .replace("data: data", "data: elsewhere"));
        JsonObject answer = post(422);

        assertThat(
                        answer.getJsonArray("problems").stream()
                                .map(problem -> ((JsonObject) problem))
                                .map(problem ->
                                        problem.getInteger("line") + " " + problem.getString("key"))
                                .toList())
                .containsExactly("1 listen", "2 data", "9 health");
        assertThat(answer.toString())
                .contains("the agent listens on 127.0.0.1:0")
                .contains("cannot change while it runs");
        assertThat(agent.config().probes()).hasSize(1);
    }

    @Test
    @DisplayName("A rotated webhook secret is picked up, whatever the file's time and size say")
    void secretIsRotated() throws Exception {
        start(Duration.ofMillis(100), "");
        Path secret = directory.resolve("secret");
        FileTime time = Files.getLastModifiedTime(secret);
        String next = SandboxWorld.SECRET.replace("test", "tomb");
        assertThat(next).hasSameSizeAs(SandboxWorld.SECRET);

        Path written = Files.writeString(directory.resolve("written"), next);
        Files.setLastModifiedTime(written, time);
        Files.move(written, secret, StandardCopyOption.REPLACE_EXISTING);
        await().atMost(WAIT)
                .until(() -> metric("paybeacon_config_reloads_total{result=\"applied\"}") == 1);

        world.sandbox().registerWebhook("http://127.0.0.1:" + agent.port() + "/in/stripe", next);
        world.charge(
                "/v1/payment_intents",
                "amount=1250&currency=zar&payment_method=pm_card_visa&confirm=true");
        await().atMost(WAIT)
                .until(() ->
                        metric(
                                        "paybeacon_ingest_requests_total{gateway=\"stripe\",result="
                                                + "\"accepted\"}")
                                > 0);
    }

    @Test
    @DisplayName("A file that breaks is told once, and a file that is mended is taken")
    void fileChanges() throws Exception {
        start(Duration.ofMillis(100), "");

        Path file = world.writeConfig(0, "probes: [\n");
        await().atMost(WAIT).until(() -> metric("paybeacon_config_last_reload_successful") == 0);
        world.writeConfig(0, "probes:\n" + CARD);
        await().atMost(WAIT).until(() -> metric("paybeacon_config_last_reload_successful") == 1);

        assertThat(metric("paybeacon_config_reloads_total{result=\"rejected\"}")).isEqualTo(1);
        assertThat(agent.config().probes()).hasSize(1);
        assertThat(file).exists();
    }

    @Test
    @DisplayName("A secret that was missing when the file was read is noticed when it comes")
    void missingSecretComes() throws Exception {
        start(Duration.ofMillis(100), "");

        Path file = world.writeConfig(0, "");
        Files.writeString(file, Files.readString(file) + "token: ${file:token}\n");
        await().atMost(WAIT).until(() -> metric("paybeacon_config_last_reload_successful") == 0);
        Files.writeString(directory.resolve("token"), "a-token-of-nobody-at-all\n");

        await().atMost(WAIT).until(() -> world.get(agent.port(), "/metrics").statusCode() == 401);
        assertThat(world.get(agent.port(), "/-/ready").statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("Reloads that come at once are done one after the other, each with an answer")
    void atOnce() throws Exception {
        start(NEVER, "probes:\n" + CARD);
        SplittableRandom random = new SplittableRandom(5);
        List<CompletableFuture<ReloadResult>> results = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            boolean right = random.nextBoolean();
            world.writeConfig(0, right ? "probes:\n" + CARD + probe("p" + i, "5s") : "probes: [\n");
            results.add(reloading.reload(ReloadCause.SIGNAL));
        }
        world.writeConfig(0, "probes:\n" + CARD);
        results.add(reloading.reload(ReloadCause.SIGNAL));

        for (CompletableFuture<ReloadResult> result : results) {
            assertThat(result.get(30, TimeUnit.SECONDS))
                    .isInstanceOfAny(ReloadResult.Applied.class, ReloadResult.Rejected.class);
        }
        assertThat(results.getLast().get()).isInstanceOf(ReloadResult.Applied.class);
        assertThat(agent.config().probes()).extracting("name").containsExactly("card");
        double before = runs("card");
        await().atMost(WAIT).until(() -> runs("card") > before);
    }

    @Test
    @DisplayName("Many requests at once: some are told to come later, none is left without answer")
    void manyRequests() throws Exception {
        start(NEVER, "");
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(client.sendAsync(reload(), BodyHandlers.ofString()));
        }

        for (CompletableFuture<HttpResponse<String>> answer : answers) {
            assertThat(answer.get(30, TimeUnit.SECONDS).statusCode()).isIn(200, 503);
        }
        assertThat(post(200).getString("result")).isEqualTo("applied");
    }

    @Test
    @DisplayName("A page in a browser cannot reload, and GET does not")
    void strangers() throws Exception {
        start(NEVER, "");

        assertThat(
                        client.send(
                                        reload("Origin", "https://evil.example"),
                                        BodyHandlers.ofString())
                                .statusCode())
                .isEqualTo(403);
        assertThat(world.get(agent.port(), "/-/reload").statusCode()).isEqualTo(405);
        assertThat(metric("paybeacon_config_reloads_total{result=\"applied\"}")).isZero();
    }

    @Test
    @DisplayName("Limits of payments change without a restart, and survive the next one")
    void payments() throws Exception {
        start(NEVER, "");

        world.writeConfig(0, "payments: {settle: 5s}\n");
        assertThat(post(200).getJsonArray("others")).containsExactly("payments");
        world.writeConfig(0, "payments: {settle: 7s}\n");
        assertThat(post(200).getJsonArray("others")).containsExactly("payments");
        assertThat(post(200).getJsonArray("others")).isEmpty();
        assertThat(agent.config().reference().settle()).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    @DisplayName("A gateway that is added takes webhooks at once; one that is removed no more")
    void gateways() throws Exception {
        start(NEVER, "");
        Path file = world.writeConfig(0, "");
        String one = Files.readString(file);
        Files.writeString(
                file,
                one.replace(
                        "gateways:\n",
                        """
                        gateways:
                          second:
                            kind: stripe
                            webhookSecrets: ["${file:secret}"]
                        """));

        assertThat(post(200).getJsonObject("gateways").getJsonArray("added"))
                .containsExactly("second");
        assertThat(refused("second")).isEqualTo(400);
        Files.writeString(file, one);
        assertThat(post(200).getJsonObject("gateways").getJsonArray("removed"))
                .containsExactly("second");
        assertThat(refused("second")).isEqualTo(404);
    }

    /** The answer to a webhook that nobody signed. */
    private int refused(String gateway) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(
                                        URI.create(
                                                "http://127.0.0.1:%d/in/%s"
                                                        .formatted(agent.port(), gateway)))
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
    }
}
