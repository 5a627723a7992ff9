package io.paybeacon.gateways.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.paybeacon.core.event.Event;
import io.paybeacon.core.event.IntakeEvent.SkipReason;
import io.paybeacon.core.event.IntakeEvent.Skipped;
import io.paybeacon.core.event.OrderEvent.Withdrawn;
import io.paybeacon.core.event.Origin;
import io.paybeacon.gateways.platform.PlatformEvents.Reading;
import io.paybeacon.gateways.platform.PlatformEvents.Rejected;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformEventsTest {
    private static final PlatformEvents EVENTS = new PlatformEvents("shop"::equals);
    private static final Schema SCHEMA = schema();

    private static final String WITHDRAWN =
            """
            {"specversion": "1.0", "id": "1", "source": "shop", "time": "2026-11-23T12:00:00Z",
             "type": "io.paybeacon.order.withdrawn.v1", "data": {"order": "order-1"}}\
            """;

    static List<Event> samples() {
        return PlatformSamples.events();
    }

    private static Schema schema() {
        try (InputStream in =
                Objects.requireNonNull(
                        PlatformEvents.class.getResourceAsStream("events.schema.json"))) {
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(
                            new String(in.readAllBytes(), StandardCharsets.UTF_8),
                            InputFormat.JSON);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void what_is_written_is_read_and_fits_the_schema(Event event) {
        byte[] written = PlatformEventWriter.write(event);

        assertThat(EVENTS.read(written, ContentType.EVENT))
                .isEqualTo(new Reading(List.of(event), List.of()));
        assertThat(SCHEMA.validate(text(written), InputFormat.JSON)).isEmpty();
    }

    static List<Event> words() {
        return PlatformSamples.words();
    }

    @ParameterizedTest
    @MethodSource("words")
    void every_word_of_the_vocabulary_is_in_the_schema(Event event) {
        what_is_written_is_read_and_fits_the_schema(event);
    }

    @Test
    void there_is_a_sample_of_every_type() {
        Set<PlatformEventType> types = EnumSet.noneOf(PlatformEventType.class);
        samples().forEach(event -> types.add(Objects.requireNonNull(PlatformEventType.of(event))));

        assertThat(types).containsExactlyInAnyOrder(PlatformEventType.values());
    }

    @Test
    void the_document_lists_every_type() throws IOException {
        Path document = Path.of("src/main/java/io/paybeacon/gateways/platform/EVENTS.md");
        List<String> listed =
                Files.readAllLines(document).stream()
                        .filter(line -> line.startsWith("| `io.paybeacon."))
                        .map(line -> line.split("`", 3)[1])
                        .toList();

        assertThat(listed)
                .containsExactlyElementsOf(
                        Arrays.stream(PlatformEventType.values())
                                .map(PlatformEventType::label)
                                .toList());
    }

    @Test
    void what_no_platform_tells_is_not_written() {
        Event skipped =
                new Skipped(
                        new Origin("shop", "1", PlatformSamples.AT), "x", SkipReason.UNKNOWN_TYPE);
        assertThatThrownBy(() -> PlatformEventWriter.write(skipped))
                .hasMessage("no platform tells a Skipped");
    }

    @Test
    void a_batch_and_lines_hold_the_same() {
        byte[] batch = PlatformEventWriter.writeBatch(samples());
        StringBuilder lines = new StringBuilder("\n");
        samples().forEach(it -> lines.append(text(PlatformEventWriter.write(it))).append("\r\n\n"));

        assertThat(EVENTS.read(batch, ContentType.BATCH).accepted()).isEqualTo(samples());
        assertThat(EVENTS.read(bytes(lines.toString()), ContentType.LINES))
                .isEqualTo(new Reading(samples(), List.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // what is changed | into what | pointer | reason
                "\"specversion\": \"1.0\"|\"specversion\": \"0.3\"|/specversion|not 1.0",
                "\"specversion\": \"1.0\",||/specversion|missing",
                "\"id\": \"1\"|\"id\": \"\"|/id|missing",
                "\"id\": \"1\"|\"id\": 1|/id|not a text",
                "\"id\": \"1\"|\"id\": \"4242 4242 4242 4242\"|/id|holds what looks like the number"
                        + " of a card",
                "\"source\": \"shop\"|\"source\": \"other\"|/source|not the name of a configured"
                        + " account",
                "\"source\": \"shop\"|\"source\": \"a:b\"|/source|not the name of a configured"
                        + " account",
                "2026-11-23T12:00:00Z|yesterday|/time|not a moment of RFC 3339",
                "2026-11-23T12:00:00Z|2026-11-23T12:00:00|/time|not a moment of RFC 3339",
                "\"time\": \"2026-11-23T12:00:00Z\",||/time|missing",
                "order.withdrawn.v1|order.teleported.v1|/type|a type that this build does not know",
                "\"data\": {\"order\": \"order-1\"}|\"data\": []|/data|not an object",
                "\"order\": \"order-1\"|\"ordr\": \"order-1\"|/data/order|missing",
                "\"order\": \"order-1\"|\"order\": \"order-1\", \"x/y\": 1|/data/x~1y|a field that"
                        + " the format does not know",
                "\"order\": \"order-1\"|\"order\": \"a\", \"order\": \"b\"|/data/order|the field"
                        + " comes twice",
                "\"order\": \"order-1\"|\"order\": \"a\\u0000b\"|/data/order|a control character or"
                        + " half a character",
                "\"order\": \"order-1\"|\"order\": 4242424242424242|/data/order|holds what looks"
                        + " like the number of a card",
            })
    void what_is_wrong_is_named(String from, String into, String pointer, String reason) {
        String body = WITHDRAWN.replace(from, into == null ? "" : into);
        Reading reading = EVENTS.read(bytes(body), ContentType.EVENT);

        assertThat(reading.accepted()).isEmpty();
        assertThat(reading.rejected())
                .singleElement()
                .satisfies(rejected -> {
                    assertThat(rejected.pointer()).isEqualTo(pointer);
                    assertThat(rejected.reason()).isEqualTo(reason);
                    assertThat(rejected.remedy()).isNotBlank();
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"minorUnits\":1099|\"minorUnits\":-1",
                "\"minorUnits\":1099|\"minorUnits\":10.99",
                "\"minorUnits\":1099|\"minorUnits\":\"1099\"",
                "\"minorUnits\":1099|\"minorUnits\":1000000000000001",
                "\"currency\":\"EUR\"|\"currency\":\"EURO\"",
                "\"quantity\":1|\"quantity\":0",
                "\"vendor\":\"v-1\"|\"vendor\":\"\"",
                "\"total\":{|\"totl\":{",
                "\"lines\":[{|\"lines\":[7,{",
                "\"lines\":[|\"extra\":true,\"lines\":[",
                "\"customer\":\"customer-9\"|\"customer\":9",
            })
    @DisplayName("What the reader refuses the schema refuses too")
    void both_refuse(String from, String into) {
        String written = text(PlatformEventWriter.write(samples().getFirst()));
        String body = written.replace(from, into);
        assertThat(body).isNotEqualTo(written);

        assertThat(EVENTS.read(bytes(body), ContentType.EVENT).rejected()).hasSize(1);
        assertThat(SCHEMA.validate(body, InputFormat.JSON)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"fact\":\"status\",\"status\":\"teleported\"}",
                "{\"fact\":\"status\"}",
                "{\"fact\":\"praised\"}",
                "{\"status\":\"captured\"}",
                "{\"fact\":\"captured\",\"operation\":\"x\"}",
                "{\"fact\":\"captured\",\"operation\":\"x\",\"amount\":{\"minorUnits\":1,"
                        + "\"currency\":\"EUR\"},\"at\":\"x\"}",
                "{\"fact\":\"hold_expires\",\"operation\":\"x\",\"at\":\"soon\"}",
                "7"
            })
    @DisplayName("A fact that is none is refused by both, with its place")
    void facts(String fact) {
        String body =
                """
                {"specversion":"1.0","id":"1","source":"shop","time":"2026-11-23T12:00:00Z",
                 "type":"io.paybeacon.payment.observed.v1",
                 "data":{"payment":{"reference":"p"},"facts":[
                   {"fact":"status","status":"created"},%s]}}\
                """
                        .formatted(fact);

        assertThat(EVENTS.read(bytes(body), ContentType.EVENT).rejected())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.pointer()).startsWith("/data/facts/1"));
        assertThat(SCHEMA.validate(body, InputFormat.JSON)).isNotEmpty();
    }

    @Test
    @DisplayName("One bad event in a batch is named by its place, and the others are taken")
    void batch() {
        String bad = WITHDRAWN.replace("order.withdrawn", "order.forgotten");
        String batch = "[" + WITHDRAWN + "," + bad + ",7," + WITHDRAWN.replace("\"1\"", "\"2\"");

        Reading whole = EVENTS.read(bytes(batch + "]"), ContentType.BATCH);
        assertThat(whole.accepted()).hasSize(2);
        assertThat(whole.rejected()).extracting(Rejected::index).containsExactly(1L, 2L);

        Reading cut = EVENTS.read(bytes(batch + ", {\"spec"), ContentType.BATCH);
        assertThat(cut.accepted()).hasSize(2);
        assertThat(cut.rejected()).extracting(Rejected::index).containsExactly(1L, 2L, 4L);
        assertThat(cut.rejected().getLast().reason()).startsWith("not JSON: line ");
    }

    @Test
    @DisplayName("A line that is no JSON costs that line alone")
    void lines() {
        Reading reading =
                EVENTS.read(
                        bytes(
                                oneLine(WITHDRAWN)
                                        + "\n{\"spec\n\n"
                                        + oneLine(WITHDRAWN)
                                        + " {}\n"
                                        + oneLine(WITHDRAWN)),
                        ContentType.LINES);

        assertThat(reading.accepted()).hasSize(2);
        assertThat(reading.rejected()).extracting(Rejected::index).containsExactly(1L, 3L);
        assertThat(EVENTS.readLine(bytes("[]"), 17).rejected())
                .containsExactly(
                        new Rejected(
                                17, "", "not a JSON object", "send a CloudEvent as one object"));
    }

    @Test
    void extensions_and_null_fields_are_passed_over() {
        String body =
                WITHDRAWN.replace(
                        "\"id\"",
                        "\"traceparent\": \"00-ab\", \"partitionkey\": \"k\","
                                + " \"datacontenttype\": null, \"id\"");

        assertThat(EVENTS.read(bytes(body), ContentType.EVENT).accepted())
                .containsExactly(
                        new Withdrawn(
                                new Origin("shop", "1", Instant.parse("2026-11-23T12:00:00Z")),
                                "order-1"));
        assertThat(SCHEMA.validate(body, InputFormat.JSON)).isEmpty();
    }

    @Test
    void a_reference_without_a_gateway_is_of_the_source() {
        String body =
                """
                {"specversion":"1.0","id":"1","source":"shop","time":"2026-11-23T12:00:00Z",
                 "type":"io.paybeacon.payout.items_complete.v1",
                 "data":{"payout":{"reference":"po_1"}}}\
                """;
        String colon = body.replace("{\"reference\"", "{\"gateway\":\"a:b\",\"reference\"");

        assertThat(EVENTS.read(bytes(body), ContentType.EVENT).accepted().toString())
                .contains("gateway=shop, value=po_1");
        assertThat(EVENTS.read(bytes(colon), ContentType.EVENT).rejected())
                .extracting(Rejected::pointer)
                .containsExactly("/data/payout/gateway");
    }

    @Test
    void more_than_the_limits_is_refused() {
        byte[] large = new byte[PlatformEvents.BODY_BYTES_MAX + 1];
        assertThat(EVENTS.read(large, ContentType.LINES).rejected()).hasSize(1);

        String many = "[" + "7,".repeat(PlatformEvents.EVENTS_MAX) + "7]";
        assertThat(EVENTS.read(bytes(many), ContentType.BATCH).rejected().getLast().reason())
                .startsWith("more than 10000 events");

        String deep = WITHDRAWN.replace("\"order-1\"", "[".repeat(100) + "]".repeat(100));
        assertThat(EVENTS.read(bytes(deep), ContentType.EVENT).rejected().getFirst().reason())
                .startsWith("larger, deeper or longer than the limits allow");

        String lines = "[" + "7,".repeat(600) + "7]";
        String body = text(PlatformEventWriter.write(samples().get(1))).replace("[]", lines);
        assertThat(EVENTS.read(bytes(body), ContentType.EVENT).rejected())
                .extracting(Rejected::pointer)
                .containsExactly("/data/lines");
    }

    @ParameterizedTest
    @CsvSource({
        "application/cloudevents+json, EVENT",
        "application/cloudevents+json; charset=UTF-8, EVENT",
        "APPLICATION/CloudEvents-Batch+JSON, BATCH",
        "application/x-ndjson, LINES",
        "application/jsonl, LINES",
        "application/json, ",
        "'', "
    })
    void content_types(String header, ContentType contentType) {
        assertThat(ContentType.of(header)).isEqualTo(contentType);
    }

    private static String oneLine(String json) {
        return json.replace("\n", " ");
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
