package io.paybeacon.embedded;

import io.paybeacon.embedded.log.LogDirectory;
import io.paybeacon.embedded.log.LogFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A directory whose process dies at a chosen step: each file made, deleted or cut, each forced
 * write, and each append three times (before it, with a part of it written, after it) is one step.
 */
final class FaultyLogDirectory implements LogDirectory {
    private final LogDirectory real;
    private final Faults faults;

    FaultyLogDirectory(LogDirectory real, Faults faults) {
        this.real = real;
        this.faults = faults;
    }

    @Override
    public List<String> names() throws IOException {
        return real.names();
    }

    @Override
    public LogFile open(String name) throws IOException {
        faults.step();
        return new FaultyFile(real.open(name));
    }

    @Override
    public void begun(String name) throws IOException {
        faults.step();
        real.begun(name);
    }

    @Override
    public Optional<String> newest() throws IOException {
        return real.newest();
    }

    @Override
    public void delete(String name) throws IOException {
        faults.step();
        real.delete(name);
    }

    private final class FaultyFile implements LogFile {
        private final LogFile file;

        FaultyFile(LogFile file) {
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
            faults.step();
            if (faults.nextIsLast()) {
                // How much of it is written depends on the bytes alone, so a seed repeats it.
                ByteBuffer part = bytes.duplicate();
                part.limit(part.position() + Math.floorMod(bytes.hashCode(), bytes.remaining()));
                file.append(part);
            }
            faults.step();
            file.append(bytes);
            faults.step();
        }

        @Override
        public void force() throws IOException {
            faults.step();
            file.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            faults.step();
            file.truncate(size);
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }
}
