package io.paybeacon.embedded;

import io.paybeacon.embedded.log.DiskLogDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * The directory of an engine: its lock, its format, and the places of log and cold store in it. The
 * lock is the operating system's, so it goes with the process that held it.
 */
final class DataDirectory implements AutoCloseable {
    private static final String FORMAT = "paybeacon-embedded ";
    private static final int VERSION = 1;

    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
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
            checkFormat(root);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
        return new DataDirectory(root, channel);
    }

    Path log() {
        return root.resolve("log");
    }

    Path cold() {
        return root.resolve("cold");
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

    private static void checkFormat(Path root) throws IOException {
        Path file = root.resolve("format");
        if (Files.notExists(file)) {
            Path fresh = root.resolve("format.new");
            Files.writeString(fresh, FORMAT + VERSION + "\n", StandardOpenOption.CREATE);
            try (FileChannel channel = FileChannel.open(fresh, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            DiskLogDirectory.forceDirectory(root);
            return;
        }
        String format = Files.readString(file).strip();
        if (!format.equals(FORMAT + VERSION)) {
            throw new IOException(
                    ("the data directory %s is in format '%s', and this version reads '%s%d':"
                                    + " start the version that wrote it, or give this one a"
                                    + " directory of its own")
                            .formatted(root, format, FORMAT, VERSION));
        }
    }
}
