package io.paybeacon.probe.run;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.paybeacon.probe.http.HttpCall;
import io.paybeacon.probe.http.HttpCall.Header;
import io.paybeacon.probe.plan.JsonTemplate;
import io.paybeacon.probe.plan.RequestTemplate;
import io.paybeacon.probe.plan.RequestTemplate.Body;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.plan.Template;
import io.paybeacon.probe.yaml.Value;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns a request template and the values of a run into a request. Immutable. */
final class RequestBuilder {

    private static final JsonFactory JSON = new JsonFactory();

    private final ProbeTarget target;

    RequestBuilder(ProbeTarget target) {
        this.target = target;
    }

    /**
     * The request of a step.
     *
     * @param variables values of variables; every one that the step refers to must be there
     * @param key idempotency key, null for none
     * @param traceparent W3C trace context
     * @throws IllegalArgumentException if a value cannot stand where the plan puts it
     */
    HttpCall build(
            Step.Http step,
            Map<String, Value> variables,
            @Nullable String key,
            String traceparent,
            Duration deadline) {
        RequestTemplate request = step.request();
        Function<String, Value> values = name -> value(name, variables);
        List<Header> headers = new ArrayList<>();
        headers.add(new Header("User-Agent", "Paybeacon"));
        headers.add(new Header("traceparent", traceparent));
        Template bearer = request.bearer();
        if (bearer != null) {
            String token = bearer.text(values, Function.identity());
            headers.add(new Header("Authorization", "Bearer " + token));
        }
        if (key != null) {
            headers.add(new Header(target.plan().idempotencyHeader(), key));
        }
        for (RequestTemplate.Field field : request.headers()) {
            String text = field.value().text(values, Function.identity());
            headers.add(new Header(field.name(), headerValue(field.name(), text)));
        }
        Buffer body = body(request.body(), values, headers);
        URI base = target.baseUrl();
        boolean tls = "https".equals(base.getScheme());
        return new HttpCall(
                request.method(),
                tls,
                host(base),
                base.getPort() >= 0 ? base.getPort() : tls ? 443 : 80,
                path(base, request.path(), values),
                headers,
                body,
                deadline,
                step.bodyBytesMax());
    }

    private Value value(String name, Map<String, Value> variables) {
        if (name.startsWith("secret.")) {
            String secret = name.substring("secret.".length());
            return new Value.Text(requireNonNull(target.secrets().get(secret)).reveal());
        }
        Value value = variables.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the variable \"" + name + "\" has no value");
        }
        return value;
    }

    private static String host(URI base) {
        String host = base.getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static String path(URI base, Template path, Function<String, Value> values) {
        String prefix = base.getRawPath();
        String trimmed = prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix;
        return trimmed + path.text(values, RequestBuilder::percentEncoded);
    }

    /** A form-encoded value uses a plus for a space, which a path takes literally. */
    private static String percentEncoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String headerValue(String name, String text) {
        if (text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "the value of the header \"" + name + "\" has a control character");
        }
        return text;
    }

    private static Buffer body(Body body, Function<String, Value> values, List<Header> headers) {
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
