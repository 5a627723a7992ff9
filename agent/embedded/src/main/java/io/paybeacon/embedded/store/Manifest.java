package io.paybeacon.embedded.store;

import io.paybeacon.embedded.log.CorruptLogException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The file in which RocksDB lists its files, checked before RocksDB reads it: there are single
 * wrong bits in it with which opening the database never returns.
 *
 * <p>It is a log of records (github.com/facebook/rocksdb/wiki/Write-Ahead-Log-File-Format): blocks
 * of 32 KiB with records of a masked CRC32C over type and payload, a length, a type, the payload.
 */
final class Manifest {
    private static final int BLOCK_BYTES = 32 * 1024;
    private static final int HEADER_BYTES = 4 + 2 + 1;
    private static final int TYPE_FIRST = 1;
    private static final int TYPE_LAST = 4;
    private static final int MASK = 0xa282ead8;

    private Manifest() {}

    /**
     * Checks the list that is in force, if there is one.
     *
     * @throws IOException if a record in it is damaged
     */
    static void check(Path directory) throws IOException {
        Path current = directory.resolve("CURRENT");
        if (Files.notExists(current)) {
            return;
        }
        String name = Files.readString(current, StandardCharsets.ISO_8859_1).strip();
        if (!name.matches("MANIFEST-[0-9]+") || Files.notExists(directory.resolve(name))) {
            throw new IOException(
                    "%s, offset 0: it names no list of files that is there. %s"
                            .formatted(current, CorruptLogException.REMEDY));
        }
        Path file = directory.resolve(name);
        int damaged = damaged(Files.readAllBytes(file));
        if (damaged >= 0) {
            throw new IOException(
                    "%s, offset %d: no readable record. %s"
                            .formatted(file, damaged, CorruptLogException.REMEDY));
        }
    }

    /** Where the first damaged record begins, or -1. One that was cut short is none. */
    private static int damaged(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + HEADER_BYTES <= bytes.length) {
            int left = BLOCK_BYTES - at % BLOCK_BYTES;
            if (left < HEADER_BYTES) {
                at += left;
                continue;
            }
            int length = Short.toUnsignedInt(in.getShort(at + 4));
            int type = in.get(at + 6);
            if (type == 0 && length == 0 && in.getInt(at) == 0) {
                // Never written.
                return -1;
            }
            if (HEADER_BYTES + length > left) {
                return at;
            }
            if (at + HEADER_BYTES + length > bytes.length) {
                return -1;
            }
            CRC32C crc = new CRC32C();
            crc.update(bytes, at + 6, 1 + length);
            int checksum = (int) crc.getValue();
            int masked = ((checksum >>> 15) | (checksum << 17)) + MASK;
            if (type < TYPE_FIRST || type > TYPE_LAST || masked != in.getInt(at)) {
                return at;
            }
            at += HEADER_BYTES + length;
        }
        return -1;
    }
}
