package io.paybeacon.probe.schedule;

import java.time.Duration;
import java.time.Instant;

/**
 * One due slot, or several missed ones in a row, accounted for.
 *
 * @param probe name of the probe
 * @param gateway its gateway account
 * @param firstDueAt when the first of them was due, by the agent's wall clock
 * @param interval time from one to the next
 * @param count how many; more than one only for missed slots
 * @param outcome what became of them
 * @param lagNanos how late the first of them was accounted, not negative
 * @param era how often the wall clock had been set back; slots lived twice differ in it
 */
public record SlotAccount(
        String probe,
        String gateway,
        Instant firstDueAt,
        Duration interval,
        long count,
        SlotOutcome outcome,
        long lagNanos,
        int era) {

    public SlotAccount {
        if (count < 1 || (count > 1 && outcome != SlotOutcome.MISSED)) {
            throw new IllegalArgumentException(count + " slots with outcome " + outcome);
        }
    }
}
