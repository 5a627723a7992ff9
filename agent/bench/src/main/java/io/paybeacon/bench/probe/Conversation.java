package io.paybeacon.bench.probe;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/**
 * One request and its delayed response over blocking sockets, each read stamped after it returned
 * and each write before it is called. TLS is made ready before a stamp, so that the server's own
 * cryptography stands in its record and not in anybody's error.
 */
final class Conversation {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FIRST =
            ("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2000\r\n"
                            + "Connection: close\r\n\r\n"
                            + "a".repeat(1000))
                    .getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST = "b".repeat(1000).getBytes(StandardCharsets.US_ASCII);
    private static final long DELAY_MIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long TLS_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private static final long SERVER_MAX_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final InputStream in;
    private final OutputStream out;
    private final @Nullable SSLEngine engine;
    private final SplittableRandom random;
    private final ByteBuffer received = ByteBuffer.allocate(BUFFER_BYTES).flip();
    private final ByteBuffer opened = ByteBuffer.allocate(BUFFER_BYTES);
    private long lastRead;

    Conversation(Socket socket, @Nullable SSLEngine engine, SplittableRandom random)
            throws IOException {
        this.in = socket.getInputStream();
        this.out = socket.getOutputStream();
        this.engine = engine;
        this.random = random;
    }

    /** Holds it, and says what the client had to wait for. */
    Delays hold() throws IOException {
        long tls = engine == null ? 0 : handshake(engine);
        readRequest();
        long requested = lastRead;
        pause(random.nextLong(DELAY_MIN_NANOS, SERVER_MAX_NANOS));
        byte[] first = sealed(FIRST);
        long began = write(first);
        pause(random.nextLong(DELAY_MIN_NANOS, TLS_MAX_NANOS));
        byte[] last = sealed(LAST);
        long ended = write(last);
        return new Delays(tls, began - requested, ended - began);
    }

    private static void pause(long nanos) {
        long until = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private long write(byte[] bytes) throws IOException {
        long now = System.nanoTime();
        out.write(bytes);
        return now;
    }

    private void read() throws IOException {
        received.compact();
        int count = in.read(received.array(), received.position(), received.remaining());
        lastRead = System.nanoTime();
        if (count < 0) {
            throw new EOFException("the client went away");
        }
        received.position(received.position() + count).flip();
    }

    private void readRequest() throws IOException {
        while (!endsHead()) {
            if (engine == null) {
                read();
                opened.put(received);
            } else if (open(engine) == 0) {
                read();
            }
        }
    }

    private boolean endsHead() {
        int end = opened.position();
        return end >= HEAD_END.length
                && Arrays.equals(
                        Arrays.copyOfRange(opened.array(), end - HEAD_END.length, end), HEAD_END);
    }

    /** Opens a record; returns how many bytes it took, which is none while a part is missing. */
    private int open(SSLEngine tls) throws IOException {
        SSLEngineResult result = tls.unwrap(received, opened);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new EOFException("the client said goodbye");
        }
        return result.bytesConsumed();
    }

    private byte[] sealed(byte[] bytes) throws IOException {
        SSLEngine tls = engine;
        if (tls == null) {
            return bytes;
        }
        ByteBuffer plain = ByteBuffer.wrap(bytes);
        ByteBuffer sealed = ByteBuffer.allocate(BUFFER_BYTES);
        while (plain.hasRemaining()) {
            tls.wrap(plain, sealed);
        }
        return Arrays.copyOf(sealed.array(), sealed.position());
    }

    /** Shakes hands, with a delay before the first flight; returns what that cost the client. */
    private long handshake(SSLEngine tls) throws IOException {
        tls.setUseClientMode(false);
        tls.beginHandshake();
        ByteBuffer flight = ByteBuffer.allocate(BUFFER_BYTES);
        long delay = random.nextLong(DELAY_MIN_NANOS, TLS_MAX_NANOS);
        long cost = 0;
        HandshakeStatus status = tls.getHandshakeStatus();
        while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
            switch (status) {
                case NEED_TASK -> {
                    for (Runnable t = tls.getDelegatedTask();
                            t != null;
                            t = tls.getDelegatedTask()) {
                        t.run();
                    }
                }
                case NEED_WRAP -> tls.wrap(ByteBuffer.allocate(0), flight);
                default -> {
                    if (flight.position() > 0) {
                        pause(delay);
                        delay = 0;
                        cost += write(Arrays.copyOf(flight.array(), flight.position())) - lastRead;
                        flight.clear();
                    }
                    if (open(tls) == 0 && tls.getHandshakeStatus() == status) {
                        read();
                    }
                }
            }
            status = tls.getHandshakeStatus();
        }
        return cost;
    }
}
