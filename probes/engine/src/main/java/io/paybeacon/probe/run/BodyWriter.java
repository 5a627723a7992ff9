package io.paybeacon.probe.run;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.paybeacon.probe.http.HttpCall.Header;
import io.paybeacon.probe.plan.JsonTemplate;
import io.paybeacon.probe.plan.RequestTemplate;
import io.paybeacon.probe.plan.RequestTemplate.Body;
import io.paybeacon.probe.yaml.Value;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Writes the body of a request: numbers with the digits that they were read with. */
final class BodyWriter {

    private static final JsonFactory JSON = new JsonFactory();

    private BodyWriter() {}

    /** The bytes of a body; its media type is added to the headers. */
    static Buffer write(Body body, Function<String, Value> values, List<Header> headers) {
        return switch (body) {
            case Body.None _ -> Buffer.buffer();
            case Body.Form form -> {
                headers.add(new Header("Content-Type", "application/x-www-form-urlencoded"));
                yield Buffer.buffer(
                        form.fields().stream()
                                .map(field -> formField(field, values))
                                .collect(Collectors.joining("&")));
            }
            case Body.Json json -> {
                headers.add(new Header("Content-Type", "application/json"));
                yield json(json.document(), values);
            }
            case Body.Raw raw -> {
                headers.add(new Header("Content-Type", raw.contentType()));
                yield Buffer.buffer(raw.text().text(values, Function.identity()));
            }
        };
    }

    private static String formField(RequestTemplate.Field field, Function<String, Value> values) {
        String value = field.value().text(values, Function.identity());
        return URLEncoder.encode(field.name(), StandardCharsets.UTF_8)
                + "="
                + URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static Buffer json(JsonTemplate document, Function<String, Value> values) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            write(out, document, values);
        } catch (IOException e) {
            throw new UncheckedIOException("Writing to memory failed", e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void write(JsonGenerator out, JsonTemplate node, Function<String, Value> values)
            throws IOException {
        switch (node) {
            case JsonTemplate.Members members -> {
                out.writeStartObject();
                for (Map.Entry<String, JsonTemplate> member : members.members().entrySet()) {
                    out.writeFieldName(member.getKey());
                    write(out, member.getValue(), values);
                }
                out.writeEndObject();
            }
            case JsonTemplate.Elements elements -> {
                out.writeStartArray();
                for (JsonTemplate element : elements.elements()) {
                    write(out, element, values);
                }
                out.writeEndArray();
            }
            case JsonTemplate.Null _ -> out.writeNull();
            case JsonTemplate.Scalar scalar -> {
                switch (scalar.value().value(values)) {
                    case Value.Text text -> out.writeString(text.text());
                    case Value.Decimal number -> out.writeNumber(number.text());
                    case Value.Bool bool -> out.writeBoolean(bool.value());
                }
            }
        }
    }
}
