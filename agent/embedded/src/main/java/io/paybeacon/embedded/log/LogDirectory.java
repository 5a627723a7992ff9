package io.paybeacon.embedded.log;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Where log segments are kept: the port to the disk. */
public interface LogDirectory {
    /** The names of all files, ascending. */
    List<String> names() throws IOException;

    /** Opens a file to read and append. One that does not exist is made, durably and empty. */
    LogFile open(String name) throws IOException;

    /**
     * Remembers which file was begun last, outside of the files, so that its loss is seen. Durable
     * when this returns.
     */
    void begun(String name) throws IOException;

    /**
     * The file that was begun last, be it there or not.
     *
     * @throws CorruptLogException if that cannot be told
     */
    Optional<String> newest() throws IOException;

    /** Deletes a closed file. */
    void delete(String name) throws IOException;
}
