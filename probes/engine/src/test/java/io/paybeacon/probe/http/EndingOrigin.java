package io.paybeacon.probe.http;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** A server that treats each request, on whatever connection, as the next ending says. */
final class EndingOrigin implements AutoCloseable {

    private final BlockingQueue<Ending> endings = new LinkedBlockingQueue<>();
    private final Semaphore answered = new Semaphore(0);
    private final Semaphore settled = new Semaphore(0);
    private final boolean http2;
    private final RawServer server;

    EndingOrigin(Protocol protocol, Optional<TestCertificate> certificate) throws IOException {
        http2 = protocol != Protocol.HTTP_1_1;
        server =
                new RawServer(
                        this::serve,
                        certificate.map(
                                c -> http2 ? RawServer.Tls.http2(c) : RawServer.Tls.with(c)));
    }

    private void serve(Socket socket, RawServer raw, int number) throws Exception {
        H2Peer peer = http2 ? new H2Peer(socket, raw).greet() : null;
        boolean further = true;
        while (further) {
            int stream = 0;
            if (peer == null) {
                raw.readRequest(socket);
            } else {
                stream = peer.readRequest();
            }
            int asked = stream;
            Ending ending = endings.poll(10, TimeUnit.SECONDS);
            further =
                    ending.now(
                            socket,
                            raw,
                            peer,
                            stream,
                            () -> {
                                if (peer == null) {
                                    RawServer.write(
                                            socket,
                                            "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
                                } else {
                                    peer.respond(asked, "hi");
                                }
                            });
            if (ending.idle) {
                answered.acquire();
                try {
                    ending.whileIdle(socket, raw, peer, stream);
                } finally {
                    settled.release();
                }
                return;
            }
        }
    }

    int port() {
        return server.port();
    }

    /** Requests that it has read whole. */
    int seen() {
        return server.requests().size();
    }

    int connections() {
        return server.connections();
    }

    void next(Ending ending) {
        endings.add(ending);
    }

    /** The client has its answer; returns when the connection has come to its idle end. */
    void endIdle() throws InterruptedException {
        answered.release();
        if (!settled.tryAcquire(20, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the connection did not end");
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
