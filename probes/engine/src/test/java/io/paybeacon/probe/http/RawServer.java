package io.paybeacon.probe.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** A server that does to a connection exactly what a script says, and counts what it saw. */
public final class RawServer implements AutoCloseable {

    /** What is done to one connection; {@code number} counts connections from 1. */
    public interface Script {
        void on(Socket socket, RawServer server, int number) throws Exception;
    }

    private final ServerSocket listener;
    private final Script script;
    private final Optional<Tls> tls;
    private final Map<Socket, Socket> plain = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /**
     * TLS on each connection, before the script.
     *
     * @param context its certificate
     * @param socket what else is set on each socket, such as ALPN
     */
    public record Tls(SSLContext context, Consumer<SSLSocket> socket) {

        public static Tls with(TestCertificate certificate) {
            return new Tls(certificate.context(), _ -> {});
        }

        /** With HTTP/2 by ALPN. */
        public static Tls http2(TestCertificate certificate) {
            return new Tls(
                    certificate.context(),
                    socket -> {
                        SSLParameters parameters = socket.getSSLParameters();
                        parameters.setApplicationProtocols(new String[] {"h2"});
                        socket.setSSLParameters(parameters);
                    });
        }
    }

    public RawServer(Script script) throws IOException {
        this(script, Optional.empty());
    }

    public RawServer(Script script, Optional<Tls> tls) throws IOException {
        this.tls = tls;
        this.listener = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
        this.script = script;
        Thread.ofVirtual().start(this::accept);
    }

    /** A server that reads each request and answers it in the same way. */
    public static RawServer answering(String response) throws IOException {
        return new RawServer((socket, server, _) -> {
            server.readRequest(socket);
            write(socket, response);
        });
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Connections that came. */
    public int connections() {
        return connections.get();
    }

    /** Requests that were read whole: head and body. */
    public List<String> requests() {
        return requests;
    }

    /** Remembers a request that was read in another way. */
    public void saw(String request) {
        requests.add(request);
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                open.add(socket);
                int number = connections.incrementAndGet();
                Thread.ofVirtual().start(() -> serve(socket, number));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket, int number) {
        try {
            script.on(tls.isEmpty() ? socket : handshake(socket, tls.get()), this, number);
        } catch (Exception e) {
            // The other side may have left; the test looks at what it got.
            open.remove(socket);
        }
    }

    private Socket handshake(Socket socket, Tls with) throws IOException {
        SSLSocket secured =
                (SSLSocket)
                        with.context()
                                .getSocketFactory()
                                .createSocket(socket, null, socket.getPort(), true);
        secured.setUseClientMode(false);
        with.socket().accept(secured);
        plain.put(secured, socket);
        secured.startHandshake();
        return secured;
    }

    /** Reads one request whole and remembers it. */
    public String readRequest(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                throw new IOException("the request ended in its head");
            }
            text.append((char) c);
        }
        int length = 0;
        for (String line : text.toString().split("\r\n", -1)) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring("content-length:".length()).strip());
            }
        }
        text.append(new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
        requests.add(text.toString());
        return text.toString();
    }

    public static void write(Socket socket, String text) {
        try {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends a connection with a reset. */
    public static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    /** Ends a connection with a reset, under TLS without a goodbye. */
    public void abort(Socket socket) throws IOException {
        reset(plain.getOrDefault(socket, socket));
    }

    /** Closes the connection, under TLS without a goodbye. */
    public void cut(Socket socket) throws IOException {
        plain.getOrDefault(socket, socket).close();
    }

    /** Ends the connection's one direction, under TLS with a goodbye. */
    public void halfClose(Socket socket) throws IOException {
        socket.shutdownOutput();
        if (plain.containsKey(socket)) {
            plain.get(socket).shutdownOutput();
        }
    }

    /** A whole response with a JSON body. */
    public static String json(int status, String body) {
        String head =
                "HTTP/1.1 %d Whatever\r\nContent-Type: application/json\r\nContent-Length: %d\r\n";
        return (head + "\r\n%s")
                .formatted(status, body.getBytes(StandardCharsets.UTF_8).length, body);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
