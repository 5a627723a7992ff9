package io.paybeacon.embedded.record;

/**
 * The bytes of a record, and where in them the entries of its states lie.
 *
 * <p>A class, since it is compared by nobody and large.
 */
public final class EncodedRecord {
    private final byte[] bytes;
    private final int[] bounds;

    /**
     * @param bounds where each entry begins and ends
     */
    EncodedRecord(byte[] bytes, int[] bounds) {
        this.bytes = bytes;
        this.bounds = bounds;
    }

    /** All of it; not to be changed. */
    public byte[] bytes() {
        return bytes;
    }

    /** How many bytes the entry of the state at a position in the record has. */
    public int entryLength(int state) {
        return bounds[2 * state + 1] - bounds[2 * state];
    }

    /** Where the entry of the state at a position in the record begins. */
    public int entryOffset(int state) {
        return bounds[2 * state];
    }
}
