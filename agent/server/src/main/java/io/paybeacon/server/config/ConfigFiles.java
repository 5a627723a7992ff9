package io.paybeacon.server.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The files that a configuration was read from, each with a digest of what stood in it: the file
 * itself, plans, secrets, certificates; those that could not be read included. Immutable.
 *
 * @param digests by the file's path; a digest says nothing of the content to people
 */
public record ConfigFiles(Map<Path, String> digests) {
    /** A file that is larger than this is told apart by its size and time alone. */
    static final long DIGEST_BYTES_MAX = 4L << 20;

    private static final String ABSENT = "absent";

    /** A folder, a pipe or a device, which is not read. */
    private static final String NO_FILE = "no file";

    public ConfigFiles {
        digests = Collections.unmodifiableMap(new TreeMap<>(digests));
    }

    /** The same files as they are now. Blocks on the disk. */
    public ConfigFiles now() {
        Map<Path, String> current = new TreeMap<>();
        digests.keySet().forEach(file -> current.put(file, digestOf(file)));
        return new ConfigFiles(current);
    }

    /** The digest of a file's content. Symbolic links are followed. */
    static String digestOf(Path file) {
        if (!Files.isRegularFile(file)) {
            return Files.exists(file) ? NO_FILE : ABSENT;
        }
        try {
            long size = Files.size(file);
            if (size > DIGEST_BYTES_MAX) {
                return "%d bytes of %s".formatted(size, Files.getLastModifiedTime(file));
            }
            return digestOf(Files.readAllBytes(file));
        } catch (IOException e) {
            return ABSENT;
        }
    }

    /** The digest of a content. */
    static String digestOf(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every JDK", e);
        }
    }
}
