package io.paybeacon.probe.run;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes the ids of runs, traces, spans and keys from the source of randomness. Thread-safe. */
final class RunIds {

    private static final int RUN_BYTES = 12;
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;
    private static final int SUFFIX_BYTES = 4;

    private final RandomGenerator random;

    RunIds(RandomGenerator random) {
        this.random = random;
    }

    /** The id of a run: the letter r, so that it is never taken for a number, and 24 hex digits. */
    String run() {
        return "r" + hex(RUN_BYTES);
    }

    /** A W3C trace id. */
    String trace() {
        return hex(TRACE_BYTES);
    }

    /** A W3C span id. */
    String span() {
        return hex(SPAN_BYTES);
    }

    /** What makes the key of one cleanup request differ from that of the next. */
    String suffix() {
        return hex(SUFFIX_BYTES);
    }

    /** Random hex digits, not all zero: W3C Trace Context calls an id of zeros invalid. */
    private synchronized String hex(int count) {
        byte[] bytes = new byte[count];
        do {
            random.nextBytes(bytes);
        } while (isZero(bytes));
        return HexFormat.of().formatHex(bytes);
    }

    private static boolean isZero(byte[] bytes) {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }
}
