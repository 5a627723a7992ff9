package io.paybeacon.probe;

import io.paybeacon.probe.journal.Journal;
import java.util.List;

/**
 * What became of the money that earlier runs had left behind.
 *
 * @param cleaned ids of the runs that were cleaned up
 * @param orphans the runs of which money may still be held
 * @param damage what was wrong with the journal when it was opened
 */
public record RecoveryReport(List<String> cleaned, List<Orphan> orphans, Journal.Damage damage) {

    /**
     * A run of which money may still be held.
     *
     * @param why a sentence for people
     */
    public record Orphan(String run, String probe, String gateway, String why) {}

    public RecoveryReport {
        cleaned = List.copyOf(cleaned);
        orphans = List.copyOf(orphans);
    }
}
