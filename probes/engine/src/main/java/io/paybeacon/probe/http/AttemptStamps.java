package io.paybeacon.probe.http;

import org.jspecify.annotations.Nullable;

/**
 * The moments of one attempt, taken by {@link ProbeChannel} and {@link HttpProbe} on the attempt's
 * event loop. Nanoseconds of {@link System#nanoTime()}; {@link #NEVER} marks what did not happen.
 */
final class AttemptStamps {

    /** A moment that did not come. */
    static final long NEVER = Long.MIN_VALUE;

    final long rawBytesMax;
    long started = NEVER;
    long resolveStarted = NEVER;
    long resolved = NEVER;
    long connectStarted = NEVER;
    long connected = NEVER;
    long handshaken = NEVER;
    long writeStarted = NEVER;
    long written = NEVER;
    long firstRead = NEVER;
    long lastRead = NEVER;
    long ended = NEVER;
    long rawBytes;
    boolean tooLarge;
    boolean deadlinePassed;
    boolean usesTls;
    private @Nullable ProbeChannel channel;

    AttemptStamps(long rawBytesMax) {
        this.rawBytesMax = rawBytesMax;
    }

    void born(ProbeChannel newChannel) {
        channel = newChannel;
    }

    @Nullable ProbeChannel channel() {
        return channel;
    }

    /** Closes the socket at once, whatever state the attempt is in. */
    void kill() {
        ProbeChannel current = channel;
        if (current != null) {
            current.kill();
        }
    }

    static boolean happened(long stamp) {
        return stamp != NEVER;
    }
}
