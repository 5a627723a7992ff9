package io.paybeacon.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows {@code ${env:NAME}} and {@code ${file:path}}. A secret never stands in the configuration
 * itself, and no message quotes what stands there.
 */
final class SecretReferences {
    private static final Pattern FORM = Pattern.compile("\\$\\{(env|file):([^}]+)}");
    private static final int FILE_BYTES_MAX = 16 * 1024;

    private final Path directory;
    private final Map<String, String> environment;

    /**
     * References of a file.
     *
     * @param directory that relative paths start from
     */
    SecretReferences(Path directory, Map<String, String> environment) {
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    /** A reference that leads nowhere; the message says why and what to do. */
    static final class BadReference extends Exception {
        private static final long serialVersionUID = 1L;

        BadReference(String message) {
            super(message);
        }
    }

    /** The secret that a reference leads to, without white space around it; never empty. */
    String follow(String reference) throws BadReference {
        Matcher matcher = FORM.matcher(reference.strip());
        if (!matcher.matches()) {
            throw new BadReference(
                    "a secret must be a reference, so that it never stands in this file; write"
                            + " ${env:NAME} or ${file:path}");
        }
        String target = matcher.group(2);
        return matcher.group(1).equals("env") ? environment(target) : file(target);
    }

    private String environment(String name) throws BadReference {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new BadReference(
                    "the environment variable " + name + " is not set; set it or name another");
        }
        return value.strip();
    }

    private String file(String name) throws BadReference {
        Path file = directory.resolve(name);
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new BadReference(
                        "the file " + file + " is too large to hold a secret; at most 16 KiB");
            }
            String value = Files.readString(file, StandardCharsets.UTF_8).strip();
            if (value.isEmpty()) {
                throw new BadReference("the file " + file + " is empty; write the secret into it");
            }
            return value;
        } catch (IOException e) {
            throw new BadReference(
                    "the file "
                            + file
                            + " cannot be read ("
                            + e.getClass().getSimpleName()
                            + "); create it or name another");
        }
    }
}
