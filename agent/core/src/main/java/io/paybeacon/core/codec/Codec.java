package io.paybeacon.core.codec;

/**
 * Turns values of one type into bytes and back, for as long as bytes of any earlier version exist.
 *
 * <p>The bytes begin with the version that wrote them. A codec writes its current version and reads
 * that and every earlier one. Implementations are stateless and safe for use by many threads.
 *
 * @param <T> the type of value
 */
public interface Codec<T> {
    /** The version this codec writes: 1 or more, raised by one with each change of the layout. */
    int version();

    /** Writes the body of a value in the layout of {@link #version()}. */
    void write(T value, ByteWriter out);

    /**
     * Reads a body that {@code version} wrote.
     *
     * @param version from 1 to {@link #version()}
     * @throws CodecException if the bytes are not such a body
     */
    T read(int version, ByteReader in);

    /** The value as bytes: the version, then the body. */
    default byte[] encode(T value) {
        ByteWriter out = new ByteWriter();
        encode(value, out);
        return out.toBytes();
    }

    /** Writes the bytes that {@link #encode} makes. */
    default void encode(T value, ByteWriter out) {
        out.unsigned(version());
        write(value, out);
    }

    /**
     * The value that {@link #encode} of this or an earlier version made.
     *
     * @throws CodecException if the bytes were cut, carry a later version, have a rest, or hold a
     *     value that its type refuses
     */
    default T decode(byte[] bytes) {
        ByteReader in = new ByteReader(bytes);
        int version = in.unsignedInt();
        if (version < 1 || version > version()) {
            throw new CodecException(
                    "bytes of version " + version + ", but this build reads 1 to " + version());
        }
        T value;
        try {
            value = read(version, in);
        } catch (IllegalArgumentException e) {
            throw new CodecException("a value that its type refuses", e);
        }
        if (in.remaining() != 0) {
            throw new CodecException(in.remaining() + " bytes too many");
        }
        return value;
    }
}
