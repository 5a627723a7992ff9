package io.paybeacon.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the webhook secret from where its option says; never says what it read. */
final class SecretText {
    private SecretText() {}

    static String fromEnvironment(String name) {
        String value = System.getenv(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(
                    "--webhook-secret-env: the environment has no variable " + name);
        }
        return value.strip();
    }

    static String fromFile(Path file) {
        try {
            String value = Files.readString(file).strip();
            if (value.isEmpty()) {
                throw new IllegalArgumentException("--webhook-secret-file: " + file + " is empty");
            }
            return value;
        } catch (IOException e) {
            throw new IllegalArgumentException("--webhook-secret-file: cannot read " + file, e);
        }
    }
}
