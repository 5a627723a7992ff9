package io.paybeacon.embedded;

import io.paybeacon.embedded.log.LogDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The real disk, but that forced writes of the log do not return before a latch opens. */
final class HeldDisk implements Disk {
    private final CountDownLatch open = new CountDownLatch(1);
    private final CountDownLatch writing = new CountDownLatch(1);

    @Override
    public LogDirectory log(Path directory) throws IOException {
        return new HeldLogDirectory(Disk.super.log(directory), this);
    }

    /** Lets writes return. */
    void open() {
        open.countDown();
    }

    /** Waits until something is being written. */
    void awaitWrite() throws InterruptedException {
        if (!writing.await(EngineFixture.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("waited in vain for a write");
        }
    }

    /** Holds a write back. */
    void hold() throws IOException {
        writing.countDown();
        try {
            if (!open.await(EngineFixture.PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("held for too long");
            }
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
