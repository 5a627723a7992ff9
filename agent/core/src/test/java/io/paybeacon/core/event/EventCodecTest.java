package io.paybeacon.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;
import io.paybeacon.core.codec.CodecException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventCodecTest {
    private static final EventCodec CODEC = new EventCodec();

    static Stream<String> names() {
        return EventSamples.all().keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("names")
    void every_sample_comes_back_as_it_was(String name) {
        Event event = Objects.requireNonNull(EventSamples.all().get(name));

        assertThat(CODEC.decode(CODEC.encode(event))).isEqualTo(event);
    }

    @Test
    @DisplayName("There is a sample of every record below Event and PaymentFact")
    void samples_cover_the_vocabulary() {
        Set<Class<?>> seen = new HashSet<>();
        for (Event event : EventSamples.all().values()) {
            seen.add(event.getClass());
            switch (event) {
                case PaymentEvent.Observed observed ->
                        observed.facts().forEach(fact -> seen.add(fact.getClass()));
                case Event _ -> {}
            }
        }

        assertThat(seen).containsAll(leaves(Event.class)).containsAll(leaves(PaymentFact.class));
    }

    @ParameterizedTest
    @MethodSource("names")
    void bytes_cut_anywhere_are_refused(String name) {
        byte[] bytes = CODEC.encode(Objects.requireNonNull(EventSamples.all().get(name)));

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> CODEC.decode(cut))
                    .as("the first %d of %d bytes", length, bytes.length)
                    .isExactlyInstanceOf(CodecException.class);
        }
    }

    @Test
    void damaged_bytes_are_refused_or_read_but_never_crash() {
        long seed = 20261122;
        Random random = new Random(seed);
        List<byte[]> valid = EventSamples.all().values().stream().map(CODEC::encode).toList();
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            refused += refuses(bytes, seed, i);
        }
        assertThat(refused).isPositive();
    }

    @Test
    void random_bytes_are_refused() {
        long seed = 4711;
        Random random = new Random(seed);
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 1 && random.nextBoolean()) {
                bytes[0] = 1;
                bytes[1] = (byte) random.nextInt(64);
            }
            refused += refuses(bytes, seed, i);
        }
        assertThat(refused).isGreaterThan(49_000);
    }

    @Test
    void a_rest_and_a_later_version_are_refused() {
        byte[] bytes = CODEC.encode(EventSamples.all().get("linked"));

        byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
        assertThatThrownBy(() -> CODEC.decode(longer)).isInstanceOf(CodecException.class);
        bytes[0] = 4;
        assertThatThrownBy(() -> CODEC.decode(bytes))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("version 4");
    }

    @Test
    void facts_of_another_version_or_tag_are_refused() {
        ByteWriter out = new ByteWriter();
        out.unsigned(99);
        assertThatThrownBy(() -> PaymentFactCodec.read(1, new ByteReader(out.toBytes())))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("tag");
        assertThatThrownBy(() -> PaymentFactCodec.read(3, new ByteReader(out.toBytes())))
                .isInstanceOf(CodecException.class)
                .hasMessageContaining("version");
    }

    @Test
    void the_types_of_registers_are_listed() {
        List<String> types =
                EventSamples.all().values().stream()
                        .filter(RegisterEvent.class::isInstance)
                        .map(event -> ((RegisterEvent) event).type())
                        .distinct()
                        .toList();

        assertThat(types).containsExactlyInAnyOrderElementsOf(RegisterEvent.TYPES);
    }

    @Test
    @DisplayName("Bytes that version 1 wrote are read by this build")
    void golden_version_1() throws IOException {
        Map<String, Event> samples = EventSamples.ofVersion1();
        Map<String, byte[]> golden = golden("events-1.hex");

        assertThat(golden.keySet()).isEqualTo(samples.keySet());
        golden.forEach((name, bytes) ->
                assertThat(CODEC.decode(bytes)).as(name).isEqualTo(samples.get(name)));
    }

    @Test
    @DisplayName("Bytes that version 2 wrote are read by this build")
    void golden_version_2() throws IOException {
        Map<String, Event> samples = EventSamples.ofVersion2();
        Map<String, byte[]> golden = golden("events-2.hex");

        assertThat(golden.keySet()).isEqualTo(samples.keySet());
        golden.forEach((name, bytes) ->
                assertThat(CODEC.decode(bytes)).as(name).isEqualTo(samples.get(name)));
    }

    @Test
    @DisplayName("Bytes that version 3 wrote are read by this build, and written by it")
    void golden_version_3() throws IOException {
        Map<String, byte[]> golden = golden("events-3.hex");
        List<String> missing = new ArrayList<>();
        EventSamples.all()
                .forEach((name, event) -> {
                    byte[] written = CODEC.encode(event);
                    byte[] bytes = golden.remove(name);
                    if (bytes == null) {
                        missing.add(name + "=" + HexFormat.of().formatHex(written));
                        return;
                    }
                    assertThat(CODEC.decode(bytes)).as(name).isEqualTo(event);
                    assertThat(bytes).as("%s: line of events-3.hex", name).isEqualTo(written);
                });
        assertThat(missing).as("lines that are missing in events-3.hex").isEmpty();
        assertThat(golden).as("lines without a sample").isEmpty();
    }

    @Test
    @DisplayName("Bytes of version 1, cut or damaged, are refused or read but never crash")
    void damaged_bytes_of_version_1() throws IOException {
        long seed = 20261123;
        Random random = new Random(seed);
        List<byte[]> valid = List.copyOf(golden("events-1.hex").values());
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
            if (random.nextBoolean()) {
                bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length));
            } else {
                bytes[1 + random.nextInt(bytes.length - 1)] = (byte) random.nextInt();
            }
            refused += refuses(bytes, seed, i);
        }
        assertThat(refused).isGreaterThan(10_000);
    }

    /** 1 when the bytes are refused, 0 when they happen to be an event, else the test fails. */
    private static int refuses(byte[] bytes, long seed, int round) {
        try {
            Event event = CODEC.decode(bytes);
            assertThat(CODEC.decode(CODEC.encode(event))).isEqualTo(event);
            return 0;
        } catch (CodecException e) {
            return 1;
        } catch (RuntimeException e) {
            return fail(
                    "seed %d, round %d: %s".formatted(seed, round, HexFormat.of().formatHex(bytes)),
                    e);
        }
    }

    private static Map<String, byte[]> golden(String file) throws IOException {
        Map<String, byte[]> golden = new LinkedHashMap<>();
        try (InputStream in = EventCodecTest.class.getResourceAsStream(file)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .map(line -> line.split("=", 2))
                    .forEach(line -> golden.put(line[0], HexFormat.of().parseHex(line[1])));
        }
        return golden;
    }

    private static Set<Class<?>> leaves(Class<?> type) {
        Set<Class<?>> leaves = new HashSet<>();
        if (type.isSealed()) {
            for (Class<?> permitted : type.getPermittedSubclasses()) {
                leaves.addAll(leaves(permitted));
            }
        } else {
            leaves.add(type);
        }
        return leaves;
    }
}
