package io.paybeacon.embedded.record;

import io.paybeacon.core.codec.ByteReader;
import io.paybeacon.core.codec.ByteWriter;

/**
 * How far an engine has come.
 *
 * @param epoch the number of the epoch, ascending by one, the first is 1
 * @param acceptedMillis the latest accepted time, in milliseconds since the epoch by the agent's
 *     clock
 * @param tickMillis the latest tick, likewise
 * @param position the position of the latest output that is to be delivered; 0 before the first
 * @param confirmed the outputs up to this position are delivered
 */
public record Progress(
        long epoch, long acceptedMillis, long tickMillis, long position, long confirmed) {
    /** An engine that has done nothing. */
    public static final Progress NONE = new Progress(0, Long.MIN_VALUE, Long.MIN_VALUE, 0, 0);

    /** Writes it. */
    public void write(ByteWriter out) {
        out.unsigned(epoch);
        out.signed(acceptedMillis);
        out.signed(tickMillis);
        out.unsigned(position);
        out.unsigned(confirmed);
    }

    /** Reads what {@link #write} wrote. */
    public static Progress read(ByteReader in) {
        return new Progress(in.unsigned(), in.signed(), in.signed(), in.unsigned(), in.unsigned());
    }
}
