package io.paybeacon.core.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.paybeacon.core.codec.CodecException;
import io.paybeacon.core.scenario.PipelineDriver;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The bytes of states: whole, cut, damaged, and of earlier versions. */
class StateCodecTest {
    private static final long SEED = 431;
    private static final int LATEST_VERSION = 2;
    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");

    /** A state that a step made. */
    private record Made(Step<?, ?> step, Object state) {
        byte[] bytes() {
            return step.encode(state);
        }
    }

    @Test
    @DisplayName("States cut anywhere are refused, and with nothing but a CodecException")
    void cut() {
        int cuts = 0;
        for (Made made : randomStates()) {
            byte[] bytes = made.bytes();
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatThrownBy(() -> made.step.decode(cut))
                        .as("%s, %s", made.step.name(), HexFormat.of().formatHex(cut))
                        .isExactlyInstanceOf(CodecException.class);
                cuts++;
            }
        }
        assertThat(cuts).isGreaterThan(10_000);
    }

    @Test
    @DisplayName("Damaged states are refused, or read as others, but crash nothing")
    void damaged() {
        Random random = new Random(SEED);
        List<Made> states = randomStates();
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            Made made = states.get(random.nextInt(states.size()));
            byte[] bytes = made.bytes();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            refused += refuses(made.step, bytes);
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    private static int refuses(Step<?, ?> step, byte[] bytes) {
        try {
            Object state = step.decode(bytes);
            assertThat(step.decode(step.encode(state))).isEqualTo(state);
            return 0;
        } catch (CodecException e) {
            return 1;
        } catch (RuntimeException e) {
            return fail(
                    "seed %d, %s: %s".formatted(SEED, step.name(), HexFormat.of().formatHex(bytes)),
                    e);
        }
    }

    @Test
    void a_later_version_and_a_rest_are_refused() {
        for (Made made : randomStates()) {
            byte[] later = made.bytes();
            later[0]++;
            byte[] longer = Arrays.copyOf(made.bytes(), made.bytes().length + 1);

            assertThatThrownBy(() -> made.step.decode(later))
                    .isExactlyInstanceOf(CodecException.class);
            assertThatThrownBy(() -> made.step.decode(longer))
                    .isExactlyInstanceOf(CodecException.class);
        }
    }

    @Test
    @DisplayName(
            "Bytes that each version wrote are read by this build, and written as long as it is")
    void golden() throws IOException {
        Map<String, Object> samples = StateSamples.all();
        Map<String, Object> earlier = StateSamples.ofVersion1();
        List<String> missing = new ArrayList<>();
        for (int version = 1; version <= LATEST_VERSION; version++) {
            Map<String, byte[]> golden = golden("states-%d.hex".formatted(version));
            for (Map.Entry<String, byte[]> line : golden.entrySet()) {
                String name = line.getKey();
                assertThat(step(name).decode(line.getValue()))
                        .as("%s of version %d", name, version)
                        .isEqualTo((version == 1 ? earlier : samples).get(name));
            }
            for (Map.Entry<String, Object> sample : samples.entrySet()) {
                String name = sample.getKey();
                if (step(name).stage().codec().version() != version) {
                    continue;
                }
                String written = HexFormat.of().formatHex(step(name).encode(sample.getValue()));
                byte[] bytes = golden.get(name);
                if (bytes == null) {
                    missing.add("states-%d.hex: %s=%s".formatted(version, name, written));
                } else {
                    assertThat(written).as(name).isEqualTo(HexFormat.of().formatHex(bytes));
                }
            }
        }
        assertThat(missing).as("lines that are missing").isEmpty();
    }

    @Test
    @DisplayName("There are golden bytes of every version of every stage's codec")
    void golden_versions() throws IOException {
        for (int version = 1; version <= LATEST_VERSION; version++) {
            Map<String, byte[]> golden = golden("states-%d.hex".formatted(version));
            for (Step<?, ?> step : Pipeline.standard().steps()) {
                int latest = step.stage().codec().version();
                assertThat(latest).as(step.name()).isLessThanOrEqualTo(LATEST_VERSION);
                if (version <= latest) {
                    assertThat(golden.keySet())
                            .as("%s in version %d", step.name(), version)
                            .anyMatch(name -> step(name).name().equals(step.name()));
                }
            }
        }
    }

    @Test
    @DisplayName("There is a sample of every stage's state")
    void samples() {
        for (Step<?, ?> step : Pipeline.standard().steps()) {
            assertThat(StateSamples.all().keySet())
                    .as(step.name())
                    .anyMatch(name -> step(name).name().equals(step.name()));
        }
    }

    private static Step<?, ?> step(String sample) {
        return Pipeline.standard().steps().stream()
                .filter(step -> sample.equals(step.name()) || sample.startsWith(step.name() + " "))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no stage for the sample " + sample));
    }

    /** States of every stage out of random stories, with and without open findings. */
    private static List<Made> randomStates() {
        List<Made> all = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            PipelineDriver driver = new PipelineDriver();
            RandomStory.events(new Random(SEED + i), START)
                    .forEach(event -> driver.applyAll(event, START));
            if (i % 2 == 0) {
                driver.tick(START.plus(Duration.ofHours(2)));
            }
            for (Step<?, ?> step : Pipeline.standard().steps()) {
                driver.states(step.name())
                        .values()
                        .forEach(state -> all.add(new Made(step, state)));
            }
        }
        return all;
    }

    private static Map<String, byte[]> golden(String file) throws IOException {
        Map<String, byte[]> golden = new LinkedHashMap<>();
        try (InputStream in =
                Objects.requireNonNull(StateCodecTest.class.getResourceAsStream(file))) {
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("=", 2))
                    .forEach(line -> golden.put(line[0], HexFormat.of().parseHex(line[1])));
        }
        return golden;
    }
}
