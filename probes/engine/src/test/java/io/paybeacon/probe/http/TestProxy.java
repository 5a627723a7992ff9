package io.paybeacon.probe.http;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A proxy for both kinds of tunnel and for plain requests. Whatever name it is told, it goes to
 * this machine, so that a name that nobody resolves shows that the name was sent.
 */
final class TestProxy implements AutoCloseable {

    private static final int SOCKS_VERSION = 5;
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final RawServer server;

    private TestProxy(RawServer.Script script) throws IOException {
        this.server = new RawServer(script);
    }

    /** Speaks HTTP; answers CONNECT with that status. */
    static TestProxy http(String connectStatus) throws IOException {
        TestProxy[] self = new TestProxy[1];
        self[0] = new TestProxy((socket, raw, _) -> self[0].connect(socket, raw, connectStatus));
        return self[0];
    }

    /** Speaks SOCKS5, with user and password; answers CONNECT with that reply. */
    static TestProxy socks5(int reply) throws IOException {
        TestProxy[] self = new TestProxy[1];
        self[0] = new TestProxy((socket, _, _) -> self[0].socks(socket, reply));
        return self[0];
    }

    int port() {
        return server.port();
    }

    /** What it was asked for, with the credentials. */
    List<String> asked() {
        return asked;
    }

    private void connect(Socket socket, RawServer raw, String status) throws Exception {
        String request = raw.readRequest(socket);
        asked.add(request);
        if (!request.startsWith("CONNECT ")) {
            RawServer.write(socket, "HTTP/1.1 " + status + "\r\nContent-Length: 0\r\n\r\n");
            return;
        }
        RawServer.write(
                socket,
                "HTTP/1.1 "
                        + status
                        + (status.startsWith("200") ? "" : "\r\nContent-Length: 0")
                        + "\r\n\r\n");
        String authority = request.split(" ", -1)[1];
        tunnel(socket, Integer.parseInt(authority.substring(authority.lastIndexOf(':') + 1)));
    }

    /** RFC 1928 and RFC 1929. */
    private void socks(Socket socket, int reply) throws Exception {
        DataInputStream in = new DataInputStream(socket.getInputStream());
        OutputStream out = socket.getOutputStream();
        in.readUnsignedByte();
        in.readNBytes(in.readUnsignedByte());
        out.write(new byte[] {SOCKS_VERSION, 2});
        in.readUnsignedByte();
        String user = text(in);
        String password = text(in);
        out.write(new byte[] {1, 0});
        in.readNBytes(3);
        int kind = in.readUnsignedByte();
        String host = kind == 3 ? text(in) : "address";
        int port = in.readUnsignedShort();
        asked.add("%s:%s@%s:%d".formatted(user, password, host, port));
        out.write(new byte[] {SOCKS_VERSION, (byte) reply, 0, 1, 127, 0, 0, 1, 0, 0});
        tunnel(socket, port);
    }

    private static String text(DataInputStream in) throws IOException {
        return new String(in.readNBytes(in.readUnsignedByte()), StandardCharsets.US_ASCII);
    }

    private static void tunnel(Socket client, int port) throws IOException {
        try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
            Thread.ofVirtual()
                    .start(() -> {
                        try {
                            client.getInputStream().transferTo(target.getOutputStream());
                            target.shutdownOutput();
                        } catch (IOException e) {
                            // The attempt has ended.
                            return;
                        }
                    });
            target.getInputStream().transferTo(client.getOutputStream());
        }
        client.close();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
