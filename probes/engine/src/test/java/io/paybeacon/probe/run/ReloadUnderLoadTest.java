package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.probe.Applied;
import io.paybeacon.probe.ProbeSet;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.secret.Secret;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random reloads of an engine at work, half of which are mistakes. {@code -Dpaybeacon.reloads}
 * says how many, {@code -Dpaybeacon.seed} which.
 */
class ReloadUnderLoadTest {

    private static final int UNTOUCHED = 20;
    private static final int OTHERS = 12;

    private static final String PLAN =
            """
            name: health
            gateway: acme
            secrets: [key]
            variables: {path: quick}
            steps:
              - name: get
                timeout: 20s
                http: {method: GET, path: "/${path}", auth: "bearer ${secret.key}"}
                assert:
                  - status: 200
            """;

    @TempDir Path directory;
    private final int reloads = Integer.getInteger("paybeacon.reloads", 100);
    private final long seed =
            Long.getLong("paybeacon.seed", ThreadLocalRandom.current().nextLong(1_000_000));
    private final Random random = new Random(seed);
    private final Vertx serverVertx = Vertx.vertx();
    private EngineLab lab;
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        lab = new EngineLab(directory).open();
        server =
                serverVertx
                        .createHttpServer()
                        .requestHandler(request -> {
                            boolean slow = request.path().endsWith("slow");
                            if (slow) {
                                serverVertx.setTimer(1500, _ -> request.response().end());
                            } else {
                                request.response().end();
                            }
                        })
                        .listen(0, "127.0.0.1")
                        .await(10, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        lab.close();
        serverVertx.close().await(10, TimeUnit.SECONDS);
    }

    private ProbeTarget probe(String name, String plan, Duration interval, String key) {
        ProbeTarget base =
                EngineLab.target(
                        name, plan, "http://127.0.0.1:" + server.actualPort(), RunPolicy.DEFAULT);
        return new ProbeTarget(
                name,
                "acme-main",
                base.plan(),
                base.baseUrl(),
                Map.of("key", Secret.of(key)),
                Map.of(),
                interval,
                base.tls(),
                base.proxy(),
                base.policy());
    }

    /** Read anew each time, as a reload reads files anew. */
    private List<ProbeTarget> untouched() {
        List<ProbeTarget> probes = new ArrayList<>();
        for (int i = 0; i < UNTOUCHED; i++) {
            probes.add(probe("stays-" + i, PLAN, Duration.ofSeconds(1), ProbeBench.KEY));
        }
        return probes;
    }

    private ProbeTarget randomProbe(String name) {
        return probe(
                name,
                random.nextBoolean() ? PLAN : PLAN.replace("path: quick", "path: slow"),
                Duration.ofMillis(1000 + random.nextInt(3) * 500L),
                "acme_key_" + random.nextInt(3) + "_padded");
    }

    private ProbeSet set(Map<String, ProbeTarget> others) {
        List<ProbeTarget> all = untouched();
        all.addAll(others.values());
        return new ProbeSet(all, Map.of("acme-main", new GatewayPace(10_000, 10_000, 1000)));
    }

    /** A configuration with a mistake in it, and the one before in all else. */
    private ProbeSet mistake(Map<String, ProbeTarget> others) {
        List<ProbeTarget> all = new ArrayList<>(set(others).probes());
        switch (random.nextInt(3)) {
            case 0 -> all.add(all.getFirst());
            case 1 ->
                    all.set(
                            random.nextInt(all.size()),
                            probe("hasty", PLAN, Duration.ofMillis(10), ProbeBench.KEY));
            default ->
                    all.set(
                            random.nextInt(all.size()),
                            probe(
                                    "live",
                                    PLAN,
                                    Duration.ofSeconds(1),
                                    "sk_live_" + "x".repeat(24)));
        }
        return new ProbeSet(all, Map.of());
    }

    @Test
    @DisplayName("Untouched probes take no notice: every slot accounted, none missed, none twice")
    void apply_underLoad() throws Exception {
        Map<String, ProbeTarget> others = new LinkedHashMap<>();
        Applied first = lab.prober().apply(set(others)).await(20, TimeUnit.SECONDS);
        assertThat(first.added()).hasSize(UNTOUCHED);
        int applied = 0;
        for (int i = 0; i < reloads; i++) {
            // The pace of the test, as edits of a file come: not a wait for a condition.
            LockSupport.parkNanos(1_000_000L * (10 + random.nextInt(60)));
            if (random.nextBoolean()) {
                ProbeSet wrong = mistake(others);
                assertThatThrownBy(() -> lab.prober().apply(wrong).await(20, TimeUnit.SECONDS))
                        .as("seed %d, reload %d", seed, i)
                        .isInstanceOf(IllegalArgumentException.class);
                continue;
            }
            applied++;
            Map<String, ProbeTarget> before = new HashMap<>(others);
            for (int change = random.nextInt(4); change >= 0; change--) {
                String name = "other-" + random.nextInt(OTHERS);
                if (random.nextBoolean()) {
                    others.put(name, randomProbe(name));
                } else {
                    others.remove(name);
                }
            }
            Applied told = lab.prober().apply(set(others)).await(20, TimeUnit.SECONDS);
            assertThat(told).as("seed %d, reload %d", seed, i).isEqualTo(expected(before, others));
        }
        assertThat(applied).isPositive();
        EngineLab.until(
                () -> untouched().stream().allMatch(probe -> lab.slots(probe.name()).size() >= 4));
        lab.prober().close().await(60, TimeUnit.SECONDS);

        for (ProbeTarget probe : untouched()) {
            assertWhole(probe.name());
        }
        assertThat(lab.events)
                .as("seed %d", seed)
                .extracting(event -> event.origin().eventId())
                .doesNotHaveDuplicates();
    }

    private Applied expected(Map<String, ProbeTarget> before, Map<String, ProbeTarget> after) {
        Set<String> added = new LinkedHashSet<>(after.keySet());
        added.removeAll(before.keySet());
        Set<String> removed = new LinkedHashSet<>(before.keySet());
        removed.removeAll(after.keySet());
        Set<String> changed = new LinkedHashSet<>();
        Set<String> same = new LinkedHashSet<>();
        untouched().forEach(probe -> same.add(probe.name()));
        after.forEach((name, probe) -> {
            if (before.containsKey(name)) {
                (probe.equals(before.get(name)) ? same : changed).add(name);
            }
        });
        return new Applied(added, removed, changed, same);
    }

    /** On a busy machine a run may last into the next slot, or end just before it. */
    private boolean ranInto(SlotAccounted slot) {
        Instant justBefore = slot.dueAt().minusMillis(700);
        return lab.completed(slot.probe()).stream()
                .filter(run -> run.dueAt().isBefore(slot.dueAt()))
                .map(run -> lab.toldAt.get(run))
                .anyMatch(told -> told.isAfter(justBefore));
    }

    private void assertWhole(String probe) {
        String what = "seed %d, %s".formatted(seed, probe);
        List<SlotAccounted> slots = lab.slots(probe);
        List<Instant> started = new ArrayList<>();
        for (int i = 0; i < slots.size(); i++) {
            SlotAccounted slot = slots.get(i);
            switch (slot.outcome()) {
                case RAN, LATE -> started.add(slot.dueAt());
                case SKIPPED_RUNNING -> assertThat(ranInto(slot)).as(what).isTrue();
                default ->
                        assertThat(slot.outcome()).as(what).isEqualTo(SlotOutcome.SKIPPED_SHUTDOWN);
            }
            assertThat(slot.count()).as(what).isEqualTo(1);
            if (i > 0) {
                assertThat(Duration.between(slots.get(i - 1).dueAt(), slot.dueAt()))
                        .as("%s: the slot after %s", what, slots.get(i - 1).dueAt())
                        .isEqualTo(Duration.ofSeconds(1));
            }
        }
        assertThat(lab.completed(probe))
                .as(what)
                .extracting(RunCompleted::dueAt)
                .containsExactlyElementsOf(started);
        assertThat(lab.completed(probe)).as(what).allMatch(run -> run.failure() == null);
    }
}
