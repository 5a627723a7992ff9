package io.paybeacon.probe.plan;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.PathNotFoundException;
import com.jayway.jsonpath.spi.json.JacksonJsonProvider;
import com.jayway.jsonpath.spi.mapper.JacksonMappingProvider;
import org.jspecify.annotations.Nullable;

/** A JSON path that names exactly one place: no wildcard, filter, slice or function. */
public final class DocumentPath {

    private static final Configuration CONFIGURATION =
            Configuration.builder()
                    .jsonProvider(new JacksonJsonProvider())
                    .mappingProvider(new JacksonMappingProvider())
                    .build();

    private final String text;
    private final JsonPath path;

    private DocumentPath(String text, JsonPath path) {
        this.text = text;
        this.path = path;
    }

    /**
     * Reads a path such as {@code $.error.code} or {@code $['a b'][0]}.
     *
     * @throws IllegalArgumentException if it is not a path, or may name several places
     */
    public static DocumentPath parse(String text) {
        JsonPath path;
        try {
            path = JsonPath.compile(text);
        } catch (InvalidPathException | IllegalArgumentException e) {
            throw new IllegalArgumentException("it is not a JSON path: " + e.getMessage(), e);
        }
        if (!text.startsWith("$") || !path.isDefinite() || text.contains("(")) {
            throw new IllegalArgumentException(
                    "a JSON path must name one place, as $.error.code does");
        }
        return new DocumentPath(text, path);
    }

    /**
     * What stands there: a map, a list, a {@link Value}, or null when nothing or a null does.
     *
     * @param document maps, lists and values, as {@link JsonDocument} reads them
     */
    public @Nullable Object read(Object document) {
        try {
            return path.read(document, CONFIGURATION);
        } catch (PathNotFoundException e) {
            return null;
        } catch (JsonPathException e) {
            // A path that steps into a scalar.
            return null;
        }
    }

    /** The path as it was written. */
    @Override
    public String toString() {
        return text;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof DocumentPath path && path.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }
}
