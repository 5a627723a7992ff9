package io.paybeacon.embedded.log;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** One file of a {@link LogDirectory}. Used by one thread at a time. */
public interface LogFile extends Closeable {
    /** How many bytes it holds. */
    long size() throws IOException;

    /**
     * Reads bytes from a position on until the buffer is full or the file ends.
     *
     * @return how many
     */
    int read(long position, ByteBuffer into) throws IOException;

    /**
     * Writes all bytes at the end. They outlive a crash of the machine only after {@link #force}.
     */
    void append(ByteBuffer bytes) throws IOException;

    /** Returns when everything appended is on the disk. */
    void force() throws IOException;

    /** Cuts everything behind the first {@code size} bytes off, durably. */
    void truncate(long size) throws IOException;
}
