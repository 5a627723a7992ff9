package io.paybeacon.catalog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Finds shipped plans by name. A name is its path without the ending. */
public final class Catalog {

    private static final List<String> NAMES =
            List.of(
                    "adyen/card-cancel",
                    "adyen/card-capture-refund",
                    "adyen/card-refused",
                    "adyen/health",
                    "adyen/three-d-secure",
                    "card/card-capture-refund",
                    "card/card-challenge",
                    "card/card-decline",
                    "card/health",
                    "paypal/card-authorise-capture-refund",
                    "paypal/card-authorise-void",
                    "paypal/card-decline",
                    "paypal/health",
                    "paypal/three-d-secure",
                    "stripe/balance",
                    "stripe/card-capture-refund",
                    "stripe/card-decline",
                    "stripe/health",
                    "stripe/three-d-secure");

    private Catalog() {}

    /** The names of all shipped plans. */
    public static List<String> names() {
        return NAMES;
    }

    /** The file name under which mistakes of a shipped plan are to be reported. */
    public static String fileName(String name) {
        return "catalog:" + name + ".yaml";
    }

    /**
     * The YAML of a shipped plan.
     *
     * @throws IllegalArgumentException if there is no plan of that name; the message lists all
     */
    public static String open(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "There is no shipped plan \"%s\"; there are %s"
                            .formatted(name, String.join(", ", NAMES)));
        }
        try (InputStream in = Catalog.class.getResourceAsStream(name + ".yaml")) {
            if (in == null) {
                throw new IllegalStateException("The plan " + name + " is not on the class path");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The plan " + name + " cannot be read", e);
        }
    }
}
