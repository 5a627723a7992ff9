package io.paybeacon.core.codec;

import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a {@link ByteWriter} wrote. Every method throws {@link CodecException} on bytes that
 * are cut or cannot be what is asked for. Not safe for use by several threads.
 */
public final class ByteReader {
    private final byte[] bytes;
    private final int end;
    private int position;

    /** A reader of all of the bytes, which it does not copy. */
    public ByteReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    /** A reader of a part of the bytes, which it does not copy. */
    public ByteReader(byte[] bytes, int offset, int length) {
        this.bytes = bytes;
        this.position = offset;
        this.end = offset + length;
    }

    /** Reads what {@link ByteWriter#unsigned} wrote. */
    public long unsigned() {
        long value = varint();
        if (value < 0) {
            throw new CodecException("negative where a size or a number from 0 is due");
        }
        return value;
    }

    /** Reads what {@link ByteWriter#unsigned} wrote, if it fits an {@code int}. */
    public int unsignedInt() {
        long value = unsigned();
        if (value > Integer.MAX_VALUE) {
            throw new CodecException("too large: " + value);
        }
        return (int) value;
    }

    /** Reads what {@link ByteWriter#signed} wrote. */
    public long signed() {
        long value = varint();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Reads what {@link ByteWriter#bool} wrote. */
    public boolean bool() {
        byte value = next();
        if (value != 0 && value != 1) {
            throw new CodecException("neither 0 nor 1: " + value);
        }
        return value == 1;
    }

    /** Reads what {@link ByteWriter#text} wrote. */
    public String text() {
        int length = length();
        String value = new String(bytes, position, length, StandardCharsets.UTF_8);
        position += length;
        return value;
    }

    /** Reads what {@link ByteWriter#optional} wrote. */
    public <T> @Nullable T optional(Function<ByteReader, T> element) {
        return bool() ? element.apply(this) : null;
    }

    /** Reads what {@link ByteWriter#list} wrote, as an immutable list. */
    public <T> List<T> list(Function<ByteReader, T> element) {
        // Every element takes a byte at least, so a damaged size cannot ask for endless memory.
        int size = length();
        List<T> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(element.apply(this));
        }
        return List.copyOf(values);
    }

    /** Reads what {@link ByteWriter#instant} wrote. */
    public Instant instant() {
        return Instant.ofEpochMilli(signed());
    }

    /** Reads what {@link ByteWriter#money} wrote. */
    public Money money() {
        long minorUnits = signed();
        String code = text();
        try {
            return Money.of(minorUnits, code);
        } catch (IllegalArgumentException e) {
            throw new CodecException("not a currency of ISO 4217", e);
        }
    }

    /** Reads what {@link ByteWriter#amounts} wrote. */
    public Amounts amounts() {
        List<Money> entries = list(ByteReader::money);
        try {
            return new Amounts(entries);
        } catch (IllegalArgumentException e) {
            throw new CodecException("a currency comes twice", e);
        }
    }

    /** Reads what {@link ByteWriter#blob} wrote. */
    public byte[] blob() {
        return raw(length());
    }

    /** Reads as many bytes as asked for. */
    public byte[] raw(int length) {
        if (length < 0 || length > remaining()) {
            throw new CodecException("cut: " + length + " bytes due, " + remaining() + " left");
        }
        byte[] value = new byte[length];
        System.arraycopy(bytes, position, value, 0, length);
        position += length;
        return value;
    }

    /** How many bytes are left. */
    public int remaining() {
        return end - position;
    }

    private int length() {
        long length = unsigned();
        if (length > remaining()) {
            throw new CodecException("cut: " + length + " due, " + remaining() + " bytes left");
        }
        return (int) length;
    }

    private long varint() {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            byte b = next();
            value |= (long) (b & 0x7F) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new CodecException("a number longer than 64 bits");
    }

    private byte next() {
        if (position >= end) {
            throw new CodecException("cut: the bytes end too early");
        }
        return bytes[position++];
    }
}
