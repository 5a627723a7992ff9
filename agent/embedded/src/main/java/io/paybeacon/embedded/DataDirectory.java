package io.paybeacon.embedded;

import io.paybeacon.embedded.log.DiskLogDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory of an engine: its lock, its format, and the places of log and cold store in it. The
 * lock is the operating system's, so it goes with the process that held it.
 */
final class DataDirectory implements AutoCloseable {
    /** Where the store is. */
    static final String COLD = "cold";

    private static final String FORMAT = "paybeacon-embedded ";
    private static final int VERSION = 2;

    /** Had deadlines by key in the store, and no receipts in the log. */
    private static final int VERSION_MIN = 1;

    private final Path root;
    private final FileChannel lock;
    private final int version;

    private DataDirectory(Path root, FileChannel lock, int version) {
        this.root = root;
        this.lock = lock;
        this.version = version;
    }

    /**
     * Takes the directory, which is made if it does not exist.
     *
     * @throws IOException if another process has it, or a later version wrote it
     */
    static DataDirectory take(Path root) throws IOException {
        Files.createDirectories(root);
        FileChannel channel =
                FileChannel.open(
                        root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (tryLock(channel) == null) {
                throw new IOException(
                        ("the data directory %s is in use by another process: stop it, or give"
                                        + " this one a directory of its own")
                                .formatted(root));
            }
            return new DataDirectory(root, channel, version(root));
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Whether nothing was ever kept in it. */
    boolean fresh() {
        return version == 0;
    }

    /** What is in it is of this build's format from now on. */
    void seal() throws IOException {
        if (version != VERSION) {
            seal(root);
        }
    }

    /** Marks a directory as one of this build's format. */
    static void seal(Path root) throws IOException {
        DiskLogDirectory.replace(root.resolve("format"), FORMAT + VERSION + "\n");
    }

    Path log() {
        return root.resolve("log");
    }

    Path cold() {
        return root.resolve(COLD);
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The version of its format; 0 when it has none yet. */
    private static int version(Path root) throws IOException {
        Path file = root.resolve("format");
        if (Files.notExists(file)) {
            return 0;
        }
        String format = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        for (int known = VERSION_MIN; known <= VERSION; known++) {
            if (format.equals(FORMAT + known)) {
                return known;
            }
        }
        throw new IOException(
                ("the data directory %s is in format '%s', and this version reads '%s%d':"
                                + " start the version that wrote it, or give this one a directory"
                                + " of its own")
                        .formatted(root, format, FORMAT, VERSION));
    }
}
