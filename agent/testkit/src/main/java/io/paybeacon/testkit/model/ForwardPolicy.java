package io.paybeacon.testkit.model;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * When and in which order a {@link ModelEngine} hands on what stages forward. The contract lets an
 * engine hand it on late and in any order, so stages have to end up the same under every policy.
 */
public interface ForwardPolicy {
    /** Whether one of the waiting forwards is handed on now; if not, all wait for later inputs. */
    boolean handsOn();

    /**
     * Which of the waiting forwards is next.
     *
     * @param waiting how many wait, at least 1, in the order in which they were sent
     * @return from 0 to {@code waiting - 1}
     */
    int pick(int waiting);

    /** At once and in the order of sending. */
    static ForwardPolicy inOrder() {
        return new ForwardPolicy() {
            @Override
            public boolean handsOn() {
                return true;
            }

            @Override
            public int pick(int waiting) {
                return 0;
            }
        };
    }

    /**
     * In any order, and often late.
     *
     * @param seed the same seed makes the same choices
     * @param heldPercent how often, in per cent, what waits is held back over the next input: from
     *     0 to 100
     */
    static ForwardPolicy shuffled(long seed, int heldPercent) {
        RandomGenerator random = new SplittableRandom(seed);
        return new ForwardPolicy() {
            @Override
            public boolean handsOn() {
                return random.nextInt(100) >= heldPercent;
            }

            @Override
            public int pick(int waiting) {
                return random.nextInt(waiting);
            }
        };
    }
}
