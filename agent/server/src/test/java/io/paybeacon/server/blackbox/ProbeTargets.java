package io.paybeacon.server.blackbox;

import io.paybeacon.server.config.TestKeys;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;

/** What probes of every kind are aimed at: HTTP, HTTPS, a server that greets, a name server. */
final class ProbeTargets implements AutoCloseable {
    private static final int FLAGS_AT = 2;
    private static final int HEADER_BYTES = 12;
    private static final int QUESTION_TAIL_BYTES = 5;

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer plain;
    private final HttpServer tls;
    private final NetServer greeting;
    private final NetServer curt;
    private final DatagramSocket dns;

    /** Targets whose certificate goes to {@code target.pem} of the folder. */
    ProbeTargets(Path folder) throws Exception {
        TestKeys.write(folder, "target");
        tls =
                await(
                        vertx.createHttpServer(
                                        new HttpServerOptions()
                                                .setSsl(true)
                                                .setUseAlpn(false)
                                                .setKeyCertOptions(
                                                        new PemKeyCertOptions()
                                                                .addCertPath(folder + "/target.pem")
                                                                .addKeyPath(
                                                                        folder + "/target.key")))
                                .requestHandler(this::answer)
                                .listen(0, "127.0.0.1"));
        plain = await(vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1"));
        greeting =
                await(
                        vertx.createNetServer()
                                .connectHandler(socket -> socket.write("220 ready\r\n"))
                                .listen(0, "127.0.0.1"));
        curt =
                await(
                        vertx.createNetServer()
                                .connectHandler(socket -> socket.end(Buffer.buffer("500 no\r\n")))
                                .listen(0, "127.0.0.1"));
        DatagramSocket socket = vertx.createDatagramSocket();
        dns = await(socket.listen(0, "127.0.0.1"));
        socket.handler(packet ->
                socket.send(
                        dnsAnswer(packet.data()), packet.sender().port(), packet.sender().host()));
    }

    private void answer(HttpServerRequest request) {
        request.response().putHeader("Last-Modified", "Sun, 01 Mar 2026 10:00:00 GMT");
        switch (request.path()) {
            case "/away" -> request.response().setStatusCode(302).putHeader("Location", "/").end();
            case "/secure" ->
                    request.response().setStatusCode(302).putHeader("Location", https("/")).end();
            case "/gone" -> request.response().setStatusCode(404).end("it is gone");
            case "/chunked" -> request.response().setChunked(true).end("all is well");
            default -> request.response().end("all is well");
        }
    }

    /** One address, and EDNS when that was asked with. */
    private static Buffer dnsAnswer(Buffer question) {
        int end = HEADER_BYTES;
        while (question.getByte(end) != 0) {
            end += question.getByte(end) + 1;
        }
        end += QUESTION_TAIL_BYTES;
        boolean edns = question.getUnsignedShort(10) == 1;
        Buffer answer =
                question.getBuffer(0, end)
                        .copy()
                        .setUnsignedShort(FLAGS_AT, 0x8180)
                        .setUnsignedShort(6, 1)
                        .appendUnsignedShort(0xc00c)
                        .appendUnsignedShort(1)
                        .appendUnsignedShort(1)
                        .appendInt(60)
                        .appendUnsignedShort(4)
                        .appendInt(0x01020304);
        return edns
                ? answer.appendByte((byte) 0)
                        .appendUnsignedShort(41)
                        .appendUnsignedShort(1232)
                        .appendInt(0)
                        .appendUnsignedShort(0)
                : answer;
    }

    String http(String path) {
        return "http://127.0.0.1:" + plain.actualPort() + path;
    }

    String https(String path) {
        return "https://localhost:" + tls.actualPort() + path;
    }

    String tlsAddress() {
        return "localhost:" + tls.actualPort();
    }

    /** A server that says 220 and waits. */
    String greeting() {
        return "127.0.0.1:" + greeting.actualPort();
    }

    /** A server that says 500 and closes. */
    String curt() {
        return "127.0.0.1:" + curt.actualPort();
    }

    String plainAddress() {
        return "127.0.0.1:" + plain.actualPort();
    }

    String dns() {
        return "127.0.0.1:" + dns.localAddress().port();
    }

    static <T> T await(Future<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
