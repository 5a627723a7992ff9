package io.paybeacon.server.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Follows {@code ${env:NAME}} and {@code ${file:path}}. A secret never stands in the configuration
 * itself, and no message quotes what stands there.
 */
final class SecretReferences {
    /** A secret, in bytes. */
    static final int BYTES_MAX = 16 * 1024;

    private static final Pattern FORM = Pattern.compile("\\$\\{(env|file):([^}]+)}");

    private final FileReader files;
    private final Map<String, String> environment;

    /** Reads a file by the name that the configuration gives it. */
    @FunctionalInterface
    interface FileReader {
        byte[] read(String name, int bytesMax) throws IOException;
    }

    /** References of a file. */
    SecretReferences(FileReader files, Map<String, String> environment) {
        this.files = files;
        this.environment = Map.copyOf(environment);
    }

    /** A reference that leads nowhere; the message says why and what to do. */
    static final class BadReference extends Exception {
        private static final long serialVersionUID = 1L;

        BadReference(String message) {
            super(message);
        }
    }

    /** Whether a text has the form of a reference. */
    static boolean isReference(String text) {
        return FORM.matcher(text.strip()).matches();
    }

    /** The secret that a reference leads to, without white space around it; never empty. */
    String follow(String reference, int bytesMax) throws BadReference {
        Matcher matcher = FORM.matcher(reference.strip());
        if (!matcher.matches()) {
            throw new BadReference(
                    "a secret must be a reference, so that it never stands in this file; write"
                            + " ${env:NAME} or ${file:path}");
        }
        String target = matcher.group(2);
        return matcher.group(1).equals("env") ? environment(target) : file(target, bytesMax);
    }

    private String environment(String name) throws BadReference {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new BadReference(
                    "the environment variable " + name + " is not set; set it or name another");
        }
        return value.strip();
    }

    private String file(String name, int bytesMax) throws BadReference {
        try {
            String value = new String(files.read(name, bytesMax), StandardCharsets.UTF_8).strip();
            if (value.isEmpty()) {
                throw new BadReference("the file " + name + " is empty; write the secret into it");
            }
            return value;
        } catch (IOException e) {
            throw new BadReference(
                    "the file %s cannot be read (%s); create it or name another"
                            .formatted(name, ReadingContext.why(e)));
        }
    }
}
