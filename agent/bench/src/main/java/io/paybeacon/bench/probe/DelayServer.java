package io.paybeacon.bench.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A server that takes its time, and tells how much it took. It serves one connection after the
 * other, and has one record for each in the same order.
 */
final class DelayServer implements AutoCloseable {
    private static final long SECONDS_MAX = 10;

    private final ServerSocket socket;
    private final Optional<SSLContext> tls;
    private final SplittableRandom random;
    private final LinkedBlockingQueue<Delays> served = new LinkedBlockingQueue<>();

    private DelayServer(ServerSocket socket, Optional<SSLContext> tls, long seed) {
        this.socket = socket;
        this.tls = tls;
        this.random = new SplittableRandom(seed);
    }

    /**
     * Starts one.
     *
     * @param certificate to show; null for plain HTTP
     * @param seed of the delays
     */
    static DelayServer start(@Nullable Certificate certificate, long seed)
            throws IOException, GeneralSecurityException {
        Optional<SSLContext> tls = Optional.empty();
        if (certificate != null) {
            SSLContext context = SSLContext.getInstance("TLS");
            KeyManager[] keys = certificate.leaf().toKeyManagerFactory().getKeyManagers();
            context.init(keys, null, null);
            tls = Optional.of(context);
        }
        DelayServer server =
                new DelayServer(
                        new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), tls, seed);
        Thread.ofPlatform().daemon().name("delay-server").start(server::serve);
        return server;
    }

    URI address() {
        String scheme = tls.isPresent() ? "https" : "http";
        return URI.create(scheme + "://127.0.0.1:" + socket.getLocalPort());
    }

    private void serve() {
        try {
            while (!socket.isClosed()) {
                serve(socket.accept());
            }
        } catch (IOException e) {
            // It was closed while it waited; a client that waits finds no record.
            served.clear();
        }
    }

    private void serve(Socket accepted) throws IOException {
        try (accepted) {
            accepted.setTcpNoDelay(true);
            SSLEngine engine = tls.map(SSLContext::createSSLEngine).orElse(null);
            served.add(new Conversation(accepted, engine, random).hold());
        }
    }

    /** What it did to the client whose turn is next; it has been served, or soon will be. */
    Delays next() throws IOException, InterruptedException {
        Delays next = served.poll(SECONDS_MAX, TimeUnit.SECONDS);
        if (next == null) {
            throw new IOException("the server has served nobody in " + SECONDS_MAX + " s");
        }
        return next;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
