package io.paybeacon.probe.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP channel that stamps what happens to it, for the attempt that uses it at the time, and that
 * ends an attempt which reads more than its limit. Confined to its event loop.
 */
public final class ProbeChannel extends NioSocketChannel {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeChannel.class);

    /** Reads that look for the end of what a peer sent unasked; a second one finds a close. */
    private static final int READS_NOW_MAX = 4;

    private AttemptStamps stamps;

    ProbeChannel(AttemptStamps stamps) {
        this.stamps = stamps;
        stamps.over(this);
    }

    /** Serves a further attempt from now on. */
    void serve(AttemptStamps next) {
        stamps = next;
        next.over(this);
    }

    @Override
    protected boolean doConnect(SocketAddress remote, @Nullable SocketAddress local)
            throws Exception {
        if (stamps.deadlinePassed) {
            throw new ConnectException("The attempt's time was up before it could connect");
        }
        stamps.connectStarted = System.nanoTime();
        boolean connected = super.doConnect(remote, local);
        if (connected) {
            stamps.connected = System.nanoTime();
        }
        return connected;
    }

    @Override
    protected void doFinishConnect() throws Exception {
        super.doFinishConnect();
        stamps.connected = System.nanoTime();
    }

    @Override
    protected int doReadBytes(ByteBuf buffer) throws Exception {
        if (stamps.rawBytes > stamps.rawBytesMax) {
            stamps.tooLarge = true;
            throw new IOException("More bytes on the wire than the step allows");
        }
        int count = super.doReadBytes(buffer);
        if (count > 0) {
            stamps.lastRead = System.nanoTime();
            stamps.rawBytes += count;
        }
        return count;
    }

    /**
     * Reads what the kernel holds already, so that a close or an unasked-for answer of the peer is
     * known before anything further is written.
     */
    void readNow() {
        long before = -1;
        for (int i = 0; i < READS_NOW_MAX && isActive() && stamps.rawBytes != before; i++) {
            before = stamps.rawBytes;
            unsafe().read();
        }
    }

    /** Closes the connection in the ordinary way. From any thread. */
    void finish() {
        ChannelFuture _ = close();
    }

    /**
     * Closes the socket at once with a reset: a close that says goodbye in TLS can block behind a
     * peer that does not read.
     */
    void kill() {
        if (!isOpen()) {
            return;
        }
        try {
            config().setSoLinger(0);
        } catch (ChannelException e) {
            // The kernel may have closed its side already; closing ours is what matters.
            LOG.debug("The linger option of {} could not be set", this, e);
        }
        unsafe().close(unsafe().voidPromise());
    }
}
