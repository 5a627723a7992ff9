package io.paybeacon.probe.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.vertx.core.buffer.Buffer;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The server's side of one HTTP/2 connection, frame by frame (RFC 9113, section 4.1), so that a
 * script can break any rule.
 */
public final class H2Peer {

    public static final int DATA = 0;
    public static final int HEADERS = 1;
    public static final int RST_STREAM = 3;
    public static final int SETTINGS = 4;
    public static final int PING = 6;
    public static final int GOAWAY = 7;
    public static final int CONTINUATION = 9;
    public static final int END_STREAM = 1;
    public static final int ACK = 1;
    public static final int END_HEADERS = 4;

    /** {@code :status: 200} in the static table of HPACK (RFC 7541, appendix A). */
    public static final byte STATUS_200 = (byte) 0x88;

    private static final int PREFACE_BYTES = 24;

    /** A frame as it came. */
    public record Frame(int type, int flags, int stream, Buffer payload) {}

    private final RawServer server;
    private final DataInputStream in;
    private final OutputStream out;
    private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder(false);

    public H2Peer(Socket socket, RawServer server) throws IOException {
        this.server = server;
        this.in = new DataInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Reads the client's preface and sends settings, id and value in turn. */
    public H2Peer greet(int... settings) throws IOException {
        in.readNBytes(PREFACE_BYTES);
        ByteBuffer payload = ByteBuffer.allocate(settings.length * 3);
        for (int i = 0; i < settings.length; i += 2) {
            payload.putShort((short) settings[i]).putInt(settings[i + 1]);
        }
        frame(SETTINGS, 0, 0, payload.array());
        return this;
    }

    public Frame read() throws IOException {
        int head = in.readInt();
        int flags = in.readUnsignedByte();
        int stream = in.readInt();
        return new Frame(head & 0xff, flags, stream, Buffer.buffer(in.readNBytes(head >>> 8)));
    }

    /** Reads one request whole, remembers it, and gives its stream. */
    public int readRequest() throws Exception {
        StringBuilder text = new StringBuilder();
        while (true) {
            Frame frame = read();
            switch (frame.type()) {
                case HEADERS -> {
                    ByteBuf block = Unpooled.wrappedBuffer(frame.payload().getBytes());
                    Map<String, String> fields = new LinkedHashMap<>();
                    headers.decodeHeaders(frame.stream(), block)
                            .forEach(h ->
                                    fields.put(h.getKey().toString(), h.getValue().toString()));
                    text.append(fields);
                }
                case DATA ->
                        text.append('\n')
                                .append(frame.payload().toString(StandardCharsets.ISO_8859_1));
                case SETTINGS -> {
                    if ((frame.flags() & ACK) == 0) {
                        frame(SETTINGS, ACK, 0);
                    }
                }
                default -> {
                    continue;
                }
            }
            boolean ofStream = frame.type() == HEADERS || frame.type() == DATA;
            if (ofStream && (frame.flags() & END_STREAM) != 0) {
                server.saw(text.toString());
                return frame.stream();
            }
        }
    }

    public void frame(int type, int flags, int stream, byte... payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.putInt(payload.length << 8 | type).put((byte) flags).putInt(stream).put(payload);
        out.write(frame.array());
        out.flush();
    }

    public void respond(int stream, String body) throws IOException {
        frame(HEADERS, END_HEADERS, stream, STATUS_200);
        frame(DATA, END_STREAM, stream, body.getBytes(StandardCharsets.ISO_8859_1));
    }

    public void goAway(int last, int code) throws IOException {
        frame(GOAWAY, 0, 0, ByteBuffer.allocate(8).putInt(last).putInt(code).array());
    }

    public void resetStream(int stream, int code) throws IOException {
        frame(RST_STREAM, 0, stream, ByteBuffer.allocate(4).putInt(code).array());
    }
}
