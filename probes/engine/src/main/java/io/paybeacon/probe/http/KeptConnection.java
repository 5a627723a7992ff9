package io.paybeacon.probe.http;

import org.jspecify.annotations.Nullable;

/**
 * The connection that one run keeps from attempt to attempt: at most one, to the origin of the last
 * attempt. Belongs to one run and its context; whoever makes it closes it.
 */
public final class KeptConnection implements AutoCloseable {

    private record Kept(HttpConnection connection, Route route, @Nullable TlsFacts facts) {}

    private volatile @Nullable Kept kept;
    private volatile boolean closed;

    /**
     * The open connection to that origin, which is no longer kept from now on; null when there is
     * none. On the event loop of the run.
     */
    @Nullable HttpConnection take(Route route, OpenAttempt attempt) {
        Kept current = kept;
        if (current == null) {
            return null;
        }
        ProbeChannel channel = current.connection().channel();
        kept = null;
        if (channel.eventLoop().inEventLoop() && current.route().equals(route)) {
            channel.readNow();
            if (current.connection().isReusable()) {
                attempt.facts(current.facts());
                return current.connection();
            }
        }
        channel.finish();
        return null;
    }

    /** Keeps a connection whose exchange has ended, or closes it. On its event loop. */
    void give(HttpConnection connection, Route route, @Nullable TlsFacts facts) {
        if (closed || !connection.isReusable()) {
            connection.channel().finish();
        } else {
            kept = new Kept(connection, route, facts);
        }
    }

    /** Closes what is kept, if anything is. From any thread; a second time does nothing. */
    @Override
    public void close() {
        closed = true;
        Kept current = kept;
        kept = null;
        if (current != null) {
            current.connection().channel().finish();
        }
    }
}
