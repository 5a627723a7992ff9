package io.paybeacon.embedded.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * A directory of a file system. Which file was begun last is told by a file beside the directory,
 * with a checksum of its own.
 */
public final class DiskLogDirectory implements LogDirectory {
    private final Path directory;
    private final Path newest;

    /** Uses the directory, which is made if it does not exist. */
    public DiskLogDirectory(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
        this.newest = directory.resolveSibling(directory.getFileName() + ".newest");
    }

    /**
     * Makes what was created in or deleted from a directory outlive a crash of the machine: on
     * POSIX file systems a name belongs to the directory, not to the file.
     */
    public static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Override
    public LogFile open(String name) throws IOException {
        Path path = directory.resolve(name);
        boolean fresh = Files.notExists(path);
        FileChannel channel =
                FileChannel.open(
                        path,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (fresh) {
            forceDirectory(directory);
        }
        return new DiskLogFile(channel);
    }

    @Override
    public void begun(String name) throws IOException {
        replace(newest, name + " " + checksum(name) + "\n");
    }

    @Override
    public Optional<String> newest() throws IOException {
        if (Files.notExists(newest)) {
            return Optional.empty();
        }
        String[] words =
                Files.readString(newest, StandardCharsets.ISO_8859_1).strip().split(" ", -1);
        if (words.length != 2 || !words[1].equals(checksum(words[0]))) {
            throw new CorruptLogException(
                    "%s, offset 0: its checksum is wrong. %s"
                            .formatted(newest, CorruptLogException.REMEDY));
        }
        return Optional.of(words[0]);
    }

    /** Writes a file whole, durably, in place of the one of that name. */
    public static void replace(Path file, String text) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        try (FileChannel channel =
                FileChannel.open(
                        fresh,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        Path parent = file.toAbsolutePath().getParent();
        if (parent != null) {
            forceDirectory(parent);
        }
    }

    private static String checksum(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    @Override
    public void delete(String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    private record DiskLogFile(FileChannel channel) implements LogFile {
        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public int read(long position, ByteBuffer into) throws IOException {
            int start = into.position();
            while (into.hasRemaining()) {
                if (channel.read(into, position + into.position() - start) < 0) {
                    break;
                }
            }
            return into.position() - start;
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            long position = channel.size();
            while (bytes.hasRemaining()) {
                position += channel.write(bytes, position);
            }
        }

        @Override
        public void force() throws IOException {
            channel.force(false);
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
