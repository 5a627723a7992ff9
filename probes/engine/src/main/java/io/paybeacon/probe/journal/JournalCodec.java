package io.paybeacon.probe.journal;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.plan.JsonDocument;
import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.yaml.Value;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Entries as lines: CRC-32C of the JSON in eight hex digits, a space, the JSON, a line feed. Field
 * {@code v} is the version of the format.
 */
final class JournalCodec {

    private static final int VERSION = 1;
    private static final int CRC_CHARS = 8;
    private static final JsonFactory FACTORY = new JsonFactory();

    private JournalCodec() {}

    /**
     * The line of an entry, line feed included.
     *
     * @throws IllegalArgumentException if it is longer than a line may be
     */
    static byte[] encode(JournalEntry entry) {
        byte[] json = json(entry);
        if (json.length > Limits.JOURNAL_LINE_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "A journal line of %d bytes; at most %d are written"
                            .formatted(json.length, Limits.JOURNAL_LINE_BYTES_MAX));
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(json.length + CRC_CHARS + 2);
        line.writeBytes(crc(json).getBytes(StandardCharsets.US_ASCII));
        line.write(' ');
        line.writeBytes(json);
        line.write('\n');
        return line.toByteArray();
    }

    /** The entry of a line without its line feed; empty when the line is damaged. */
    static Optional<JournalEntry> decode(byte[] line) {
        if (line.length <= CRC_CHARS + 1 || line[CRC_CHARS] != ' ') {
            return Optional.empty();
        }
        byte[] json = Arrays.copyOfRange(line, CRC_CHARS + 1, line.length);
        String crc = new String(line, 0, CRC_CHARS, StandardCharsets.US_ASCII);
        if (!crc.equals(crc(json))) {
            return Optional.empty();
        }
        try {
            return JsonDocument.parse(json) instanceof Map<?, ?> map
                    ? Optional.of(entry(new Line(map)))
                    : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return HexFormat.of().toHexDigits((int) crc.getValue());
    }

    private static byte[] json(JournalEntry entry) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = FACTORY.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeNumberField("v", VERSION);
            write(out, entry);
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return bytes.toByteArray();
    }

    private static void write(JsonGenerator out, JournalEntry entry) throws IOException {
        switch (entry) {
            case JournalEntry.Sent sent -> writeSent(out, sent);
            case JournalEntry.Known known -> {
                out.writeStringField("type", "known");
                out.writeStringField("run", known.run());
                writeVariables(out, known.variables());
            }
            case JournalEntry.Refused refused -> {
                out.writeStringField("type", "refused");
                out.writeStringField("run", refused.run());
                out.writeStringField("step", refused.step());
            }
            case JournalEntry.Released released -> {
                out.writeStringField("type", "released");
                out.writeStringField("run", released.run());
            }
            case JournalEntry.Spent spent -> {
                out.writeStringField("type", "spent");
                out.writeStringField("probe", spent.probe());
                out.writeNumberField("epochDay", spent.epochDay());
                out.writeStringField("currency", spent.currency());
                out.writeNumberField("minor", spent.minor());
            }
        }
    }

    private static void writeSent(JsonGenerator out, JournalEntry.Sent sent) throws IOException {
        out.writeStringField("type", "sent");
        out.writeStringField("run", sent.run());
        out.writeStringField("traceId", sent.traceId());
        out.writeStringField("probe", sent.probe());
        out.writeStringField("plan", sent.plan());
        out.writeStringField("gateway", sent.gateway());
        out.writeStringField("step", sent.step());
        out.writeStringField("kind", sent.kind().label());
        String key = sent.key();
        if (key != null) {
            out.writeStringField("key", key);
        }
        out.writeStringField("at", sent.at().toString());
        JournalEntry.Holding holds = sent.holds();
        if (holds != null) {
            out.writeNumberField("minor", holds.minor());
            out.writeStringField("currency", holds.currency());
        }
        writeVariables(out, sent.variables());
    }

    private static void writeVariables(JsonGenerator out, Map<String, Value> variables)
            throws IOException {
        out.writeObjectFieldStart("variables");
        for (Map.Entry<String, Value> variable : variables.entrySet()) {
            out.writeFieldName(variable.getKey());
            switch (variable.getValue()) {
                case Value.Text text -> out.writeString(text.text());
                case Value.Decimal number -> out.writeNumber(number.text());
                case Value.Bool bool -> out.writeBoolean(bool.value());
            }
        }
        out.writeEndObject();
    }

    private static JournalEntry entry(Line line) {
        if (line.number("v") != VERSION) {
            throw new IllegalArgumentException("Unknown version of the format");
        }
        return switch (line.text("type")) {
            case "sent" -> sent(line);
            case "known" -> new JournalEntry.Known(line.text("run"), line.variables());
            case "refused" -> new JournalEntry.Refused(line.text("run"), line.text("step"));
            case "released" -> new JournalEntry.Released(line.text("run"));
            case "spent" ->
                    new JournalEntry.Spent(
                            line.text("probe"),
                            line.number("epochDay"),
                            line.text("currency"),
                            line.number("minor"));
            default -> throw new IllegalArgumentException("Unknown type of entry");
        };
    }

    private static JournalEntry sent(Line line) {
        return new JournalEntry.Sent(
                line.text("run"),
                line.text("traceId"),
                line.text("probe"),
                line.text("plan"),
                line.text("gateway"),
                line.text("step"),
                SideEffect.Kind.valueOf(line.text("kind").toUpperCase(Locale.ROOT)),
                line.has("key") ? line.text("key") : null,
                instant(line.text("at")),
                line.has("minor")
                        ? new JournalEntry.Holding(line.number("minor"), line.text("currency"))
                        : null,
                line.variables());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("Not an instant", e);
        }
    }

    /** The fields of one line. */
    private record Line(Map<?, ?> fields) {

        boolean has(String name) {
            return fields.containsKey(name);
        }

        String text(String name) {
            return value(name).text();
        }

        long number(String name) {
            return Long.parseLong(value(name).text());
        }

        Map<String, Value> variables() {
            Map<String, Value> variables = new LinkedHashMap<>();
            if (fields.get("variables") instanceof Map<?, ?> map) {
                map.forEach((name, value) -> variables.put(String.valueOf(name), scalar(value)));
            }
            return variables;
        }

        private Value value(String name) {
            return scalar(fields.get(name));
        }

        private static Value scalar(@Nullable Object object) {
            if (object instanceof Value value) {
                return value;
            }
            throw new IllegalArgumentException("A value is missing");
        }
    }
}
