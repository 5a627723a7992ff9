package io.paybeacon.probe.wire;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The two messages of {@code grpc/health/v1/health.proto} in the length-prefixed framing of gRPC:
 * one byte that says whether it is compressed, four of length, then the protobuf.
 */
final class GrpcHealthMessage {

    private static final int PREFIX_BYTES = 5;

    /** Field 1, length-delimited: {@code string service}. */
    private static final int SERVICE_TAG = (1 << 3) | 2;

    /** Field 1, varint: {@code ServingStatus status}. */
    private static final int STATUS_TAG = 1 << 3;

    private static final int VARINT_BYTES_MAX = 10;
    private static final int VARINT_BITS = 7;
    private static final int VARINT_MORE = 0x80;

    private GrpcHealthMessage() {}

    /** A HealthCheckRequest; an empty service is left out, as proto3 does with default values. */
    static Buffer request(String service) {
        byte[] name = service.getBytes(StandardCharsets.UTF_8);
        Buffer message = Buffer.buffer();
        if (name.length > 0) {
            message.appendByte((byte) SERVICE_TAG);
            appendVarint(message, name.length);
            message.appendBytes(name);
        }
        return Buffer.buffer()
                .appendByte((byte) 0)
                .appendInt(message.length())
                .appendBuffer(message);
    }

    /** The status in a HealthCheckResponse; empty when the bytes are none. */
    static Optional<String> servingStatus(Buffer framed) {
        if (framed.length() < PREFIX_BYTES
                || framed.getByte(0) != 0
                || framed.getInt(1) != framed.length() - PREFIX_BYTES) {
            return Optional.empty();
        }
        Varint read = new Varint(framed, PREFIX_BYTES);
        long status = 0;
        while (read.position < framed.length()) {
            long tag = read.next();
            if (tag != STATUS_TAG || read.broken) {
                // The message has no other field; a later one would be of another version.
                return Optional.empty();
            }
            status = read.next();
        }
        return read.broken ? Optional.empty() : Optional.of(name(status));
    }

    private static String name(long status) {
        if (status == 1) {
            return "SERVING";
        }
        if (status == 2) {
            return "NOT_SERVING";
        }
        return status == 3 ? "SERVICE_UNKNOWN" : "UNKNOWN";
    }

    private static void appendVarint(Buffer to, int value) {
        int rest = value;
        while (rest >= VARINT_MORE) {
            to.appendByte((byte) (rest | VARINT_MORE));
            rest >>>= VARINT_BITS;
        }
        to.appendByte((byte) rest);
    }

    /** Reads varints one after another. */
    private static final class Varint {
        private final Buffer from;
        private int position;
        private boolean broken;

        Varint(Buffer from, int position) {
            this.from = from;
            this.position = position;
        }

        long next() {
            long value = 0;
            for (int i = 0; i < VARINT_BYTES_MAX && position < from.length(); i++) {
                int b = from.getByte(position) & 0xff;
                position++;
                value |= (long) (b & ~VARINT_MORE) << (VARINT_BITS * i);
                if (b < VARINT_MORE) {
                    return value;
                }
            }
            broken = true;
            position = from.length();
            return value;
        }
    }
}
