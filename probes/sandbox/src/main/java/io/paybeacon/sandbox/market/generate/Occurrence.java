package io.paybeacon.sandbox.market.generate;

/**
 * Something that happened, and when the world was told.
 *
 * @param id of the message; a message that is sent twice has it twice
 * @param atMillis when it happened, by the gateway's clock, epoch milliseconds
 * @param toldMillis when the message leaves, epoch milliseconds; {@code atMillis} if it never does
 * @param told whether a message leaves at all
 */
public record Occurrence(
        long id, long atMillis, long toldMillis, boolean told, Happening happening) {}
