package io.paybeacon.embedded;

import io.paybeacon.embedded.log.DiskLogDirectory;
import io.paybeacon.embedded.log.LogDirectory;
import io.paybeacon.embedded.store.CheckpointWriter;
import io.paybeacon.embedded.store.ColdStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Every way in which an engine writes: the port at which a crash can be put in between. */
interface Disk {
    /** The disk of the machine. */
    Disk REAL = new Disk() {};

    /** Where the log is kept. */
    default LogDirectory log(Path directory) throws IOException {
        return new DiskLogDirectory(directory);
    }

    /** How many bytes are free where the directory lies; endless when that cannot be told. */
    default long freeBytes(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    /** How checkpoints reach the cold store. */
    default CheckpointWriter checkpoints(ColdStore cold) {
        return cold;
    }
}
