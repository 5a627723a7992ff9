package io.paybeacon.probe.http;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/**
 * The moments of one attempt, taken on its event loop. Nanoseconds of {@link System#nanoTime()};
 * {@link #NEVER} marks what did not happen.
 */
public final class AttemptStamps {

    /** A moment that did not come. */
    static final long NEVER = Long.MIN_VALUE;

    final long rawBytesMax;
    long started = NEVER;
    long resolveStarted = NEVER;
    long resolved = NEVER;
    long connectStarted = NEVER;
    long connected = NEVER;
    long tunnelled = NEVER;
    long tlsStarted = NEVER;
    long handshaken = NEVER;
    long settingsStarted = NEVER;
    long settings = NEVER;
    long writeStarted = NEVER;
    long written = NEVER;
    long firstRead = NEVER;
    long lastRead = NEVER;
    long ended = NEVER;
    long rawBytes;
    boolean tooLarge;
    boolean deadlinePassed;

    /** Where the connection of its own goes to, once that is known; null through a proxy. */
    @Nullable InetAddress address;

    /** Whether the connection goes through a proxy's tunnel. */
    boolean proxied;

    /** Whether the attempt goes over a kept connection: it has nothing before the write. */
    boolean warm;

    private @Nullable ProbeChannel channel;

    AttemptStamps(long rawBytesMax) {
        this.rawBytesMax = rawBytesMax;
    }

    void over(ProbeChannel newChannel) {
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

    /** What is sent starts to be written now. */
    public void writeStarts() {
        if (!happened(writeStarted)) {
            writeStarted = System.nanoTime();
        }
    }

    /** The last byte of what is sent was taken by the kernel, or there was nothing to send. */
    public void writeEnds() {
        if (!happened(written)) {
            written = System.nanoTime();
        }
    }

    /** The bytes read last hold the first of the answer. */
    public void answerBegins() {
        if (!happened(firstRead)) {
            firstRead = lastRead;
        }
    }

    /** Whether the first byte of what is sent was written. */
    public boolean wroteSomething() {
        return happened(writeStarted);
    }

    /** More came than is allowed. */
    public void tooLarge() {
        tooLarge = true;
    }

    static boolean happened(long stamp) {
        return stamp != NEVER;
    }
}
