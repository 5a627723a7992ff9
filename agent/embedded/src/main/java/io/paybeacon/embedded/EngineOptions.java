package io.paybeacon.embedded;

import java.nio.file.Path;
import java.time.Duration;

/**
 * The limits of an embedded engine that its owner sets; {@link Limits} has the fixed ones.
 *
 * @param directory holds everything durable; one process at a time
 * @param queuedEventsMax how many accepted events may wait to become durable
 * @param acceptEventsMax how many events one call may bring; they become one epoch, so that all or
 *     none are durable
 * @param epochEventsMax how many events of several calls become one epoch
 * @param epochBytes how large a record is meant to be: with larger ones a forced write takes
 *     milliseconds instead of a part of one. One call's events may exceed it
 * @param linger how long an epoch that is not full waits for more
 * @param segmentBytes how large a log file grows before a checkpoint follows it
 * @param undeliveredBytesMax how much may wait for the sink before no more events are accepted
 * @param cacheEntriesMax how many states are touched before a checkpoint, after which those not
 *     touched again leave memory. Memory holds at most about twice as many
 * @param freeBytesMin with fewer free bytes on the disk nothing is accepted
 */
public record EngineOptions(
        Path directory,
        int queuedEventsMax,
        int acceptEventsMax,
        int epochEventsMax,
        int epochBytes,
        Duration linger,
        long segmentBytes,
        long undeliveredBytesMax,
        int cacheEntriesMax,
        long freeBytesMin) {
    /** A state takes some 500 bytes, and eight times as many as one generation may be in memory. */
    private static final long ENTRY_HEAP_BYTES = 4 << 10;

    public EngineOptions {
        requirePositive(queuedEventsMax, "queuedEventsMax");
        requirePositive(acceptEventsMax, "acceptEventsMax");
        requirePositive(epochEventsMax, "epochEventsMax");
        requirePositive(epochBytes, "epochBytes");
        requirePositive(segmentBytes, "segmentBytes");
        requirePositive(undeliveredBytesMax, "undeliveredBytesMax");
        requirePositive(cacheEntriesMax, "cacheEntriesMax");
        if (freeBytesMin < 0) {
            throw new IllegalArgumentException("freeBytesMin is negative: " + freeBytesMin);
        }
        if (linger.isNegative()) {
            throw new IllegalArgumentException("linger is negative: " + linger);
        }
        if (acceptEventsMax > queuedEventsMax) {
            throw new IllegalArgumentException(
                    "acceptEventsMax %d is above queuedEventsMax %d, so such a call could never fit"
                            .formatted(acceptEventsMax, queuedEventsMax));
        }
    }

    /**
     * The defaults: what is kept in memory follows from how large the heap may grow.
     *
     * @param heapBytes how large that is
     */
    public static EngineOptions in(Path directory, long heapBytes) {
        return in(directory)
                .withCacheEntriesMax(Math.clamp(heapBytes / ENTRY_HEAP_BYTES, 16_384, 500_000))
                .withSegmentBytes(Math.clamp(heapBytes / 16, 4L << 20, 64L << 20));
    }

    /** The defaults of a process with a large heap. */
    public static EngineOptions in(Path directory) {
        return new EngineOptions(
                directory,
                65_536,
                16_384,
                4_096,
                512 * 1024,
                Duration.ofMillis(2),
                64L << 20,
                64L << 20,
                500_000,
                128L << 20);
    }

    /** The same with another {@link #queuedEventsMax}. */
    public EngineOptions withQueuedEventsMax(int events) {
        return new EngineOptions(
                directory,
                events,
                Math.min(acceptEventsMax, events),
                epochEventsMax,
                epochBytes,
                linger,
                segmentBytes,
                undeliveredBytesMax,
                cacheEntriesMax,
                freeBytesMin);
    }

    /** The same with another {@link #acceptEventsMax}. */
    public EngineOptions withAcceptEventsMax(int events) {
        return new EngineOptions(
                directory,
                queuedEventsMax,
                events,
                epochEventsMax,
                epochBytes,
                linger,
                segmentBytes,
                undeliveredBytesMax,
                cacheEntriesMax,
                freeBytesMin);
    }

    /** The same with another {@link #epochEventsMax}. */
    public EngineOptions withEpochEventsMax(int events) {
        return new EngineOptions(
                directory,
                queuedEventsMax,
                acceptEventsMax,
                events,
                epochBytes,
                linger,
                segmentBytes,
                undeliveredBytesMax,
                cacheEntriesMax,
                freeBytesMin);
    }

    /** The same with another {@link #epochBytes}. */
    public EngineOptions withEpochBytes(int bytes) {
        return new EngineOptions(
                directory,
                queuedEventsMax,
                acceptEventsMax,
                epochEventsMax,
                bytes,
                linger,
                segmentBytes,
                undeliveredBytesMax,
                cacheEntriesMax,
                freeBytesMin);
    }

    /** The same with another {@link #linger}. */
    public EngineOptions withLinger(Duration wait) {
        return new EngineOptions(
                directory,
                queuedEventsMax,
                acceptEventsMax,
                epochEventsMax,
                epochBytes,
                wait,
                segmentBytes,
                undeliveredBytesMax,
                cacheEntriesMax,
                freeBytesMin);
    }

    /** The same with another {@link #segmentBytes}. */
    public EngineOptions withSegmentBytes(long bytes) {
        return new EngineOptions(
                directory,
                queuedEventsMax,
                acceptEventsMax,
                epochEventsMax,
                epochBytes,
                linger,
                bytes,
                undeliveredBytesMax,
                cacheEntriesMax,
                freeBytesMin);
    }

    /** The same with another {@link #undeliveredBytesMax}. */
    public EngineOptions withUndeliveredBytesMax(long bytes) {
        return new EngineOptions(
                directory,
                queuedEventsMax,
                acceptEventsMax,
                epochEventsMax,
                epochBytes,
                linger,
                segmentBytes,
                bytes,
                cacheEntriesMax,
                freeBytesMin);
    }

    /** The same with another {@link #cacheEntriesMax}. */
    public EngineOptions withCacheEntriesMax(int entries) {
        return new EngineOptions(
                directory,
                queuedEventsMax,
                acceptEventsMax,
                epochEventsMax,
                epochBytes,
                linger,
                segmentBytes,
                undeliveredBytesMax,
                entries,
                freeBytesMin);
    }

    /** The same with another {@link #freeBytesMin}. */
    public EngineOptions withFreeBytesMin(long bytes) {
        return new EngineOptions(
                directory,
                queuedEventsMax,
                acceptEventsMax,
                epochEventsMax,
                epochBytes,
                linger,
                segmentBytes,
                undeliveredBytesMax,
                cacheEntriesMax,
                bytes);
    }

    private static void requirePositive(long value, String name) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " is not positive: " + value);
        }
    }
}
