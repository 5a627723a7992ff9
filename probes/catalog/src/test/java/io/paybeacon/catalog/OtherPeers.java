package io.paybeacon.catalog;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Peers that are no gateway: a web server, one that does not speak HTTP, a name server. */
final class OtherPeers implements AutoCloseable {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final HttpServer web;
    private final ServerSocket garbage;
    private final DatagramSocket names;

    OtherPeers() throws IOException {
        web = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
        web.createContext("/moved", exchange -> redirect(exchange, "/elsewhere"));
        web.createContext("/circle", exchange -> redirect(exchange, "/circle"));
        web.createContext("/hops/", OtherPeers::hop);
        web.createContext("/endless", OtherPeers::endless);
        web.setExecutor(task -> Thread.ofVirtual().start(task));
        web.start();
        garbage = new ServerSocket(0, 10, LOOPBACK);
        Thread.ofVirtual().start(this::talkGarbage);
        names = new DatagramSocket(0, LOOPBACK);
        Thread.ofVirtual().start(this::answerNames);
    }

    /** Puts the addresses of the peers into a plan. */
    String resolve(String yaml) {
        return yaml.replace("@OTHER", "http://127.0.0.1:" + web.getAddress().getPort())
                .replace("@GARBAGE", "http://127.0.0.1:" + garbage.getLocalPort())
                .replace("@DNS", "127.0.0.1:" + names.getLocalPort());
    }

    private static void redirect(HttpExchange exchange, String location) throws IOException {
        exchange.getResponseHeaders().add("Location", location);
        exchange.sendResponseHeaders(302, -1);
        exchange.close();
    }

    private static void hop(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int left = Integer.parseInt(path.substring("/hops/".length()));
        redirect(exchange, "/hops/" + (left - 1));
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] piece = new byte[8192];
        Arrays.fill(piece, (byte) ' ');
        try (exchange) {
            while (true) {
                exchange.getResponseBody().write(piece);
            }
        }
    }

    private void talkGarbage() {
        while (!garbage.isClosed()) {
            try (Socket socket = garbage.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write("SSH-2.0-OpenSSH_9.2\r\n\r\n".getBytes(US_ASCII));
            } catch (IOException e) {
                // The peer hung up, or the test is over.
            }
        }
    }

    /** Knows {@code here.example} at 127.0.0.1 and nothing else (RFC 1035, section 4.1). */
    private void answerNames() {
        byte[] buffer = new byte[1500];
        while (!names.isClosed()) {
            try {
                DatagramPacket query = new DatagramPacket(buffer, buffer.length);
                names.receive(query);
                byte[] answer = answer(Arrays.copyOf(buffer, query.getLength()));
                names.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
            } catch (IOException e) {
                // The test is over.
            }
        }
    }

    private static byte[] answer(byte[] query) {
        boolean known = new String(query, US_ASCII).contains("\4here\7example");
        int end = 12;
        while (query[end] != 0) {
            end += query[end] + 1;
        }
        end += 5;
        ByteBuffer answer = ByteBuffer.allocate(end + 16);
        answer.put(query, 0, end);
        answer.putShort(2, (short) (known ? 0x8180 : 0x8183));
        answer.putShort(6, (short) (known ? 1 : 0)).putShort(8, (short) 0).putShort(10, (short) 0);
        if (known) {
            answer.putShort((short) 0xc00c).putShort((short) 1).putShort((short) 1).putInt(60);
            answer.putShort((short) 4).put(LOOPBACK.getAddress());
        }
        return Arrays.copyOf(answer.array(), answer.position());
    }

    @Override
    public void close() throws IOException {
        web.stop(0);
        garbage.close();
        names.close();
    }
}
