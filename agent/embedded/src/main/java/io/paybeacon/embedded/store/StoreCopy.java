package io.paybeacon.embedded.store;

import java.io.IOException;
import java.nio.file.Path;

/** How the store is copied while it is used. */
@FunctionalInterface
public interface StoreCopy {
    /**
     * Makes a copy of the store as it is after the last checkpoint, durably.
     *
     * @param directory must not exist; its parent must
     */
    void to(Path directory) throws IOException;
}
