package io.paybeacon.simulation;

import io.paybeacon.core.event.PaymentStatus;
import io.paybeacon.core.output.Finding;
import io.paybeacon.core.output.FindingKind;
import io.paybeacon.core.output.Resolution;
import io.paybeacon.core.stage.Reference;
import io.paybeacon.sandbox.market.generate.Anomaly;
import io.paybeacon.sandbox.market.generate.Planted;
import io.paybeacon.simulation.FindingLog.Told;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How well findings tell what was made to go wrong.
 *
 * @param found what was planted and has its finding
 * @param missed what was planted, was due before the end, and has none
 * @param wrong findings about what nobody planted
 * @param late findings of stuck payments that came later than a minute after they were due
 */
public record Detection(
        List<Planted> found, List<Planted> missed, List<Finding> wrong, List<Finding> late) {
    private static final Duration SLACK = Duration.ofSeconds(60);

    /** Judges what was told until {@code now}. */
    public static Detection of(
            Collection<Planted> planted, FindingLog log, Reference reference, Instant now) {
        Map<String, List<Finding>> bySubject = new HashMap<>();
        for (Told told : log.all()) {
            if (told.resolution() != Resolution.SUPERSEDED) {
                bySubject
                        .computeIfAbsent(told.finding().subject(), _ -> new ArrayList<>())
                        .add(told.finding());
            }
        }
        List<Planted> found = new ArrayList<>();
        List<Planted> missed = new ArrayList<>();
        List<Finding> late = new ArrayList<>();
        Set<String> explained = new HashSet<>();
        for (Planted one : planted) {
            List<Finding> about = new ArrayList<>(bySubject.getOrDefault(one.order(), List.of()));
            one.payments().forEach(key -> about.addAll(bySubject.getOrDefault(key, List.of())));
            // What else is said about what went wrong is no false alarm.
            about.forEach(finding -> explained.add(finding.id()));
            List<Finding> right =
                    about.stream()
                            .filter(f -> f.kind().label().equals(one.anomaly().finding()))
                            .toList();
            Instant due = due(one, reference);
            if (!right.isEmpty()) {
                found.add(one);
                right.stream()
                        .filter(f -> f.kind() == FindingKind.STUCK_PAYMENT)
                        .filter(f -> f.openedAt().isAfter(due.plus(SLACK)))
                        .forEach(late::add);
            } else if (due.plus(SLACK).isBefore(now)) {
                missed.add(one);
            }
        }
        List<Finding> wrong =
                bySubject.values().stream()
                        .flatMap(List::stream)
                        .filter(finding -> !explained.contains(finding.id()))
                        .toList();
        return new Detection(found, missed, wrong, late);
    }

    /** When the finding is to be there at the latest, but for the tick. */
    private static Instant due(Planted planted, Reference reference) {
        Instant visible = Instant.ofEpochMilli(planted.visibleMillis());
        return switch (planted.anomaly()) {
            case CHALLENGE_ABANDONED ->
                    visible.plus(limit(reference, PaymentStatus.ACTION_REQUIRED));
            case GATEWAY_PENDING -> visible.plus(limit(reference, PaymentStatus.PROCESSING));
            case WEBHOOK_LOST -> visible.plus(limit(reference, PaymentStatus.AUTHORISED));
            case ONE_UNIT_OFF -> visible.plus(reference.orderGrace()).plus(SLACK);
            case DUPLICATE_AT_GATEWAY,
                    DUPLICATE_ACROSS_GATEWAYS,
                    UNIT_SCALE,
                    OVER_CAPTURED,
                    CAPTURE_UNDONE,
                    REFUND_FAILED,
                    AUTHORISATION_EXPIRED ->
                    visible.plus(reference.settle()).plus(SLACK);
        };
    }

    private static Duration limit(Reference reference, PaymentStatus status) {
        Duration limit = reference.stuckAfter(status);
        return limit == null ? Duration.ofDays(3_650) : limit;
    }

    /** The share of what was planted that was found. */
    public double recall() {
        int due = found.size() + missed.size();
        return due == 0 ? 1 : (double) found.size() / due;
    }

    /** The share of findings that are about something planted; each planted thing counts once. */
    public double precision() {
        int told = found.size() + wrong.size();
        return told == 0 ? 1 : (double) found.size() / told;
    }

    /** What was found of one anomaly. */
    public long found(Anomaly anomaly) {
        return found.stream().filter(planted -> planted.anomaly() == anomaly).count();
    }
}
