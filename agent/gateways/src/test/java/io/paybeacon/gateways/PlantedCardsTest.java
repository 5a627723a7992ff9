package io.paybeacon.gateways;

import static org.assertj.core.api.Assertions.assertThat;

import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.EventCodec;
import io.paybeacon.core.event.IdentityEvent.Unresolved;
import io.paybeacon.core.event.IntakeEvent.Malformed;
import io.paybeacon.core.event.IntakeEvent.MalformedReason;
import io.paybeacon.core.event.Origin;
import io.paybeacon.core.event.PaymentEvent.Observed;
import io.paybeacon.core.event.PaymentFact;
import io.paybeacon.gateways.adyen.AdyenWebhooks;
import io.paybeacon.gateways.adyen.AdyenWebhooks.CaptureMode;
import io.paybeacon.gateways.card.CardWebhooks;
import io.paybeacon.gateways.message.ScenarioFile;
import io.paybeacon.gateways.message.ScenarioFile.Scenario;
import io.paybeacon.gateways.paypal.PayPalWebhooks;
import io.paybeacon.gateways.platform.ContentType;
import io.paybeacon.gateways.platform.PlatformEvents;
import io.paybeacon.gateways.platform.PlatformEvents.Reading;
import io.paybeacon.gateways.platform.PlatformEvents.Rejected;
import io.paybeacon.gateways.platform.PlatformPayloads;
import io.paybeacon.gateways.stripe.StripeWebhooks;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * Payloads of all gateways, changed at random, with numbers of cards in them: whatever comes, there
 * is an event, it can be stored, it is small, and it holds no card number. A payload that is
 * answered as none was before is changed further, so that the search goes where the code does.
 *
 * <p>{@code -Dpaybeacon.fuzz.payloads} sets how many, {@code -Dpaybeacon.fuzz.seed} the seed, which
 * a failure names.
 */
class PlantedCardsTest {
    private static final int PAYLOADS = Integer.getInteger("paybeacon.fuzz.payloads", 20_000);
    private static final long SEED = Long.getLong("paybeacon.fuzz.seed", 20_261_123);
    private static final Instant RECEIVED_AT = Instant.parse("2026-11-23T12:00:00Z");
    private static final int CORPUS_MAX = 3_000;
    private static final int BODY_CHARS_MAX = 4_096;
    private static final EventCodec CODEC = new EventCodec();

    /** Numbers that the networks publish for tests; none of them is anybody's. */
    private static final List<String> NUMBERS =
            List.of(
                    "4242424242424242",
                    "5555555555554444",
                    "2223003122003222",
                    "378282246310005",
                    "6011111111111117",
                    "3530111333300000",
                    "30569309025904",
                    "6200000000000005");

    /** The numbers with up to three separators between any two digits, and no digit around. */
    private static final List<Pattern> PARTED =
            NUMBERS.stream()
                    .map(number -> String.join("[^\\p{L}\\p{Nd}]{0,3}", number.split("", -1)))
                    .map(parted -> Pattern.compile("(?<!\\p{Nd})" + parted + "(?!\\p{Nd})"))
                    .toList();

    private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{Nd}]");
    private static final Pattern TEXT = Pattern.compile("(?<=: ?)\"(?:[^\"\\\\]|\\\\.)*\"");
    private static final Pattern OBJECT = Pattern.compile("\\{(?=\\s*\")");
    private static final List<String> FIELDS =
            List.of(
                    "description",
                    "reference",
                    "merchantReference",
                    "invoice_id",
                    "order_id",
                    "customer",
                    "customer_id",
                    "reason",
                    "shopperReference",
                    "issuer",
                    "vendor",
                    "accountHolder");
    private static final Pattern DIGITS = Pattern.compile("(?<=: ?)-?[0-9]+");

    /** What makes events of bytes. */
    @FunctionalInterface
    private interface Mapping {
        List<Event> map(byte[] body);
    }

    /** A gateway, or the platform, and payloads that are right. */
    private record Subject(
            String name,
            Mapping mapping,
            List<String> payloads,
            List<String> found,
            Set<String> outcomes) {
        Subject(String name, Mapping mapping, List<String> payloads) {
            this(name, mapping, payloads, new ArrayList<>(), new HashSet<>());
        }

        /** Half of the time one that is right, else one that was found. */
        String pick(Random random) {
            List<String> from = found.isEmpty() || random.nextBoolean() ? payloads : found;
            return from.get(random.nextInt(from.size()));
        }

        Subject(WebhookAdapter adapter, List<String> payloads) {
            this(adapter.gateway(), body -> adapter.map(body, RECEIVED_AT), payloads);
        }
    }

    @Test
    @DisplayName("No exception, no hang, nothing large, nothing leaked")
    void holds() throws IOException {
        List<Subject> subjects = subjects();
        Random random = new Random(SEED);
        int told = 0;
        int found = 0;
        for (int i = 0; i < PAYLOADS; i++) {
            Subject subject = subjects.get(random.nextInt(subjects.size()));
            String body = changed(subject.pick(random), random);
            List<Event> events = holds(subject, body, i);
            told += says(events) ? 1 : 0;
            // What was answered as nothing was before is worth changing once more.
            if (says(events)
                    && subject.outcomes.add(outcome(events))
                    && subject.found.size() < CORPUS_MAX
                    && body.length() < BODY_CHARS_MAX) {
                subject.found.add(body);
                found++;
            }
        }
        // Worth something only while a good part still says something, and says new things.
        assertThat(told).isGreaterThan(PAYLOADS / 4);
        assertThat(found).isGreaterThan(Math.min(PAYLOADS / 100, 200));
    }

    /** Whether one of the numbers is in it, not as a part of a longer one. */
    private static boolean leaks(String text) {
        String digits = SEPARATORS.matcher(text).replaceAll("");
        for (int i = 0; i < NUMBERS.size(); i++) {
            if (digits.contains(NUMBERS.get(i)) && PARTED.get(i).matcher(text).find()) {
                return true;
            }
        }
        return false;
    }

    private static boolean says(List<Event> events) {
        return events.stream().anyMatch(event -> !(event instanceof Malformed));
    }

    /** What kind of answer it is, whatever the values are. */
    private static String outcome(List<Event> events) {
        StringBuilder outcome = new StringBuilder();
        for (Event event : events) {
            outcome.append(event.getClass().getSimpleName()).append(' ');
            switch (event) {
                case Malformed malformed -> outcome.append(malformed.detail());
                case Observed observed -> append(outcome, observed.facts());
                case Unresolved unresolved -> append(outcome, unresolved.facts());
                case Event _ -> outcome.append('.');
            }
        }
        return outcome.toString();
    }

    private static void append(StringBuilder outcome, List<PaymentFact> facts) {
        facts.forEach(fact -> outcome.append(fact.getClass().getSimpleName()).append(' '));
    }

    private static List<Event> holds(Subject subject, String body, int round) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        try {
            List<Event> events = subject.mapping.map(bytes);
            assertThat(events).isNotEmpty().hasSizeLessThan(1_000);
            int size = 0;
            for (Event event : events) {
                byte[] stored = CODEC.encode(event);
                size += stored.length;
                assertThat(CODEC.decode(stored)).isEqualTo(event);
                if (leaks(event.toString())) {
                    throw new AssertionError("a card number is in " + event);
                }
            }
            assertThat(size).isLessThan(bytes.length * 20 + 10_000);
            return events;
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "%s, seed %d, round %d: %s"
                            .formatted(subject.name, SEED, round, HexFormat.of().formatHex(bytes)),
                    e);
        }
    }

    /** One or two changes, of which most plant a card number. */
    private static String changed(String payload, Random random) {
        String changed = payload;
        for (int changes = 1 + random.nextInt(2); changes > 0; changes--) {
            changed =
                    switch (random.nextInt(16)) {
                        case 0 -> random.nextInt(4) == 0 ? cut(changed, random) : changed;
                        case 1 -> flipped(changed, random);
                        case 2 -> replaced(DIGITS, changed, random, _ -> number(random, false));
                        case 3 -> nested(changed, random);
                        case 4 ->
                                replaced(
                                        TEXT,
                                        changed,
                                        random,
                                        text ->
                                                text.substring(0, text.length() - 1)
                                                        + " "
                                                        + number(random, true)
                                                        + "\"");
                        case 5, 6, 7, 8, 9, 10, 11, 12 -> added(changed, random);
                        default ->
                                replaced(
                                        TEXT,
                                        changed,
                                        random,
                                        _ -> "\"" + number(random, true) + "\"");
                    };
        }
        return changed;
    }

    private static String number(Random random, boolean separated) {
        String number = NUMBERS.get(random.nextInt(NUMBERS.size()));
        if (!separated || random.nextBoolean()) {
            return number;
        }
        String separator = List.of(" ", "-", ".", " - ", "_", "\u00a0").get(random.nextInt(6));
        return number.replaceAll("(.{4})(?=.)", "$1" + separator);
    }

    /** One more field in some object: one that is read, or one that is not. */
    private static String added(String text, Random random) {
        String field =
                "{\"%s\": \"%s %s\", "
                        .formatted(
                                FIELDS.get(random.nextInt(FIELDS.size())),
                                random.nextBoolean() ? "order" : "",
                                number(random, true));
        return replaced(OBJECT, text, random, _ -> field);
    }

    /** One of the matches, chosen by chance, becomes something else. */
    private static String replaced(
            Pattern pattern, String text, Random random, UnaryOperator<String> by) {
        List<int[]> spans = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find()) {
            spans.add(new int[] {matcher.start(), matcher.end()});
        }
        if (spans.isEmpty()) {
            return text;
        }
        int[] span = spans.get(random.nextInt(spans.size()));
        return text.substring(0, span[0])
                + by.apply(text.substring(span[0], span[1]))
                + text.substring(span[1]);
    }

    private static String nested(String text, Random random) {
        return replaced(
                TEXT,
                text,
                random,
                value ->
                        "[".repeat(random.nextInt(80))
                                + "{\"id\": \""
                                + number(random, true)
                                + "\", \"x\": "
                                + value
                                + "}");
    }

    private static String cut(String text, Random random) {
        return text.isEmpty() ? text : text.substring(0, random.nextInt(text.length()));
    }

    private static String flipped(String text, Random random) {
        if (text.isEmpty()) {
            return text;
        }
        int at = random.nextInt(text.length());
        return text.substring(0, at) + (char) random.nextInt(256) + text.substring(at + 1);
    }

    private static List<Subject> subjects() throws IOException {
        return List.of(
                new Subject(
                        new StripeWebhooks("stripe", StripeWebhooks.ORDER_FIELDS),
                        payloads(
                                "stripe",
                                "{\"id\": \"evt_1\", \"type\": \"%s\", \"created\": 1795341600,"
                                        + " \"data\": {\"object\": %s}}")),
                new Subject(
                        new AdyenWebhooks("adyen", CaptureMode.MANUAL),
                        payloads(
                                "adyen",
                                "{\"notificationItems\": [{\"NotificationRequestItem\": {"
                                        + "\"eventCode\": \"%s\", \"success\": \"true\","
                                        + " \"eventDate\": \"2026-11-23T11:00:00Z\","
                                        + " \"merchantAccountCode\": \"Shop\", \"amount\":"
                                        + " {\"currency\": \"EUR\", \"value\": 1099}, %s}}]}")),
                new Subject(
                        new PayPalWebhooks("paypal", _ -> Optional.empty(), Set.of()),
                        payloads(
                                "paypal",
                                "{\"id\": \"WH-1\", \"event_type\": \"%s\", \"create_time\":"
                                        + " \"2026-11-23T11:00:00Z\", \"resource\": %s}")),
                new Subject("platform", PlantedCardsTest::platform, PlatformPayloads.all()),
                new Subject(
                        new CardWebhooks("card"),
                        payloads(
                                "card",
                                "{\"id\": \"evt_1\", \"type\": \"%s\", \"created\":"
                                        + " \"2026-11-23T11:00:00Z\", \"data\": %s}")));
    }

    /** What is taken, and the rejections in the form of events: they are shown to people too. */
    private static List<Event> platform(byte[] body) {
        Reading reading = new PlatformEvents(_ -> true).read(body, ContentType.BATCH);
        List<Event> events = new ArrayList<>(reading.accepted());
        for (Rejected rejected : reading.rejected()) {
            events.add(
                    new Malformed(
                            new Origin("platform", "rejected", RECEIVED_AT),
                            "unknown",
                            MalformedReason.BAD_VALUE,
                            rejected.toString()));
        }
        return events;
    }

    private static List<String> payloads(String gateway, String form) throws IOException {
        List<String> payloads = new ArrayList<>();
        for (Scenario scenario : ScenarioFile.read(gateway + "/scenarios.txt")) {
            payloads.add(form.formatted(scenario.kind().getFirst(), scenario.json()));
        }
        assertThat(payloads).hasSizeGreaterThan(10);
        return payloads;
    }
}
