package io.paybeacon.embedded.store;

import java.io.IOException;

/** Where checkpoints are written: the port to the cold store. */
@FunctionalInterface
public interface CheckpointWriter {
    /** Writes a checkpoint and returns when it is on the disk. */
    void write(Checkpoint checkpoint) throws IOException;
}
