package io.paybeacon.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.EventCodec;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Whatever the bytes are: no exception, one event at least, and none of the planted texts. */
class StripeFuzzTest {
    private static final List<String> NAMES = StripeWebhooks.WANTED.stream().sorted().toList();
    private static final List<String> TYPES = List.copyOf(StripeEventTypes.mapped().keySet());
    private static final List<String> WORDS =
            List.of(
                    "succeeded",
                    "failed",
                    "pending",
                    "canceled",
                    "requires_capture",
                    "requires_payment_method",
                    "usd",
                    "isk",
                    "xyz",
                    "card",
                    "visa",
                    "DE",
                    "charge",
                    "refund",
                    "payment_intent",
                    "ch_1",
                    "pi_1",
                    "\\ud800",
                    "\\u0000",
                    "");
    private static final EventCodec CODEC = new EventCodec();

    @Test
    void bytes_are_flipped_cut_and_spliced() {
        long seed = 1_122;
        Random random = new Random(seed);
        List<byte[]> payloads = Payloads.FILES.stream().map(Payloads::file).toList();
        for (int i = 0; i < 20_000; i++) {
            byte[] body = payloads.get(random.nextInt(payloads.size())).clone();
            switch (random.nextInt(3)) {
                case 0 -> {
                    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                        body[random.nextInt(body.length)] = (byte) random.nextInt();
                    }
                }
                case 1 -> body = Arrays.copyOf(body, random.nextInt(body.length));
                default -> body = splice(body, random);
            }
            holds(body, seed, i);
        }
    }

    @Test
    @DisplayName("JSON of the right names in the wrong places, with values of every type")
    void random_json() {
        long seed = 1_123;
        Random random = new Random(seed);
        int told = 0;
        for (int i = 0; i < 20_000; i++) {
            String type = TYPES.get(random.nextInt(TYPES.size()));
            String kind = StripeEventTypes.mapped().get(type).name().toLowerCase(Locale.ROOT);
            StringBuilder object =
                    new StringBuilder("{\"object\":\"").append(kind).append("\",\"id\":\"x_1\"");
            if (random.nextInt(4) > 0) {
                object.append(",\"amount\":").append(random.nextInt(5_000));
                object.append(",\"currency\":\"eur\",\"payment_intent\":\"pi_1\"");
            }
            for (String name : NAMES) {
                boolean there = object.indexOf("\"" + name + "\":") >= 0;
                if (!there && random.nextInt(3) == 0) {
                    object.append(",\"").append(name).append("\":");
                    value(object, random, 3);
                }
            }
            List<Event> events =
                    holds(Payloads.event(type, object.append('}').toString()), seed, i);
            told += events.size() > 1 ? 1 : 0;
        }
        // The test is worth something only while a good part of the messages gets through.
        assertThat(told).isGreaterThan(1_000);
    }

    @Test
    void random_bytes() {
        long seed = 1_124;
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            byte[] body = new byte[random.nextInt(64)];
            random.nextBytes(body);
            holds(body, seed, i);
        }
    }

    private static List<Event> holds(byte[] body, long seed, int round) {
        List<Event> events;
        try {
            events = Payloads.map(body);
            assertThat(events).isNotEmpty();
            for (Event event : events) {
                assertThat(CODEC.decode(CODEC.encode(event))).isEqualTo(event);
            }
            assertThat(events.toString()).doesNotContainIgnoringCase("planted text");
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "seed %d, round %d: %s".formatted(seed, round, HexFormat.of().formatHex(body)),
                    e);
        }
        return events;
    }

    /** A part of the body once more, somewhere else in it. */
    private static byte[] splice(byte[] body, Random random) {
        int from = random.nextInt(body.length);
        int length = random.nextInt(Math.min(200, body.length - from) + 1);
        int at = random.nextInt(body.length);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(body, 0, at);
        out.write(body, from, length);
        out.write(body, at, body.length - at);
        return out.toByteArray();
    }

    private static void value(StringBuilder out, Random random, int depth) {
        switch (random.nextInt(depth > 0 ? 9 : 6)) {
            case 0 -> out.append("null");
            case 1 -> out.append(random.nextBoolean());
            case 2 -> out.append(random.nextInt(5_000));
            case 3 -> out.append(random.nextLong()).append(random.nextBoolean() ? ".5" : "");
            case 4, 5 -> out.append('"').append(pick(WORDS, random)).append('"');
            case 6 -> {
                out.append('[');
                value(out, random, depth - 1);
                out.append(']');
            }
            default -> {
                out.append("{\"id\":\"").append(pick(List.of("ch_1", "re_1", "?"), random));
                out.append("\",\"data\":[");
                value(out, random, depth - 1);
                out.append("],\"").append(pick(List.of("order", "code", "type"), random));
                out.append("\":");
                value(out, random, depth - 1);
                out.append('}');
            }
        }
    }

    private static String pick(List<String> words, Random random) {
        return words.get(random.nextInt(words.size()));
    }
}
