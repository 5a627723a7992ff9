package io.paybeacon.probe.plan;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.paybeacon.probe.yaml.Problems;
import io.paybeacon.probe.yaml.Value;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.probe.yaml.YamlReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The shipped JSON Schema, as an editor applies it to a plan. */
final class PlanSchema {

    private final Schema schema;
    private final String text;

    PlanSchema() throws IOException {
        try (InputStream in = PlanReader.class.getResourceAsStream("plan.schema.json")) {
            text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(text, InputFormat.JSON);
    }

    String text() {
        return text;
    }

    /** What is wrong with a plan; a file that is no YAML mapping is refused before. */
    List<String> errors(String yaml) throws IOException {
        Problems problems = new Problems("plan.yaml");
        YamlNode document = YamlReader.read(yaml, problems).orElse(null);
        if (document == null || !problems.isEmpty()) {
            return problems.inFileOrder().stream().map(Object::toString).toList();
        }
        return schema.validate(json(document), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    private static String json(YamlNode node) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = new JsonFactory().createGenerator(bytes)) {
            write(out, node);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static void write(JsonGenerator out, YamlNode node) throws IOException {
        switch (node) {
            case YamlNode.Nothing _ -> out.writeNull();
            case YamlNode.Scalar scalar -> {
                switch (scalar.value()) {
                    case Value.Text text -> out.writeString(text.text());
                    case Value.Decimal number -> out.writeNumber(number.text());
                    case Value.Bool bool -> out.writeBoolean(bool.value());
                }
            }
            case YamlNode.Items items -> {
                out.writeStartArray();
                for (YamlNode item : items.items()) {
                    write(out, item);
                }
                out.writeEndArray();
            }
            case YamlNode.Mapping mapping -> {
                out.writeStartObject();
                for (Map.Entry<String, YamlNode.Entry> entry : mapping.entries().entrySet()) {
                    out.writeFieldName(entry.getKey());
                    write(out, entry.getValue().node());
                }
                out.writeEndObject();
            }
        }
    }
}
