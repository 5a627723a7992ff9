package io.paybeacon.server.findings;

import io.paybeacon.core.event.FindingEvent.Acknowledge;
import io.paybeacon.core.event.FindingEvent.Act;
import io.paybeacon.core.event.FindingEvent.Assign;
import io.paybeacon.core.event.FindingEvent.Comment;
import io.paybeacon.core.event.FindingEvent.MarkFalsePositive;
import io.paybeacon.core.event.FindingEvent.Reopen;
import io.paybeacon.core.event.FindingEvent.Resolve;
import io.paybeacon.core.event.FindingEvent.Snooze;
import io.paybeacon.core.finding.FindingStage;
import io.paybeacon.core.output.Handling.Entry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The acts on a finding as people read them: each with the state before and after it. */
public final class AuditTrail {
    private AuditTrail() {}

    /**
     * One line for each act, in order.
     *
     * @param entries every act on a finding, in order
     */
    static List<StoredAct> of(List<Entry> entries) {
        List<StoredAct> trail = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            Instant at = entry.at();
            trail.add(
                    new StoredAct(
                            at,
                            entry.eventId(),
                            entry.actor(),
                            label(entry.act()),
                            detail(entry.act()),
                            state(entries.subList(0, i), at),
                            state(entries.subList(0, i + 1), at)));
        }
        return trail;
    }

    private static FindingState state(List<Entry> entries, Instant now) {
        return FindingState.of(FindingStage.handling(entries, now).state());
    }

    /** The word for an act in the API and the store. */
    public static String label(Act act) {
        return switch (act) {
            case Acknowledge() -> "acknowledge";
            case Assign _ -> "assign";
            case Snooze _ -> "snooze";
            case Comment _ -> "comment";
            case Resolve _ -> "resolve";
            case MarkFalsePositive _ -> "false_positive";
            case Reopen() -> "reopen";
        };
    }

    private static String detail(Act act) {
        return switch (act) {
            case Acknowledge(), Reopen() -> "";
            case Assign(String assignee) -> assignee;
            case Snooze(Instant until) -> until.toString();
            case Comment(String text) -> text;
            case Resolve(String text) -> text;
            case MarkFalsePositive(String text) -> text;
        };
    }
}
