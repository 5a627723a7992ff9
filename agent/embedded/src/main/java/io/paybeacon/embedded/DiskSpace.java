package io.paybeacon.embedded;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Whether there is room for what would be accepted: nothing is while the disk is nearly full, or
 * while the log or the store waits for space, so that what was accepted before finds some. Safe for
 * use by many threads.
 */
final class DiskSpace {
    private static final System.Logger LOGGER = System.getLogger(DiskSpace.class.getName());
    private static final String REMEDY =
            "free space there or enlarge the disk; what was accepted is safe, and events are"
                    + " accepted again as soon as there is room";

    private final Path directory;
    private final long freeBytesMin;
    private final LongSupplier freeBytes;
    private final AtomicLong askedNanos;
    private volatile @Nullable String low;
    private volatile @Nullable String logWaits;
    private volatile @Nullable String storeWaits;

    /**
     * Looks at the disk.
     *
     * @param freeBytesMin with fewer nothing is accepted
     * @param freeBytes how many there are
     */
    DiskSpace(Path directory, long freeBytesMin, LongSupplier freeBytes) {
        this.directory = directory;
        this.freeBytesMin = freeBytesMin;
        this.freeBytes = freeBytes;
        this.askedNanos = new AtomicLong(System.nanoTime());
        look();
    }

    /** Why nothing is accepted at the moment, for people; null when there is room. */
    @Nullable String refusal() {
        long asked = askedNanos.get();
        long now = System.nanoTime();
        if (now - asked > Limits.DISK_LOOK_EVERY.toNanos()
                && askedNanos.compareAndSet(asked, now)) {
            look();
        }
        String waits = logWaits != null ? logWaits : storeWaits;
        return waits != null ? waits : low;
    }

    /** The log could not be written, and is tried again. */
    void logWaits(IOException cause) {
        if (logWaits == null) {
            logWaits = tell("the log", cause);
        }
    }

    /** The log is written again. */
    void logGoesOn() {
        if (logWaits != null) {
            logWaits = null;
            LOGGER.log(System.Logger.Level.INFO, "the log of {0} is written again", directory);
        }
    }

    /** The cold store could not be written, and is tried again. */
    void storeWaits(IOException cause) {
        if (storeWaits == null) {
            storeWaits = tell("the store", cause);
        }
    }

    /** The cold store is written again. */
    void storeGoesOn() {
        if (storeWaits != null) {
            storeWaits = null;
            LOGGER.log(System.Logger.Level.INFO, "the store of {0} is written again", directory);
        }
    }

    private String tell(String what, IOException cause) {
        String message =
                "%s in %s cannot be written (%s), and %d bytes are free: %s"
                        .formatted(what, directory, reason(cause), free(), REMEDY);
        LOGGER.log(System.Logger.Level.ERROR, message);
        return message;
    }

    private static String reason(Throwable error) {
        Throwable cause = error.getCause();
        return cause == null ? String.valueOf(error.getMessage()) : reason(cause);
    }

    private void look() {
        long free = free();
        if (free >= freeBytesMin) {
            if (low != null) {
                low = null;
                LOGGER.log(System.Logger.Level.INFO, "{0} has room again", directory);
            }
            return;
        }
        boolean news = low == null;
        String message =
                "the disk of %s has %d bytes free, and %d are needed: %s"
                        .formatted(directory, free, freeBytesMin, REMEDY);
        low = message;
        if (news) {
            LOGGER.log(System.Logger.Level.ERROR, message);
        }
    }

    /** How many bytes are free. */
    long free() {
        return freeBytes.getAsLong();
    }

    /** How long to wait before something is written again. */
    static long retryNanos() {
        return TimeUnit.MILLISECONDS.toNanos(Limits.WRITE_RETRY.toMillis());
    }
}
