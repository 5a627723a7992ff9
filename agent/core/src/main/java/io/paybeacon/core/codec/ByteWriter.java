package io.paybeacon.core.codec;

import io.paybeacon.core.money.Amounts;
import io.paybeacon.core.money.Money;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A growing buffer of bytes for {@link Codec}s.
 *
 * <p>Integers are variable-length (seven bits a byte, low bits first; signed ones zigzag first),
 * texts are UTF-8 behind their length, instants are whole milliseconds since the epoch. Not safe
 * for use by several threads.
 */
public final class ByteWriter {
    /** The length of these fits one byte. */
    private static final int ASCII_CHARS_MAX = 0x7F;

    private byte[] bytes;
    private int size;

    /** An empty writer. */
    public ByteWriter() {
        this(128);
    }

    /** An empty writer with room for this many bytes before it grows. */
    public ByteWriter(int capacityBytes) {
        bytes = new byte[Math.max(16, capacityBytes)];
    }

    /** Writes a non-negative integer: small ones are short. */
    public void unsigned(long value) {
        if (value < 0) {
            throw new IllegalArgumentException("negative: " + value);
        }
        varint(value);
    }

    /** Writes any integer: those near zero are short. */
    public void signed(long value) {
        varint((value << 1) ^ (value >> 63));
    }

    /** Writes one byte, 0 or 1. */
    public void bool(boolean value) {
        ensure(1);
        bytes[size++] = (byte) (value ? 1 : 0);
    }

    /** Writes a text. */
    public void text(String value) {
        int length = value.length();
        if (length > ASCII_CHARS_MAX) {
            blob(value.getBytes(StandardCharsets.UTF_8));
            return;
        }
        // Nearly all are short and ASCII: those are written without a copy of their own.
        ensure(1 + length);
        int at = size + 1;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c >= 0x80) {
                blob(value.getBytes(StandardCharsets.UTF_8));
                return;
            }
            bytes[at++] = (byte) c;
        }
        bytes[size] = (byte) length;
        size = at;
    }

    /** Writes whether there is a value, then the value. */
    public <T> void optional(@Nullable T value, BiConsumer<ByteWriter, T> element) {
        bool(value != null);
        if (value != null) {
            element.accept(this, value);
        }
    }

    /** Writes the size, then each element. */
    public <T> void list(Collection<T> values, BiConsumer<ByteWriter, T> element) {
        varint(values.size());
        for (T value : values) {
            element.accept(this, value);
        }
    }

    /** Writes an instant, cut to whole milliseconds. */
    public void instant(Instant value) {
        signed(value.toEpochMilli());
    }

    /** Writes an amount and its currency. */
    public void money(Money value) {
        signed(value.minorUnits());
        text(value.currencyCode());
    }

    /** Writes an amount of each currency. */
    public void amounts(Amounts value) {
        list(value.entries(), ByteWriter::money);
    }

    /** Writes bytes behind their length. */
    public void blob(byte[] value) {
        varint(value.length);
        raw(value, 0, value.length);
    }

    /** Writes what the element writes, as {@link #blob} would write its bytes. */
    public <T> void blob(T value, BiConsumer<T, ByteWriter> element) {
        int start = size;
        // Room for the length of most; others are moved.
        ensure(2);
        size += 2;
        element.accept(value, this);
        int length = size - start - 2;
        int lengthBytes = length < 0x80 ? 1 : (70 - Long.numberOfLeadingZeros(length)) / 7;
        ensure(lengthBytes);
        if (lengthBytes != 2) {
            System.arraycopy(bytes, start + 2, bytes, start + lengthBytes, length);
        }
        size = start;
        varint(length);
        size += length;
    }

    /** Writes bytes as they are, without a length. */
    public void raw(byte[] value, int offset, int length) {
        ensure(length);
        System.arraycopy(value, offset, bytes, size, length);
        size += length;
    }

    /** How many bytes have been written. */
    public int size() {
        return size;
    }

    /** A copy of what has been written. */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, size);
    }

    private void varint(long value) {
        ensure(10);
        if ((value & ~0x7FL) == 0) {
            bytes[size++] = (byte) value;
            return;
        }
        byte[] to = bytes;
        int at = size;
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            to[at++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        to[at++] = (byte) rest;
        size = at;
    }

    private void ensure(int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, size + more));
        }
    }
}
