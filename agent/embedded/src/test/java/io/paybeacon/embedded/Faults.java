package io.paybeacon.embedded;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;

/** Deaths ordered for a certain step of writing. Safe for use by many threads. */
final class Faults {
    private int passed;
    private int left;
    private boolean dead;

    /** Orders death at a step from now on: 1 is the next. It is not taken, nor any after it. */
    synchronized void arm(int steps) {
        left = steps;
    }

    /**
     * Takes the order back, and lives again.
     *
     * @return whether it was carried out
     */
    synchronized boolean disarm() {
        boolean was = dead;
        left = 0;
        dead = false;
        return was;
    }

    synchronized boolean dead() {
        return dead;
    }

    /** How many steps were taken. */
    synchronized int passed() {
        return passed;
    }

    /** Whether the next step is the one that is not taken. */
    synchronized boolean nextIsLast() {
        return left == 1;
    }

    /** Nothing is written any more, by a process that is dead. */
    private static final class Dead extends ClosedChannelException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            return "dead";
        }
    }

    /** Takes a step, if it may. */
    synchronized void step() throws IOException {
        if (!dead && left > 0 && --left == 0) {
            dead = true;
        }
        if (dead) {
            throw new Dead();
        }
        passed++;
    }
}
