package io.paybeacon.gateways;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The headers of an HTTP request. */
@FunctionalInterface
public interface WebhookHeaders {
    /** The values of a header in the order they came; none when it is absent. Ignores case. */
    List<String> all(String name);

    /** Headers that hold one value each. */
    static WebhookHeaders of(Map<String, String> headers) {
        Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        byName.putAll(headers);
        return name -> {
            String value = byName.get(name);
            return value == null ? List.of() : List.of(value);
        };
    }
}
