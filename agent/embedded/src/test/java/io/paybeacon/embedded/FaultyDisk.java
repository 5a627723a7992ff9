package io.paybeacon.embedded;

import io.paybeacon.embedded.log.LogDirectory;
import io.paybeacon.embedded.store.CheckpointWriter;
import io.paybeacon.embedded.store.ColdStore;
import java.io.IOException;
import java.nio.file.Path;

/** The real disk, with a death at a chosen step of the log or before or after a checkpoint. */
record FaultyDisk(Faults faults) implements Disk {
    @Override
    public LogDirectory log(Path directory) throws IOException {
        return new FaultyLogDirectory(Disk.super.log(directory), faults);
    }

    @Override
    public CheckpointWriter checkpoints(ColdStore cold) {
        return checkpoint -> {
            faults.step();
            cold.write(checkpoint);
            faults.step();
        };
    }
}
