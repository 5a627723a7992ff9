package io.paybeacon.probe.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketAddress;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TCP channel that stamps what happens to it. The stamps are taken in the channel and not in a
 * handler, because Vert.x removes handlers that it did not add. For an address without stamps it is
 * an ordinary channel.
 */
final class ProbeChannel extends NioSocketChannel {

    private static final Logger LOG = LoggerFactory.getLogger(ProbeChannel.class);

    private @Nullable AttemptStamps stamps;

    @Override
    protected boolean doConnect(SocketAddress remote, @Nullable SocketAddress local)
            throws Exception {
        if (!(remote instanceof StampedAddress.Inet inet)) {
            return super.doConnect(remote, local);
        }
        AttemptStamps attempt = inet.stamps();
        stamps = attempt;
        attempt.born(this);
        if (attempt.deadlinePassed) {
            throw new ConnectException("The attempt's time was up before it could connect");
        }
        attempt.connectStarted = System.nanoTime();
        boolean connected = super.doConnect(remote, local);
        if (connected) {
            connected(attempt);
        }
        return connected;
    }

    @Override
    protected void doFinishConnect() throws Exception {
        super.doFinishConnect();
        AttemptStamps attempt = stamps;
        if (attempt != null) {
            connected(attempt);
        }
    }

    private void connected(AttemptStamps attempt) {
        attempt.connected = System.nanoTime();
        SslHandler tls = pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.handshakeFuture()
                    .addListener(done -> {
                        if (done.isSuccess()) {
                            attempt.handshaken = System.nanoTime();
                        }
                    });
        }
    }

    @Override
    protected int doReadBytes(ByteBuf buffer) throws Exception {
        AttemptStamps attempt = stamps;
        if (attempt == null) {
            return super.doReadBytes(buffer);
        }
        if (attempt.rawBytes > attempt.rawBytesMax) {
            attempt.tooLarge = true;
            throw new IOException("More bytes on the wire than the step allows");
        }
        int count = super.doReadBytes(buffer);
        if (count > 0) {
            attempt.lastRead = System.nanoTime();
            attempt.rawBytes += count;
        }
        return count;
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

    /** Closes the connection in the ordinary way, and makes the next TLS handshake a full one. */
    void finish() {
        SslHandler tls = pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.engine().getSession().invalidate();
        }
        ChannelFuture _ = close();
    }
}
