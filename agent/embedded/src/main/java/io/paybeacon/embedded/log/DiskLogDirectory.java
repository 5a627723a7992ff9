package io.paybeacon.embedded.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/** A directory of a file system. */
public final class DiskLogDirectory implements LogDirectory {
    private final Path directory;

    /** Uses the directory, which is made if it does not exist. */
    public DiskLogDirectory(Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
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
