package io.paybeacon.server.config;

import io.paybeacon.probe.secret.Secret;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Problems;
import io.paybeacon.probe.yaml.YamlNode;
import io.paybeacon.server.config.SecretReferences.BadReference;
import io.paybeacon.server.config.schema.Shape;
import io.paybeacon.server.config.schema.Shape.Group;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the readers of one configuration share. Confined to one reading. */
final class ReadingContext {
    private static final Pattern NAME = Pattern.compile(Shape.NAME_PATTERN);

    private final Path directory;
    private final Problems problems;
    private final Instant now;
    private final Map<Path, String> digests = new HashMap<>();
    private final SecretReferences secrets;

    /**
     * For one reading.
     *
     * @param directory that relative paths start from
     * @param now by the agent's clock, for what expires
     */
    ReadingContext(
            Path directory, Problems problems, Map<String, String> environment, Instant now) {
        this.directory = directory;
        this.problems = problems;
        this.now = now;
        this.secrets = new SecretReferences(this::read, environment);
    }

    Instant now() {
        return now;
    }

    Problems problems() {
        return problems;
    }

    /** What was read so far. */
    ConfigFiles files() {
        return new ConfigFiles(digests);
    }

    /** The full path of a file. */
    Path resolve(String name) {
        return directory.resolve(name).normalize();
    }

    /** The keys of a mapping, of which only the declared ones may occur. */
    Fields fields(YamlNode node, String where, Group group) {
        return Fields.of(node, where, group.names(), problems);
    }

    /** The content of a file, which counts as one that the configuration depends on. */
    byte[] read(Path file, int bytesMax) throws IOException {
        digests.put(file, ConfigFiles.digestOf(file));
        if (Files.isDirectory(file)) {
            throw new UnusableFileException("it is a directory");
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            // A pipe would be waited for, and a device may have no end.
            throw new UnusableFileException("it is a pipe or a device");
        }
        if (Files.size(file) > bytesMax) {
            throw new UnusableFileException("larger than " + bytesMax / 1024 + " KiB");
        }
        byte[] content = Files.readAllBytes(file);
        digests.put(file, ConfigFiles.digestOf(content));
        return content;
    }

    /** The content of a text file below the folder of the configuration. */
    private byte[] read(String name, int bytesMax) throws IOException {
        return read(resolve(name), bytesMax);
    }

    /** The text in a file. */
    String readText(Path file, int bytesMax) throws IOException {
        byte[] content = read(file, bytesMax);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString();
        } catch (CharacterCodingException e) {
            throw new UnusableFileException("it is not text in UTF-8");
        }
    }

    /** Why a file could not be read, for people. */
    static String why(IOException e) {
        return switch (e) {
            case UnusableFileException _ -> String.valueOf(e.getMessage());
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "the agent's user may not read it";
            default -> e.getClass().getSimpleName();
        };
    }

    /** A file that can be read, and is of no use; the message says why. */
    static final class UnusableFileException extends IOException {
        private static final long serialVersionUID = 1L;

        UnusableFileException(String why) {
            super(why);
        }
    }

    /** Reports a name that users must not choose. */
    void checkName(String where, String name, int line) {
        if (!NAME.matcher(name).matches()) {
            problems.add(
                    line,
                    where + "." + name,
                    "it cannot be a name; write at most 32 lower-case letters, digits, _ and -,"
                            + " with a letter first");
        }
    }

    /** What a reference leads to, or null with a problem added. */
    @Nullable String follow(YamlNode node, String path, int bytesMax) {
        String reference = node instanceof YamlNode.Scalar scalar ? scalar.value().text() : "";
        try {
            return secrets.follow(reference, bytesMax);
        } catch (BadReference e) {
            problems.add(node.line(), path, String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** The secret that a node refers to, or nothing with a problem added. */
    Optional<Secret> secret(YamlNode node, String path) {
        String value = follow(node, path, SecretReferences.BYTES_MAX);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Secret.of(value));
        } catch (IllegalArgumentException e) {
            problems.add(node.line(), path, e.getMessage() + "; put the secret alone there");
            return Optional.empty();
        }
    }

    /** The secret that a key refers to; empty when it is absent or wrong. */
    Optional<Secret> secret(Fields fields, String key) {
        return fields.node(key).flatMap(node -> secret(node, fields.path(key)));
    }

    /** A user's name and password, both or none. */
    Optional<Login> login(Fields fields) {
        Optional<Secret> user = secret(fields, "user");
        Optional<Secret> password = secret(fields, "password");
        if (fields.has("user") && !fields.has("password")) {
            fields.missing("password", "a user needs one");
        }
        if (fields.has("password") && !fields.has("user")) {
            fields.missing("user", "a password needs one");
        }
        return user.flatMap(name -> password.map(word -> new Login(name, word)));
    }

    /** The URL of a key; empty, with a problem added, when it is absent or wrong. */
    Optional<URI> url(Fields fields, String key, String example) {
        if (!fields.has(key)) {
            fields.missing(key, "write a URL such as " + example);
            return Optional.empty();
        }
        String text = fields.optionalText(key, "write a URL such as " + example).orElse(null);
        return text == null ? Optional.empty() : url(fields, key, text, example);
    }

    private static Optional<URI> url(Fields fields, String key, String text, String example) {
        URI url;
        try {
            url = new URI(text);
        } catch (URISyntaxException e) {
            url = URI.create("");
        }
        if (url.getHost() == null || !text.matches("(?s)https?://.*")) {
            fields.problem(key, "it is not a URL; write one such as " + example);
            return Optional.empty();
        }
        if (url.getRawUserInfo() != null) {
            fields.problem(
                    key,
                    "a user or password stands in the URL; secrets are references under keys of"
                            + " their own");
            return Optional.empty();
        }
        if (url.getPort() == 0 || url.getPort() > 65_535) {
            fields.problem(key, "the port is not from 1 to 65535");
            return Optional.empty();
        }
        if (url.getRawFragment() != null) {
            fields.problem(key, "it has a fragment (#), which is never sent; leave it out");
            return Optional.empty();
        }
        return Optional.of(url);
    }

    /** One of a few words, exactly as written; empty, with a problem added, when it is none. */
    <E extends Enum<E>> Optional<E> word(
            Fields fields, String key, Class<E> type, Function<E, String> label) {
        String all =
                java.util.Arrays.stream(type.getEnumConstants())
                        .map(label)
                        .collect(Collectors.joining(", "));
        String text = fields.optionalText(key, "write one of " + all).orElse(null);
        if (text == null) {
            return Optional.empty();
        }
        for (E constant : type.getEnumConstants()) {
            if (label.apply(constant).equals(text)) {
                return Optional.of(constant);
            }
        }
        fields.problem(key, "\"%s\" is unknown; write one of %s".formatted(text, all));
        return Optional.empty();
    }
}
