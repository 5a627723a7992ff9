package io.paybeacon.probe.http;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A name server that answers every A query with one address, others with nothing (RFC 1035). */
public final class DnsStub implements AutoCloseable {

    private static final int TYPE_A = 1;
    private final DatagramSocket socket;
    private final byte[] address;

    public DnsStub(byte[] address) throws IOException {
        this.address = address.clone();
        this.socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::serve);
    }

    /** Where it answers. */
    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    private void serve() {
        try {
            while (!socket.isClosed()) {
                DatagramPacket query = new DatagramPacket(new byte[512], 512);
                socket.receive(query);
                byte[] answer = answer(Arrays.copyOf(query.getData(), query.getLength()));
                socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
            }
        } catch (IOException e) {
            socket.close();
        }
    }

    private byte[] answer(byte[] query) {
        int end = 12;
        while (query[end] != 0) {
            end += query[end] + 1;
        }
        int type = (query[end + 1] << 8) | query[end + 2];
        int questionEnd = end + 5;
        boolean found = type == TYPE_A;
        ByteBuffer out = ByteBuffer.allocate(questionEnd + 16);
        out.put(query, 0, 2).putShort((short) 0x8180).putShort((short) 1);
        out.putShort((short) (found ? 1 : 0)).putInt(0);
        out.put(query, 12, questionEnd - 12);
        if (found) {
            out.putShort((short) 0xc00c).putShort((short) TYPE_A).putShort((short) 1);
            out.putInt(30).putShort((short) 4).put(address);
        }
        return Arrays.copyOf(out.array(), out.position());
    }

    @Override
    public void close() {
        socket.close();
    }
}
