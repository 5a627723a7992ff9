package io.paybeacon.sandbox.webhook;

/**
 * What became of the deliveries so far.
 *
 * @param events events that happened
 * @param delivered deliveries answered with 2xx
 * @param failedAttempts attempts without a 2xx answer
 * @param abandoned deliveries given up after the last attempt
 * @param lost deliveries withheld by a fault or by the marketplace's plan
 * @param dropped deliveries dropped because the queue was full
 * @param waiting deliveries waiting or under way
 */
public record WebhookCounts(
        long events,
        long delivered,
        long failedAttempts,
        long abandoned,
        long lost,
        long dropped,
        long waiting) {}
