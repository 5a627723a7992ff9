package io.paybeacon.gateways.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.EventCodec;
import io.paybeacon.gateways.WebhookAdapter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;

/** Whatever the bytes are: no exception, one event at least, and each of them can be stored. */
public final class WebhookFuzz {
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-22T12:00:00Z");
    private static final EventCodec CODEC = new EventCodec();

    private WebhookFuzz() {}

    /**
     * Flips, cuts and splices of messages that are right.
     *
     * @param words of the gateway, which take the place of other texts
     */
    public static void damage(
            WebhookAdapter adapter,
            List<byte[]> payloads,
            List<String> words,
            int rounds,
            long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < rounds; i++) {
            byte[] body = payloads.get(random.nextInt(payloads.size())).clone();
            switch (random.nextInt(4)) {
                case 0 -> {
                    for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
                        body[random.nextInt(body.length)] = (byte) random.nextInt();
                    }
                }
                case 1 -> body = Arrays.copyOf(body, random.nextInt(body.length));
                case 2 -> body = splice(body, random);
                default -> body = exchange(body, words, random);
            }
            holds(adapter, body, seed, i);
        }
    }

    private static void holds(WebhookAdapter adapter, byte[] body, long seed, int round) {
        try {
            List<Event> events = adapter.map(body, RECEIVED_AT);
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

    /** A text or a number of the body becomes a word, a number, an object or nothing. */
    private static byte[] exchange(byte[] body, List<String> words, Random random) {
        String text = new String(body, StandardCharsets.UTF_8);
        int colon = text.indexOf(':', random.nextInt(text.length()));
        if (colon < 0) {
            return body;
        }
        int end = colon + 1;
        while (end < text.length() && ",}]".indexOf(text.charAt(end)) < 0) {
            end++;
        }
        String value =
                switch (random.nextInt(7)) {
                    case 0 -> "null";
                    case 1 -> "true";
                    case 2 -> Long.toString(random.nextLong());
                    case 3 -> random.nextInt(5_000) + ".5";
                    case 4 -> "{}";
                    case 5 -> "[]";
                    default -> "\"" + words.get(random.nextInt(words.size())) + "\"";
                };
        return (text.substring(0, colon + 1) + value + text.substring(end))
                .getBytes(StandardCharsets.UTF_8);
    }
}
