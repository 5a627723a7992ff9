package io.paybeacon.server.config.schema;

/**
 * One key of the configuration.
 *
 * @param name as it stands in the file
 * @param shape what its value looks like
 * @param standard what holds when it is absent, for people; empty when it must be there
 * @param meaning one sentence or a few, for people
 */
public record Key(String name, Shape shape, String standard, String meaning) {
    /** A key that must be there. */
    static Key required(String name, Shape shape, String meaning) {
        return new Key(name, shape, "", meaning);
    }

    /** A key that may be left out. */
    static Key optional(String name, Shape shape, String standard, String meaning) {
        if (standard.isEmpty()) {
            throw new IllegalArgumentException(name + " does not say what holds without it");
        }
        return new Key(name, shape, standard, meaning);
    }

    /** Whether the file is wrong without it. */
    public boolean required() {
        return standard.isEmpty();
    }
}
