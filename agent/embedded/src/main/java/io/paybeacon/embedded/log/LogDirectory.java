package io.paybeacon.embedded.log;

import java.io.IOException;
import java.util.List;

/** Where log segments are kept: the port to the disk. */
public interface LogDirectory {
    /** The names of all files, ascending. */
    List<String> names() throws IOException;

    /** Opens a file to read and append. One that does not exist is made, durably and empty. */
    LogFile open(String name) throws IOException;

    /** Deletes a closed file. */
    void delete(String name) throws IOException;
}
