package io.paybeacon.core.judgement;

import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.Metric;
import io.paybeacon.core.output.Output;
import io.paybeacon.core.output.Output.Change;
import io.paybeacon.core.output.Output.Count;
import io.paybeacon.core.output.Output.FindingOpened;
import io.paybeacon.core.output.Output.FindingResolved;
import io.paybeacon.core.output.Output.FindingUpdated;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.output.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of the findings of a key when it is judged again.
 *
 * @param open the findings that are open from now on, in order of their ids
 * @param opened those of them that are new
 * @param outputs what changed
 * @param next when to judge again although nothing happens; null when never
 */
public record Review(
        List<Finding> open, List<Finding> opened, List<Output> outputs, @Nullable Instant next) {
    public Review {
        open = List.copyOf(open);
        opened = List.copyOf(opened);
        outputs = List.copyOf(outputs);
    }

    /**
     * Compares what is open with what is judged to be wrong.
     *
     * @param open the findings that are open so far
     * @param judgements what the state says
     * @param now by the agent's clock
     * @param settled until when no finding is opened, so that a backlog of old messages does not
     *     raise findings that the next message resolves
     * @param newsFrom when that happened which is judged now, by the source's clock: a finding that
     *     ends by news from before it was opened never was right
     */
    public static Review of(
            List<Finding> open,
            List<Judgement> judgements,
            Instant now,
            Instant settled,
            Instant newsFrom) {
        if (open.isEmpty() && judgements.isEmpty()) {
            return new Review(List.of(), List.of(), List.of(), null);
        }
        List<Finding> kept = new ArrayList<>();
        List<Finding> opened = new ArrayList<>();
        List<Output> outputs = new ArrayList<>();
        List<Finding> ended = new ArrayList<>(open);
        Instant next = null;
        for (Judgement judgement : judgements) {
            Finding known = open.isEmpty() ? null : find(open, judgement.id().get());
            if (known != null) {
                ended.remove(known);
                kept.add(updated(known, judgement, outputs));
                continue;
            }
            Instant due = judgement.due().isAfter(settled) ? judgement.due() : settled;
            if (due.isAfter(now)) {
                next = next == null || due.isBefore(next) ? due : next;
                continue;
            }
            Finding finding = judgement.finding().apply(now);
            opened.add(finding);
            kept.add(finding);
            outputs.add(new FindingOpened(finding));
            outputs.add(new Count(series(Metric.FINDINGS_OPENED, finding), 1));
            outputs.add(new Change(series(Metric.FINDINGS_OPEN, finding), 1));
        }
        for (Finding finding : ended) {
            Resolution resolution =
                    newsFrom.isBefore(finding.openedAt())
                            ? Resolution.SUPERSEDED
                            : Resolution.RESOLVED;
            outputs.addAll(end(finding, now, resolution));
        }
        kept.sort(Comparator.comparing(Finding::id));
        return new Review(kept, opened, outputs, next);
    }

    /** What says that a finding is open no more. */
    public static List<Output> end(Finding finding, Instant now, Resolution resolution) {
        return List.of(
                new FindingResolved(finding.id(), now, resolution),
                new Change(series(Metric.FINDINGS_OPEN, finding), -1));
    }

    private static Finding updated(Finding known, Judgement judgement, List<Output> outputs) {
        Finding updated = judgement.finding().apply(known.openedAt());
        if (!updated.equals(known)) {
            outputs.add(new FindingUpdated(updated));
            if (!updated.gateway().equals(known.gateway())) {
                // An order's finding counts for the gateway of the payment it points at now.
                outputs.add(new Change(series(Metric.FINDINGS_OPEN, known), -1));
                outputs.add(new Change(series(Metric.FINDINGS_OPEN, updated), 1));
            }
        }
        return updated;
    }

    private static @Nullable Finding find(List<Finding> findings, String id) {
        for (Finding finding : findings) {
            if (finding.id().equals(id)) {
                return finding;
            }
        }
        return null;
    }

    private static Series series(Metric metric, Finding finding) {
        return Series.of(metric, finding.gateway(), finding.kind().label());
    }
}
