package io.paybeacon.embedded;

import io.paybeacon.embedded.store.Due;
import java.time.Instant;

/** A part of an epoch that is taken whole or not at all. */
sealed interface Unit {
    /** The events of one call. */
    record Call(Input.Told told) implements Unit {}

    /**
     * A deadline that is due.
     *
     * @param effectiveMillis the time that names it: when it was due, or, if it was set for a time
     *     at which deadlines had already fired, just after that, so that no two of a key share it
     * @param tick the tick that reached it
     */
    record Reached(Due due, long effectiveMillis, Instant tick) implements Unit {}
}
