package io.paybeacon.probe.health;

/**
 * Why something that was measured does not count.
 *
 * @param detail one sentence for people
 */
public record Illness(HealthCheck check, String detail) {

    @Override
    public String toString() {
        return "the agent itself was ill (%s): %s".formatted(check.label(), detail);
    }
}
