package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.limit.Limits;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The parameters of one request: {@code application/x-www-form-urlencoded} with bracket nesting,
 * read strictly. A name with empty brackets ({@code expand[]}) may repeat and is numbered.
 */
final class Form {
    /** Documented parameters that change nothing the sandbox models. */
    private static final Set<String> WITHOUT_EFFECT =
            Set.of(
                    "automatic_payment_methods[enabled]",
                    "automatic_payment_methods[allow_redirects]",
                    "payment_method_types[]",
                    "confirmation_method",
                    "receipt_email",
                    "statement_descriptor_suffix",
                    "use_stripe_sdk");

    private final Map<String, String> values;

    private Form(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads a body or a query string.
     *
     * @throws StripeRefusal when it is not well formed or has too many parameters
     */
    static Form parse(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        Map<String, Integer> arrays = new LinkedHashMap<>();
        for (String pair : encoded.isEmpty() ? new String[0] : encoded.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (name.endsWith("[]")) {
                int index = arrays.merge(name, 1, Integer::sum) - 1;
                name = name.substring(0, name.length() - 1) + index + "]";
            }
            values.put(name, value);
            if (values.size() > Limits.REQUEST_PARAMETERS_MAX) {
                throw StripeRefusal.parameter(
                        "parameter_unknown", name, "Too many parameters in one request.");
            }
        }
        return new Form(values);
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw StripeRefusal.parameter(
                    "parameter_unknown", text, "Invalid percent-encoding in the parameters.");
        }
    }

    /** What two requests must share to be the same request: order does not matter. */
    String fingerprint() {
        return new TreeMap<>(values).toString();
    }

    /** The value, if given and not empty. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name)).filter(v -> !v.isEmpty());
    }

    String requiredText(String name) {
        return text(name)
                .orElseThrow(() ->
                        StripeRefusal.parameter(
                                "parameter_missing",
                                name,
                                "Missing required param: " + name + "."));
    }

    /** A whole number, if given. */
    Optional<Long> number(String name) {
        return text(name).map(value -> parseNumber(name, value));
    }

    private static long parseNumber(String name, String value) {
        if (!value.matches("-?\\d{1,18}")) {
            throw StripeRefusal.parameter(
                    "parameter_invalid_integer", name, "Invalid integer: " + value);
        }
        return Long.parseLong(value);
    }

    /** {@code true} or {@code false}; absent is false. */
    boolean flag(String name) {
        String value = text(name).orElse("false");
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw StripeRefusal.parameter(
                            "parameter_invalid_empty", name, "Invalid boolean: " + value);
        };
    }

    /** One of a few words, if given. */
    Optional<String> word(String name, String... known) {
        Optional<String> value = text(name);
        value.ifPresent(v -> {
            if (!Set.of(known).contains(v)) {
                throw StripeRefusal.parameter(
                        "parameter_unknown",
                        name,
                        "Invalid " + name + ": must be one of " + String.join(", ", known));
            }
        });
        return value;
    }

    /** The entries {@code metadata[key]=value}; an empty value means no entry, as documented. */
    Map<String, String> metadata() {
        Map<String, String> metadata = new LinkedHashMap<>();
        values.forEach((name, value) -> {
            if (name.startsWith("metadata[") && name.endsWith("]") && !value.isEmpty()) {
                String key = name.substring("metadata[".length(), name.length() - 1);
                checkMetadata(key, value);
                metadata.put(key, value);
            }
        });
        if (metadata.size() > Limits.METADATA_KEYS_MAX) {
            throw StripeRefusal.parameter(
                    "parameter_unknown", "metadata", "Metadata can have up to 50 keys.");
        }
        return metadata;
    }

    private static void checkMetadata(String key, String value) {
        if (key.length() > Limits.METADATA_KEY_CHARS_MAX) {
            throw StripeRefusal.parameter(
                    "parameter_unknown", "metadata", "Metadata keys can be up to 40 characters.");
        }
        if (value.length() > Limits.METADATA_VALUE_CHARS_MAX) {
            throw StripeRefusal.parameter(
                    "parameter_unknown",
                    "metadata[" + key + "]",
                    "Metadata values can have up to 500 characters.");
        }
    }

    /** Whether the answer shall hold the whole latest charge instead of its id. */
    boolean expandsLatestCharge() {
        return expands(Set.of("latest_charge", "data.latest_charge"));
    }

    /** Whether the answer shall hold the whole charge instead of its id. */
    boolean expandsCharge() {
        return expands(Set.of("charge"));
    }

    private boolean expands(Set<String> properties) {
        boolean wanted = false;
        for (Map.Entry<String, String> entry : values.entrySet()) {
            if (entry.getKey().startsWith("expand[")) {
                if (!properties.contains(entry.getValue())) {
                    throw StripeRefusal.parameter(
                            "parameter_unknown",
                            "expand",
                            "This property cannot be expanded (" + entry.getValue() + ").");
                }
                wanted = true;
            }
        }
        return wanted;
    }

    /**
     * Refuses every parameter that the operation does not know.
     *
     * @param known names; {@code metadata} and {@code expand} stand for their entries
     */
    void allowOnly(Set<String> known) {
        for (String name : values.keySet()) {
            String bare = name.replaceAll("\\[\\d+]$", "[]");
            String root = name.replaceAll("\\[.*$", "");
            boolean nested = root.equals("metadata") || root.equals("expand");
            if (!known.contains(bare)
                    && !(nested && known.contains(root))
                    && !(known.contains("payment_method") && WITHOUT_EFFECT.contains(bare))) {
                throw StripeRefusal.parameter(
                        "parameter_unknown", name, "Received unknown parameter: " + name);
            }
        }
    }
}
