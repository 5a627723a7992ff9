package io.paybeacon.probe.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.probe.ProbeSet;
import io.paybeacon.probe.http.TlsProfile;
import io.paybeacon.probe.pace.GatewayPace;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many probes on one engine: every slot is accounted; how late they start is printed, not judged,
 * since it is the machine's as well. {@code -Dpaybeacon.probes} and {@code -Dpaybeacon.seconds}
 * say how many and for how long; the goal, 20 ms at the 99th percentile, is for 1000 probes.
 */
class ScheduleLagTest {

    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private static final String PLAN =
            """
            name: health
            gateway: acme
            steps:
              - name: get
                http: {method: GET, path: /}
                assert:
                  - status: 200
            """;

    @TempDir Path directory;
    private final int probes = Integer.getInteger("paybeacon.probes", 200);
    private final int seconds = Integer.getInteger("paybeacon.seconds", 5);

    @Test
    @DisplayName("Every slot of every probe is accounted, and starts spread over the interval")
    void lag_manyProbes() throws Exception {
        Vertx serverVertx = Vertx.vertx();
        HttpServer server =
                serverVertx
                        .createHttpServer()
                        .requestHandler(request -> request.response().end())
                        .listen(0, "127.0.0.1")
                        .await(10, TimeUnit.SECONDS);
        EngineLab lab = new EngineLab(directory).open();
        lab.prober().warmUp().await(60, TimeUnit.SECONDS);
        List<ProbeTarget> targets = new ArrayList<>();
        for (int i = 0; i < probes; i++) {
            targets.add(
                    new ProbeTarget(
                            "probe-" + i,
                            "acme-main",
                            ProbeBench.plan(PLAN),
                            URI.create("http://127.0.0.1:" + server.actualPort()),
                            Map.of(),
                            Map.of(),
                            INTERVAL,
                            TlsProfile.PUBLIC,
                            Optional.empty(),
                            RunPolicy.DEFAULT));
        }
        GatewayPace pace = new GatewayPace(10_000, 10_000, 10_000);
        lab.prober()
                .apply(new ProbeSet(targets, Map.of("acme-main", pace)))
                .await(30, TimeUnit.SECONDS);
        long due = (long) probes * seconds / INTERVAL.toSeconds();
        EngineLab.until(Duration.ofSeconds(60L + seconds), () -> slots(lab) >= due);
        lab.close();
        serverVertx.close().await(10, TimeUnit.SECONDS);

        Map<String, Instant> last = new HashMap<>();
        // By five seconds: the first ones are those of a virtual machine that is still cold.
        Map<Long, List<Long>> lags = new TreeMap<>();
        lab.events(SlotAccounted.class)
                .forEach(slot -> {
                    Instant before = last.put(slot.probe(), slot.dueAt());
                    if (before != null) {
                        assertThat(Duration.between(before, slot.dueAt()))
                                .as("after %s of %s", before, slot.probe())
                                .isEqualTo(INTERVAL);
                    }
                    assertThat(slot.count()).isEqualTo(1);
                    if (slot.outcome() == SlotOutcome.RAN || slot.outcome() == SlotOutcome.LATE) {
                        lags.computeIfAbsent(
                                        slot.dueAt().getEpochSecond() / 5, _ -> new ArrayList<>())
                                .add(slot.lagNanos());
                    }
                });
        lags.values().forEach(this::print);
    }

    private void print(List<Long> some) {
        some.sort(null);
        System.out.printf(
                "%d probes, %d starts in 5 s: lag p50 %.1f ms, p99 %.1f ms, most %.1f ms%n",
                probes,
                some.size(),
                some.get(some.size() / 2) / 1e6,
                some.get(some.size() * 99 / 100) / 1e6,
                some.getLast() / 1e6);
    }

    private static long slots(EngineLab lab) {
        return lab.events(SlotAccounted.class).count();
    }
}
