package io.paybeacon.server.findings;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * What tells one data directory from every other: a random id in a file, made once. The findings in
 * a database follow from the data of one engine, and must not be taken for those of another.
 */
final class DataIdentity {
    private static final String FILE = "identity";

    private DataIdentity() {}

    /** The id in the directory, made when there is none. Blocks on the disk. */
    static String of(Path directory) {
        Path file = directory.resolve(FILE);
        try {
            Files.createDirectories(directory);
            if (!Files.exists(file)) {
                write(file, UUID.randomUUID().toString());
            }
            return UUID.fromString(Files.readString(file).strip()).toString();
        } catch (IOException | IllegalArgumentException e) {
            throw new FindingStoreException(
                    "The file "
                            + file
                            + ", which tells this agent's data from others, cannot be read or"
                            + " made: "
                            + e.getMessage(),
                    e);
        }
    }

    private static void write(Path file, String id) throws IOException {
        Path next = file.resolveSibling(FILE + ".new");
        try (FileChannel out =
                FileChannel.open(
                        next,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            out.write(StandardCharsets.UTF_8.encode(id + "\n"));
            out.force(true);
        }
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
