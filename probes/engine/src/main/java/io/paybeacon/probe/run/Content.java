package io.paybeacon.probe.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import io.paybeacon.probe.http.HttpAttempt.Response;
import io.paybeacon.probe.plan.Extraction;
import io.paybeacon.probe.plan.Extraction.Source;
import io.paybeacon.probe.plan.JsonDocument;
import io.paybeacon.probe.plan.XmlDocument;
import io.paybeacon.probe.plan.XmlPath;
import io.paybeacon.probe.yaml.Value;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Document;

/** A response as it is read: each form of its body once, and only when it is asked for. */
final class Content {

    /** A body that is not in the form in which the plan reads it. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }

        /** One sentence for people. */
        String detail() {
            String message = getMessage();
            return message == null ? "unreadable" : message;
        }
    }

    private static final Pattern ADVICE =
            Pattern.compile(": enable `.*|,? \\(?from `.*|: was expecting.*");

    private final Response response;
    private boolean jsonRead;
    private @Nullable Object json;
    private @Nullable Document xml;
    private @Nullable String text;

    Content(Response response) {
        this.response = response;
    }

    Response response() {
        return response;
    }

    /** The body as JSON: a map, a list, a value, or null for the JSON null. */
    @Nullable Object json() throws Unreadable {
        if (!jsonRead) {
            try {
                json = JsonDocument.parse(response.body().getBytes());
            } catch (JsonProcessingException e) {
                throw new Unreadable("the body is not JSON: " + why(e));
            }
            jsonRead = true;
        }
        return json;
    }

    private String why(JsonProcessingException e) {
        String encoding = response.header("content-encoding").orElse("identity");
        if (!encoding.equalsIgnoreCase("identity")) {
            return "it is compressed with %s, which was not asked for".formatted(encoding);
        }
        // The parser's advice is for who programs it.
        return ADVICE.matcher(e.getOriginalMessage()).replaceFirst("");
    }

    /** The body as UTF-8, with a mark in the place of what is none. */
    String text() {
        if (text == null) {
            text = response.body().toString(StandardCharsets.UTF_8);
        }
        return text;
    }

    /** What a path names in the XML body; null when nothing. */
    @Nullable Value xml(XmlPath path) throws Unreadable {
        try {
            if (xml == null) {
                xml = XmlDocument.parse(response.body().getBytes());
            }
            return path.read(xml).orElse(null);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("the body: " + e.getMessage());
        }
    }

    /** A header, the first when it repeats; null when there is none. */
    @Nullable Value header(String name) {
        return response.header(name).map(Value.Text::new).orElse(null);
    }

    /** What an extraction finds: a value, an object or array of JSON, or null. */
    @Nullable Object find(Extraction extraction) throws Unreadable {
        return switch (extraction.source()) {
            case Source.OfJson(var path) -> {
                Object document = json();
                yield document == null ? null : path.read(document);
            }
            case Source.OfHeader(String name) -> header(name);
            case Source.OfRegex(Pattern pattern) -> {
                Matcher matcher = pattern.matcher(text());
                String group = matcher.find() ? matcher.group(1) : null;
                yield group == null ? null : new Value.Text(group);
            }
            case Source.OfXml(XmlPath path) -> xml(path);
        };
    }
}
