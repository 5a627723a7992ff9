package io.paybeacon.server.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.SandboxOptions;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.server.Agent;
import io.paybeacon.server.config.AgentConfig;
import io.paybeacon.server.config.ConfigReader;
import io.paybeacon.server.config.ConfigReading;
import io.paybeacon.server.reload.HangUpSignal;
import io.paybeacon.server.reload.ReloadCause;
import io.paybeacon.server.reload.Reloading;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random reloads of a whole agent at work, half of which are mistakes, by signal, request and
 * changed file. {@code -Dpaybeacon.reloads} says how many, {@code -Dpaybeacon.seed} which.
 */
class AgentReloadUnderLoadTest {
    private static final Duration WAIT = Duration.ofSeconds(60);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    /** Pools that grow to their size, and the thread that begins with the first checkpoint. */
    private static final Pattern POOLS =
            Pattern.compile(
                    " (HttpClient-[0-9]+-Worker|vert.x-(worker|internal-blocking)"
                            + "|paybeacon-checkpoint)");

    private static final List<Way> WAYS = List.of(Way.SIGNAL, Way.REQUEST, Way.FILE);

    @TempDir Path directory;
    private final int reloads = Integer.getInteger("paybeacon.reloads", 100);
    private final long seed =
            Long.getLong("paybeacon.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private final Random random = new Random(seed);
    private Sandbox sandbox;
    private CountingTarget target;
    private RandomConfigs configs;
    private HttpClient client;
    private Agent agent;
    private CounterWatch watch;
    private long scheduledNanos;

    /** How the agent learns that a configuration was written. */
    private enum Way {
        SIGNAL,
        REQUEST,
        FILE
    }

    @Test
    @DisplayName(
            "Reloads, half of them mistakes: no slot, webhook or counter is lost, nothing leaks")
    void reloads_underLoad() throws Exception {
        System.out.printf("%d reloads, seed %d%n", reloads, seed);
        ProcessResources before = ProcessResources.now();
        try {
            openWorld();
            run();
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
        } finally {
            closeWorld();
        }
        assertNothingLeft(before);
    }

    private void openWorld() throws Exception {
        sandbox =
                Sandbox.start(
                        SandboxOptions.defaults()
                                .withGateways(Set.of(GatewayKind.STRIPE, GatewayKind.CARD))
                                .withSeed(seed)
                                .withWebhookDelay(Duration.ofMillis(5)));
        target = new CountingTarget();
        client = HttpClient.newHttpClient();
        configs =
                new RandomConfigs(
                        directory,
                        new RandomConfigs.World(
                                target.port(),
                                sandbox.gateway(GatewayKind.CARD).baseUrl(),
                                "card_test_sandbox_not_a_real_key",
                                sandbox.gateway(GatewayKind.STRIPE).baseUrl(),
                                sandbox.apiKey()),
                        random);
        configs.write(false);
        ConfigReading reading = ConfigReader.read(configs.file(), Map.of(), InstantSource.system());
        assertThat(reading).isInstanceOf(ConfigReading.Accepted.class);
        ConfigReading.Accepted started = (ConfigReading.Accepted) reading;
        agent = Agent.start(started.config(), InstantSource.system(), "test");
        sandbox.gateway(GatewayKind.CARD)
                .registerWebhook(
                        "http://127.0.0.1:%d/in/bank".formatted(agent.port()),
                        RandomConfigs.BANK_SECRET);
        agent.scheduleProbes();
        scheduledNanos = System.nanoTime();
        Reloading reloading = agent.followConfig(configs.file(), Map.of(), started, LOOK_EVERY);
        assertThat(
                        HangUpSignal.onEach(() -> {
                            var _ = reloading.reload(ReloadCause.SIGNAL);
                        }))
                .isTrue();
    }

    private void run() throws Exception {
        try (CounterWatch scrapes = new CounterWatch(agent.port());
                WebhookStream webhooks =
                        new WebhookStream(agent.port(), "still", RandomConfigs.HOOK_SECRET)) {
            watch = scrapes;
            until(() -> target.requests("/stays-0") > 0 && webhooks.accepted() > 0);
            // By then each part has started the threads that it keeps.
            until(() -> metric("paybeacon_probe_runs_total", "probe=\"money\"") > 0);
            ProcessResources first = ProcessResources.now();
            List<Boolean> kinds = new ArrayList<>();
            IntStream.range(0, reloads).forEach(i -> kinds.add(i % 2 == 0));
            Collections.shuffle(kinds, random);
            List<Mistake> mistakes = new ArrayList<>(Mistake.all());
            Collections.shuffle(mistakes, random);
            int wrong = 0;
            for (int i = 0; i < reloads; i++) {
                // The pace of the test, as edits of a file come: not a wait for a condition.
                LockSupport.parkNanos(1_000_000L * random.nextInt(40));
                Way way = WAYS.get(random.nextInt(WAYS.size()));
                if (kinds.get(i)) {
                    mistake(way, mistakes.get(wrong++ % mistakes.size()));
                } else {
                    configs.change();
                    right(way, false);
                }
            }
            configs.onlyWhatStays();
            right(Way.REQUEST, false);
            assertNoMore(first);
            configs.onlyWhatStays();
            right(Way.REQUEST, true);
            webhooks.rest();
            watch.rest();
            assertAllAccounted(webhooks);
            System.out.printf(
                    "%d applied, %d rejected; %d webhooks, %d scrapes of %d counters, %d slots%n",
                    metric("paybeacon_config_reloads_total", "applied"),
                    metric("paybeacon_config_reloads_total", "rejected"),
                    webhooks.accepted(),
                    watch.scrapes(),
                    watch.counters(),
                    metric("paybeacon_probe_slots_total", "probe=\"stays-"));
        }
    }

    private long metric(String name, String... labels) throws Exception {
        return CounterWatch.sum(watch.look(), name, labels);
    }

    private void right(Way way, boolean atRest) throws Exception {
        configs.write(atRest);
        ask(way, 200);
        until(() ->
                agent.config().modules().stream()
                        .anyMatch(module -> module.name().equals(configs.module())));
        until(() -> metric("paybeacon_config_last_reload_successful") == 1);
        assertInForce(agent.config());
    }

    private void mistake(Way way, Mistake mistake) throws Exception {
        String what = "%s by %s".formatted(mistake.name(), way);
        AgentConfig inForce = agent.config();
        long rejected = metric("paybeacon_config_reloads_total", "rejected");
        mistake.write(configs, random);
        String answer = ask(way, 422);
        until(() -> metric("paybeacon_config_reloads_total", "rejected") > rejected);
        assertThat(metric("paybeacon_config_last_reload_successful")).as(what).isZero();
        assertThat(agent.config()).as(what).isSameAs(inForce);
        assertInForce(inForce);
        JsonObject problem =
                new JsonObject(way == Way.REQUEST ? answer : ask(Way.REQUEST, 422))
                        .getJsonArray("problems")
                        .getJsonObject(0);
        assertThat(problem.getString("file")).as(what).endsWith(mistake.file());
        assertThat(problem.getInteger("line")).as(what).isPositive();
        assertThat(problem.getString("message")).as(what).isNotBlank();
        assertThat(problem.getString("key") + " " + problem.getString("message"))
                .as(what)
                .contains(mistake.told());
    }

    /** Tells the agent; for a file it has to notice by itself. */
    private String ask(Way way, int status) throws Exception {
        switch (way) {
            case SIGNAL ->
                    assertThat(
                                    new ProcessBuilder(
                                                    "kill",
                                                    "-HUP",
                                                    Long.toString(ProcessHandle.current().pid()))
                                            .start()
                                            .waitFor())
                            .isZero();
            case FILE -> {}
            case REQUEST -> {
                HttpResponse<String> answer =
                        client.send(
                                HttpRequest.newBuilder(uri("/-/reload"))
                                        .timeout(WAIT)
                                        .POST(BodyPublishers.noBody())
                                        .build(),
                                BodyHandlers.ofString());
                assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
                return answer.body();
            }
        }
        return "";
    }

    private URI uri(String path) {
        return URI.create("http://127.0.0.1:" + agent.port() + path);
    }

    private String get(String path) throws Exception {
        return client.send(
                        HttpRequest.newBuilder(uri(path)).timeout(WAIT).build(),
                        BodyHandlers.ofString())
                .body();
    }

    /** By what requests see, not by what the agent says of itself. */
    private void assertInForce(AgentConfig config) throws Exception {
        String module =
                config.modules().stream()
                        .map(one -> one.name())
                        .filter(name -> name.startsWith("rev-"))
                        .findFirst()
                        .orElseThrow();
        assertThat(get("/probe?target=127.0.0.1&module=none"))
                .containsOnlyOnce("rev-")
                .contains(module);
        assertThat(new JsonObject(get("/api/v1/probes")).getJsonArray("probes").stream())
                .extracting(probe -> ((JsonObject) probe).getString("probe"))
                .containsExactlyInAnyOrderElementsOf(
                        config.probes().stream().map(probe -> probe.name()).toList());
    }

    private void assertAllAccounted(WebhookStream webhooks) throws Exception {
        for (int i = 0; i < RandomConfigs.UNTOUCHED; i++) {
            String probe = "probe=\"stays-%d\"".formatted(i);
            String path = "/stays-" + i;
            until(() -> ran(probe) == metric("paybeacon_probe_runs_total", probe));
            assertThat(target.requests(path))
                    .as("requests that the target saw of %s", probe)
                    .isEqualTo((int) ran(probe));
            assertThat(metric("paybeacon_probe_attempts_total", probe)).isEqualTo(ran(probe));
            assertSlots(probe, Duration.ofSeconds(1));
        }
        String money = "probe=\"money\"";
        until(() -> ran(money) == metric("paybeacon_probe_runs_total", money));
        assertSlots(money, Duration.ofSeconds(2));
        SandboxGateway bank = sandbox.gateway(GatewayKind.CARD);
        until(() ->
                metric("paybeacon_probe_attempts_total", "gateway=\"bank\"")
                        == bank.requestCount());
        until(() -> bank.ledger().holds().isEmpty());
        until(() -> sandbox.gateway(GatewayKind.STRIPE).ledger().holds().isEmpty());
        assertThat(metric("paybeacon_probe_orphans")).isZero();

        assertThat(webhooks.lost()).isEmpty();
        String still = "gateway=\"still\"";
        until(() -> metric("paybeacon_payments_started_total", still) == webhooks.accepted());
        assertThat(metric("paybeacon_ingest_requests_total", still, "result=\"accepted\""))
                .isEqualTo(webhooks.accepted());
        assertThat(metric("paybeacon_ingest_requests_total", still)).isEqualTo(webhooks.accepted());
        assertThat(watch.resets()).isEmpty();
        assertThat(watch.failures()).isEmpty();
    }

    private long ran(String probe) throws Exception {
        String exposition = watch.look();
        return CounterWatch.sum(exposition, "paybeacon_probe_slots_total", probe, "outcome=\"ran\"")
                + CounterWatch.sum(
                        exposition, "paybeacon_probe_slots_total", probe, "outcome=\"late\"");
    }

    /** Each second has its slot, and none of them was missed. */
    private void assertSlots(String probe, Duration every) throws Exception {
        double slots = (double) (System.nanoTime() - scheduledNanos) / every.toNanos();
        String exposition = watch.look();
        assertThat(CounterWatch.sum(exposition, "paybeacon_probe_slots_total", probe))
                .as("slots of %s", probe)
                .isGreaterThanOrEqualTo((long) slots - 1);
        for (String outcome :
                Set.of("missed", "skipped_budget", "skipped_shutdown", "skipped_pace")) {
            assertThat(
                            CounterWatch.sum(
                                    exposition,
                                    "paybeacon_probe_slots_total",
                                    probe,
                                    "outcome=\"" + outcome + "\""))
                    .as("%s of %s", outcome, probe)
                    .isZero();
        }
    }

    /** What the reloads brought is gone with them, while the agent runs. */
    private void assertNoMore(ProcessResources first) {
        int atOnceMax = 12;
        await().atMost(WAIT)
                .untilAsserted(() -> {
                    ProcessResources now = ProcessResources.now();
                    assertThat(now.selectors()).isLessThanOrEqualTo(first.selectors());
                    assertThat(now.sockets())
                            .as("sockets, some of them of probes under way")
                            .hasSizeLessThanOrEqualTo(first.sockets().size() + atOnceMax);
                    assertThat(now.threadsSince(first))
                            .as("threads of no pool that grows to its size")
                            .allMatch(thread -> POOLS.matcher(thread).find());
                    assertThat(target.connections()).isLessThanOrEqualTo(atOnceMax);
                });
    }

    private void closeWorld() {
        if (agent != null) {
            agent.close();
        }
        if (client != null) {
            client.close();
        }
        if (target != null) {
            assertThat(target.connections()).isZero();
            target.close();
        }
        if (sandbox != null) {
            sandbox.close();
        }
    }

    private void assertNothingLeft(ProcessResources before) {
        await().atMost(WAIT)
                .untilAsserted(() -> {
                    ProcessResources now = ProcessResources.now();
                    assertThat(now.threadsSince(before)).isEmpty();
                    assertThat(now.below(directory)).isEmpty();
                    assertThat(now.sockets()).hasSizeLessThanOrEqualTo(before.sockets().size());
                    assertThat(now.selectors()).isLessThanOrEqualTo(before.selectors());
                });
    }

    private static void until(Callable<Boolean> condition) {
        await().atMost(WAIT).pollInterval(Duration.ofMillis(10)).until(condition);
    }
}
