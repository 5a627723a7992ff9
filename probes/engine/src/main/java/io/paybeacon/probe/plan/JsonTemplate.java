package io.paybeacon.probe.plan;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A JSON document before its variables have values; a lone variable keeps its type. */
public sealed interface JsonTemplate {

    /** An object; the order of its members is kept. */
    record Members(Map<String, JsonTemplate> members) implements JsonTemplate {
        public Members {
            members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }
    }

    /** An array. */
    record Elements(List<JsonTemplate> elements) implements JsonTemplate {
        public Elements {
            elements = List.copyOf(elements);
        }
    }

    /** A string, number or boolean. */
    record Scalar(Template value) implements JsonTemplate {}

    /** The JSON null. */
    record Null() implements JsonTemplate {}
}
