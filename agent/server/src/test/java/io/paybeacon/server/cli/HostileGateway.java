package io.paybeacon.server.cli;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A gateway that sends back what it should keep to itself, on plain sockets: in headers, in
 * redirects, and in bodies whose chunks end in the middle of it. {@code /part/N} answers with the
 * Nth part, {@code /bad/N} with the same as an error, {@code /moved/N} with a redirect that holds
 * it, {@code /hold} with an object that has it for members; anything else is an error.
 */
final class HostileGateway implements Closeable {
    private static final List<Integer> CHUNK_BYTES = List.of(7, 61, 211, 97);

    private final ServerSocket server;
    private final List<String> parts;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Starts it.
     *
     * @param parts what it sends back, a part per answer; each in one line of JSON
     */
    HostileGateway(List<String> parts) throws IOException {
        this.parts = List.copyOf(parts);
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        threads.execute(this::serve);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                threads.execute(() -> answer(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            String path = request(socket.getInputStream());
            String[] words = path.split("[/?]", -1);
            int part = words.length > 2 && words[2].matches("[0-9]+") ? number(words[2]) : 0;
            OutputStream out = socket.getOutputStream();
            switch (words[1]) {
                case "part" -> send(out, "200 OK", "", parts.get(part));
                case "bad" -> send(out, "400 Bad " + oneLine(part), "", parts.get(part));
                case "moved" ->
                        send(out, "302 Found", "Location: /x?y=" + oneLine(part) + "\r\n", "{}");
                case "hold" -> send(out, "200 OK", "", held());
                default -> send(out, "500 Broken", "", parts.get(part));
            }
        } catch (IOException e) {
            // The agent hung up; what it got is what counts.
            throw new UncheckedIOException(e);
        }
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static String held() {
        return "{\"id\":\"%s\",\"card\":\"%s\",\"key\":\"%s\",\"number\":%s}"
                .formatted(
                        Planted.MARKER,
                        Planted.CARDS.getFirst(),
                        Planted.configured().get("s0"),
                        Planted.CARDS.get(19));
    }

    private String oneLine(int part) {
        return parts.get(part).replaceAll("[\r\n\\\\]+", "");
    }

    private void send(OutputStream out, String status, String headers, String body)
            throws IOException {
        String cookie = Planted.configured().get("s3");
        out.write(
                ("HTTP/1.1 %s\r\nContent-Type: application/json\r\nX-Echo: %s\r\n%s"
                                        .formatted(status, Planted.configured().get("s1"), headers)
                                + "Set-Cookie: session=%s\r\nX-Card: %s\r\n"
                                        .formatted(cookie, Planted.CARDS.get(1))
                                + "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int chunkBytes = CHUNK_BYTES.get(body.length() % CHUNK_BYTES.size());
        for (int at = 0; at < bytes.length; at += chunkBytes) {
            int length = Math.min(chunkBytes, bytes.length - at);
            out.write("%x\r\n".formatted(length).getBytes(StandardCharsets.US_ASCII));
            out.write(bytes, at, length);
            out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    /** Reads a request to its end; its target. */
    private static String request(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.write(next);
        }
        String text = head.toString(StandardCharsets.US_ASCII);
        for (String line : text.lines().toList()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                in.readNBytes(number(line.substring(line.indexOf(':') + 1).strip()));
            }
        }
        return text.split(" ", 3)[1];
    }

    @Override
    public void close() throws IOException {
        server.close();
        threads.shutdownNow();
    }
}
