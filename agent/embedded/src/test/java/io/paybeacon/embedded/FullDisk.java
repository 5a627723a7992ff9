package io.paybeacon.embedded;

import io.paybeacon.embedded.log.LogDirectory;
import io.paybeacon.embedded.log.LogFile;
import io.paybeacon.embedded.store.CheckpointWriter;
import io.paybeacon.embedded.store.ColdStore;
import io.paybeacon.embedded.store.NoSpaceException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The real disk, but for what a test makes of it: full, nearly full, or failing. */
final class FullDisk implements Disk {
    static final String NO_SPACE = "No space left on device";

    volatile boolean logFull;
    volatile boolean storeFull;
    volatile boolean forceFails;
    volatile long freeBytes = 1L << 40;

    /** How many writes were refused. */
    volatile int refused;

    @Override
    public LogDirectory log(Path directory) throws IOException {
        LogDirectory real = Disk.super.log(directory);
        return new LogDirectory() {
            @Override
            public List<String> names() throws IOException {
                return real.names();
            }

            @Override
            public LogFile open(String name) throws IOException {
                return new FullFile(real.open(name));
            }

            @Override
            public void begun(String name) throws IOException {
                refuseIf(logFull);
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
        };
    }

    @Override
    public CheckpointWriter checkpoints(ColdStore cold) {
        return checkpoint -> {
            if (storeFull) {
                refuse();
                throw new NoSpaceException("cannot write", new IOException(NO_SPACE));
            }
            cold.write(checkpoint);
        };
    }

    @Override
    public long freeBytes(Path directory) {
        return freeBytes;
    }

    private void refuseIf(boolean full) throws IOException {
        if (full) {
            refuse();
            throw new IOException(NO_SPACE);
        }
    }

    private synchronized void refuse() {
        refused = refused + 1;
    }

    private final class FullFile implements LogFile {
        private final LogFile real;

        FullFile(LogFile real) {
            this.real = real;
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public int read(long position, ByteBuffer into) throws IOException {
            return real.read(position, into);
        }

        @Override
        public void append(ByteBuffer bytes) throws IOException {
            if (logFull) {
                // As disks do: a part fits.
                ByteBuffer part = bytes.duplicate();
                real.append(part.limit(part.position() + part.remaining() / 2));
            }
            refuseIf(logFull);
            real.append(bytes);
        }

        @Override
        public void force() throws IOException {
            if (forceFails) {
                throw new IOException("Input/output error");
            }
            real.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            real.truncate(size);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
