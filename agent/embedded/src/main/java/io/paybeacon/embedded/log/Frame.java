package io.paybeacon.embedded.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * How a record lies in a file: mark, length of the body, number, checksum (CRC32C over length,
 * number and body), body. Behind it, once it is on the disk and before its senders are told, a
 * receipt: another mark, the number, a checksum of both. A record that cannot be read in front of a
 * receipt is one that was acknowledged, and not one that a crash interrupted. All numbers are
 * big-endian.
 */
final class Frame {
    /** Begins every record, so that records behind a damaged one can be found. */
    static final int MARK = 0x50424E31;

    static final int HEADER_BYTES = 4 + 4 + 8 + 4;

    /** Begins every receipt. */
    static final int RECEIPT_MARK = 0x50424B31;

    static final int RECEIPT_BYTES = 4 + 8 + 4;

    /** No record is larger: a damaged length cannot ask for more memory than this. */
    static final int BODY_BYTES_MAX = 512 * 1024 * 1024;

    private Frame() {}

    /** A record read back. */
    static final class Read {
        final long number;
        final byte[] body;

        private Read(long number, byte[] body) {
            this.number = number;
            this.body = body;
        }
    }

    static ByteBuffer of(long number, byte[] body) {
        if (body.length > BODY_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "a record of " + body.length + " bytes, at most " + BODY_BYTES_MAX);
        }
        ByteBuffer frame = ByteBuffer.allocate(HEADER_BYTES + body.length);
        frame.putInt(MARK).putInt(body.length).putLong(number);
        frame.putInt(checksum(body.length, number, body));
        return frame.put(body).flip();
    }

    static ByteBuffer receipt(long number) {
        ByteBuffer receipt = ByteBuffer.allocate(RECEIPT_BYTES);
        receipt.putInt(RECEIPT_MARK).putLong(number);
        return receipt.putInt(checksum(receipt.duplicate().flip())).flip();
    }

    /** Whether the bytes at a position are the receipt of a record, whichever it is. */
    static boolean isReceipt(LogFile file, long position, long size) throws IOException {
        if (size - position < RECEIPT_BYTES) {
            return false;
        }
        ByteBuffer receipt = ByteBuffer.allocate(RECEIPT_BYTES);
        file.read(position, receipt);
        receipt.flip();
        return receipt.getInt(0) == RECEIPT_MARK
                && receipt.getInt(12) == checksum(receipt.slice(0, 12));
    }

    /** The record at a position, or empty when the bytes there are none. */
    static Optional<Read> read(LogFile file, long position, long size) throws IOException {
        if (size - position < HEADER_BYTES) {
            return Optional.empty();
        }
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
        file.read(position, header);
        header.flip();
        int mark = header.getInt();
        int length = header.getInt();
        long number = header.getLong();
        int checksum = header.getInt();
        if (mark != MARK
                || length < 0
                || length > BODY_BYTES_MAX
                || length > size - position - HEADER_BYTES) {
            return Optional.empty();
        }
        byte[] body = new byte[length];
        file.read(position + HEADER_BYTES, ByteBuffer.wrap(body));
        return checksum(length, number, body) == checksum
                ? Optional.of(new Read(number, body))
                : Optional.empty();
    }

    private static int checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }

    private static int checksum(int length, long number, byte[] body) {
        CRC32C crc = new CRC32C();
        crc.update(ByteBuffer.allocate(12).putInt(length).putLong(number).flip());
        crc.update(body);
        return (int) crc.getValue();
    }
}
