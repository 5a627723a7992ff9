package io.paybeacon.probe.health;

import java.time.Instant;

/**
 * How one check stands.
 *
 * @param well whether it found nothing wrong
 * @param since since when, by the agent's wall clock
 * @param detail what is wrong, for people; empty when nothing is
 */
public record HealthState(HealthCheck check, boolean well, Instant since, String detail) {}
