package io.paybeacon.probe.wire;

import io.paybeacon.probe.wire.DnsMessage.Malformed;
import io.vertx.core.buffer.Buffer;

/** Reads the parts of a DNS message one after another, and never beyond its end. */
final class DnsReader {

    private static final int POINTER = 0xc0;
    private static final int NAME_CHARS_MAX = 255;
    private static final int LABEL_BYTES_MAX = 63;

    private final Buffer from;
    private int position;

    DnsReader(Buffer from) {
        this.from = from;
    }

    int position() {
        return position;
    }

    boolean atEnd() {
        return position >= from.length();
    }

    DnsReader skipTo(int newPosition) throws Malformed {
        if (newPosition < position || newPosition > from.length()) {
            throw new Malformed("a record beyond the end of the message");
        }
        position = newPosition;
        return this;
    }

    int u8() throws Malformed {
        return need(1).getUnsignedByte(position++);
    }

    int u16() throws Malformed {
        int value = need(2).getUnsignedShort(position);
        position += 2;
        return value;
    }

    long u32() throws Malformed {
        long value = need(4).getUnsignedInt(position);
        position += 4;
        return value;
    }

    byte[] bytes(int count) throws Malformed {
        byte[] value = need(count).getBytes(position, position + count);
        position += count;
        return value;
    }

    void skipName() throws Malformed {
        String _ = name();
    }

    /**
     * A name without the closing dot, the root as a dot. Compression points backwards only, so that
     * it comes to an end.
     */
    String name() throws Malformed {
        StringBuilder text = new StringBuilder();
        int at = position;
        int bound = position;
        boolean jumped = false;
        while (true) {
            int length = byteAt(at);
            if (length >= POINTER) {
                int to = ((length & ~POINTER) << 8) | byteAt(at + 1);
                if (!jumped) {
                    position = at + 2;
                    jumped = true;
                }
                if (to >= bound) {
                    throw new Malformed("a name that points forwards");
                }
                at = to;
                bound = to;
            } else if (length == 0) {
                if (!jumped) {
                    position = at + 1;
                }
                return text.isEmpty() ? "." : text.toString();
            } else {
                appendLabel(text, at, length);
                at += length + 1;
            }
        }
    }

    /** A label; what is no plain character is written as zone files do (RFC 1035, 5.1). */
    private void appendLabel(StringBuilder text, int at, int length) throws Malformed {
        if (length > LABEL_BYTES_MAX || text.length() + length > NAME_CHARS_MAX) {
            throw new Malformed("a name or label that is too long");
        }
        if (!text.isEmpty()) {
            text.append('.');
        }
        for (int i = 1; i <= length; i++) {
            int c = byteAt(at + i);
            if (c == '.' || c == '\\') {
                text.append('\\').append((char) c);
            } else if (c <= ' ' || c >= 0x7f) {
                text.append('\\').append("%03d".formatted(c));
            } else {
                text.append((char) c);
            }
        }
    }

    private int byteAt(int at) throws Malformed {
        if (at >= from.length()) {
            throw new Malformed("a name beyond the end of the message");
        }
        return from.getUnsignedByte(at);
    }

    private Buffer need(int count) throws Malformed {
        if (position + count > from.length()) {
            throw new Malformed("the message ends too early");
        }
        return from;
    }
}
