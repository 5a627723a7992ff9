package io.paybeacon.embedded;

import io.paybeacon.embedded.log.LogDirectory;
import io.paybeacon.embedded.log.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A directory whose forced writes are held back. */
final class HeldLogDirectory implements LogDirectory {
    private final LogDirectory real;
    private final HeldDisk disk;

    HeldLogDirectory(LogDirectory real, HeldDisk disk) {
        this.real = real;
        this.disk = disk;
    }

    @Override
    public List<String> names() throws IOException {
        return real.names();
    }

    @Override
    public LogFile open(String name) throws IOException {
        return new HeldFile(real.open(name));
    }

    @Override
    public void begun(String name) throws IOException {
        real.begun(name);
    }

    @Override
    public Optional<String> newest() throws IOException {
        return real.newest();
    }

    @Override
    public void delete(String name) throws IOException {
        real.delete(name);
    }

    private final class HeldFile implements LogFile {
        private final LogFile file;

        HeldFile(LogFile file) {
            this.file = file;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public int read(long position, ByteBuffer into) throws IOException {
            return file.read(position, into);
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            file.append(bytes);
        }

        @Override
        public void force() throws IOException {
            disk.hold();
            file.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
