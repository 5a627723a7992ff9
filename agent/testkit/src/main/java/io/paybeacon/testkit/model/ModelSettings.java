package io.paybeacon.testkit.model;

/**
 * How a {@link ModelEngine} behaves where the contract leaves it free.
 *
 * @param forwards when and in which order forwards are handed on
 * @param queuedEventsMax how many accepted events may wait to become durable
 * @param writePoint called right before and right after each change of the disk; may throw {@link
 *     SimulatedCrash}
 */
public record ModelSettings(ForwardPolicy forwards, int queuedEventsMax, Runnable writePoint) {
    /** Forwards in order, as good as no limit, no crashes. */
    public static ModelSettings plain() {
        return new ModelSettings(ForwardPolicy.inOrder(), 1_000_000, () -> {});
    }

    /** The same with another policy for forwards. */
    public ModelSettings with(ForwardPolicy policy) {
        return new ModelSettings(policy, queuedEventsMax, writePoint);
    }
}
