package io.paybeacon.server.replay;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.engine.MetricSnapshot;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.sandbox.market.generate.PaymentOutcome;
import io.paybeacon.sandbox.market.generate.Planted;
import io.paybeacon.sandbox.market.generate.Simulation;
import io.paybeacon.sandbox.market.generate.SimulationOptions;
import io.paybeacon.sandbox.market.generate.TruthSink;
import io.paybeacon.sandbox.market.stream.EventLines;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The events of a file, told again. */
class ReplayTest {
    private static final long SEED = 20_261_123;
    private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");

    @TempDir Path directory;

    private final List<PaymentOutcome> payments = new ArrayList<>();

    /** Hours of a marketplace, long ago, as the platform would tell them. */
    private byte[] story(Duration tail) throws IOException {
        SimulationOptions options = SimulationOptions.days(SEED, START, 1, 5).withTail(tail);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Simulation simulation =
                new Simulation(
                        options,
                        new TruthSink() {
                            @Override
                            public void payment(PaymentOutcome outcome) {
                                payments.add(outcome);
                            }

                            @Override
                            public void planted(Planted planted) {}
                        });
        try (EventLines lines = new EventLines(out, SEED, EventLines.PLATFORM)) {
            while (simulation.hasNext()) {
                lines.write(simulation.next());
            }
        }
        return out.toByteArray();
    }

    /** What came of a replay. */
    private record Came(
            MetricSnapshot metrics, Map<String, Long> opened, List<String> open, long rejected) {}

    private Came replay(String name, byte[] lines) throws IOException {
        MetricSnapshot metrics;
        Replay replay = Replay.into(directory.resolve(name), Reference.defaults());
        try (replay) {
            replay.read(new ByteArrayInputStream(lines), _ -> {});
            replay.waitFor(Duration.ofMinutes(2));
            metrics = replay.metrics();
        }
        List<String> open =
                replay.open().values().stream()
                        .map(finding -> finding.id() + " " + finding.openedAt())
                        .toList();
        return new Came(metrics, replay.opened(), open, replay.rejected());
    }

    @Test
    @DisplayName("Two replays of one file come to the same, findings with their times included")
    void deterministic() throws IOException {
        byte[] story = story(Duration.ofDays(6));

        Came first = replay("first", story);
        Came second = replay("second", story);

        assertThat(first.rejected()).isZero();
        assertThat(second.metrics().values()).isEqualTo(first.metrics().values());
        assertThat(second.opened()).isEqualTo(first.opened());
        assertThat(second.open()).isEqualTo(first.open()).isNotEmpty();
        long known =
                first.metrics().values().entrySet().stream()
                        .filter(entry -> entry.getKey().metric() == Metric.PAYMENTS_CREATED)
                        .mapToLong(Map.Entry::getValue)
                        .sum();
        assertThat(known).isEqualTo(payments.size());
    }

    @Test
    @DisplayName("What is old by now is as old as it was: nothing is stuck that was not")
    void old() throws IOException {
        Came came = replay("old", story(Duration.ZERO));

        long pending =
                payments.stream().filter(payment -> payment.state().equals("authorised")).count();
        assertThat(pending).isPositive();
        assertThat(came.open()).noneMatch(id -> id.contains("|authorised|"));
    }

    @Test
    @DisplayName("Lines that cannot be taken are explained, and the others are taken")
    void rejected() throws IOException {
        String story = new String(story(Duration.ZERO), StandardCharsets.UTF_8);
        long lines = story.lines().count();
        String damaged = "no json\n" + story.replaceFirst("\"specversion\":\"1.0\"", "\"s\":1");
        Replay replay = Replay.into(directory.resolve("damaged"), Reference.defaults());
        try (replay) {
            replay.read(
                    new ByteArrayInputStream(damaged.getBytes(StandardCharsets.UTF_8)), _ -> {});
        }

        assertThat(replay.rejected()).isEqualTo(2);
        assertThat(replay.accepted()).isEqualTo(lines - 1);
        assertThat(replay.explained()).hasSize(2).allMatch(one -> !one.remedy().isBlank());
        assertThat(replay.explained().getFirst().index()).isZero();
    }

    @Test
    void a_line_without_end_takes_no_memory() throws IOException {
        byte[] endless = new byte[3 * Replay.LINE_BYTES_MAX];
        Arrays.fill(endless, (byte) 'x');
        Replay replay = Replay.into(directory.resolve("endless"), Reference.defaults());
        try (replay) {
            replay.read(new ByteArrayInputStream(endless), _ -> {});
        }

        assertThat(replay.rejected()).isEqualTo(1);
        assertThat(replay.explained().getFirst().reason()).contains("longer than");
    }
}
