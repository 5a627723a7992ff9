package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.market.PaymentState;
import io.paybeacon.sandbox.market.PaymentTruth;
import io.paybeacon.sandbox.market.generate.Anomaly;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The agent's findings about single payments and orders, marked against what was planted. Stuck
 * payments are marked gateway by gateway, and not here.
 *
 * @param marks by the kind of finding that was expected, or that came
 * @param untold planted payments whose finding needs the platform's orders, when the agent was not
 *     told of any
 */
record FindingMarks(Map<String, Mark> marks, int untold) {
    /** Which findings may tell of it beside the one that is named after it. */
    private static final Map<String, Set<String>> ALSO =
            Map.of("duplicate_charge", Set.of("duplicate_charge", "paid_twice"));

    /** Kinds that are about time, or about messages without a payment: not marked here. */
    private static final Set<String> OTHERS =
            Set.of("stuck_payment", "authorisation_expiring", "orphan_event");

    /**
     * One kind.
     *
     * @param planted the payments in question, as {@code gateway:reference}
     * @param missed those that no finding tells of
     * @param notPlanted subjects of findings about which nothing was planted
     */
    record Mark(Set<String> planted, Set<String> missed, Set<String> notPlanted) {
        int found() {
            return planted.size() - missed.size();
        }
    }

    FindingMarks {
        marks = new TreeMap<>(marks);
    }

    private record Wanted(String kind, String payment, Set<String> subjects) {}

    /**
     * Marks them.
     *
     * @param findings subjects by kind
     * @param ordersTold whether the agent was told of the platform's orders
     */
    static FindingMarks of(
            Map<String, Set<String>> findings, List<GatewayTruth> truths, boolean ordersTold) {
        Map<String, List<PaymentTruth>> byOrder = new HashMap<>();
        for (GatewayTruth truth : truths) {
            for (PaymentTruth payment : truth.orders().payments()) {
                byOrder.computeIfAbsent(payment.orderId(), order -> new ArrayList<>()).add(payment);
            }
        }
        List<Wanted> wanted = new ArrayList<>();
        Set<String> explained = new HashSet<>();
        int untold = 0;
        for (GatewayTruth truth : truths) {
            for (PaymentTruth payment : truth.orders().payments()) {
                if (payment.anomaly().isEmpty() || payment.paymentId().isEmpty()) {
                    continue;
                }
                Wanted one = wanted(truth, payment);
                explained.addAll(one.subjects());
                if (!expected(payment, byOrder)) {
                    continue;
                }
                if (needsOrder(payment) && !ordersTold) {
                    untold++;
                } else {
                    wanted.add(one);
                }
            }
        }
        return new FindingMarks(mark(findings, wanted, explained, truths), untold);
    }

    private static Wanted wanted(GatewayTruth truth, PaymentTruth payment) {
        String key = truth.gateway().wireName() + ":" + payment.paymentId().orElse("");
        return new Wanted(
                payment.anomaly().map(Anomaly::finding).orElse(""),
                key,
                Set.of(key, payment.orderId()));
    }

    /** Whether it has gone wrong in a way that can be seen by now. */
    private static boolean expected(PaymentTruth payment, Map<String, List<PaymentTruth>> byOrder) {
        Optional<Anomaly> anomaly = payment.anomaly().filter(a -> payment.asPlanted());
        if (anomaly.isEmpty()) {
            return false;
        }
        return switch (anomaly.get()) {
            case CHALLENGE_ABANDONED, WEBHOOK_LOST, GATEWAY_PENDING -> false;
            case DUPLICATE_AT_GATEWAY, DUPLICATE_ACROSS_GATEWAYS ->
                    byOrder.getOrDefault(payment.orderId(), List.of()).stream()
                                    .filter(p -> p.actual().equals(captured()))
                                    .count()
                            > 1;
            // Too little may still come; the agent waits a quarter of an hour for it.
            case ONE_UNIT_OFF -> payment.amountMinor() > payment.orderedMinor();
            case UNIT_SCALE, OVER_CAPTURED, CAPTURE_UNDONE, REFUND_FAILED -> true;
            // The hold is over by now: that is a state, and no finding.
            case AUTHORISATION_EXPIRED -> false;
        };
    }

    private static Optional<PaymentState> captured() {
        return Optional.of(PaymentState.CAPTURED);
    }

    /** Whether the gateways' messages alone say nothing of it. */
    private static boolean needsOrder(PaymentTruth payment) {
        return payment.amountMinor() != payment.orderedMinor();
    }

    private static Map<String, Mark> mark(
            Map<String, Set<String>> findings,
            List<Wanted> wanted,
            Set<String> explained,
            List<GatewayTruth> truths) {
        Map<String, Mark> marks = new TreeMap<>();
        for (Wanted one : wanted) {
            Mark mark = marks.computeIfAbsent(one.kind(), FindingMarks::empty);
            mark.planted().add(one.payment());
            boolean found =
                    ALSO.getOrDefault(one.kind(), Set.of(one.kind())).stream()
                            .map(kind -> findings.getOrDefault(kind, Set.of()))
                            .flatMap(Collection::stream)
                            .anyMatch(one.subjects()::contains);
            if (!found) {
                mark.missed().add(one.payment());
            }
        }
        Set<String> known = subjects(truths);
        findings.forEach((kind, subjects) -> {
            for (String subject : subjects) {
                if (!OTHERS.contains(kind)
                        && known.contains(subject)
                        && !explained.contains(subject)) {
                    marks.computeIfAbsent(kind, FindingMarks::empty).notPlanted().add(subject);
                }
            }
        });
        return marks;
    }

    private static Mark empty(String kind) {
        return new Mark(new TreeSet<>(), new TreeSet<>(), new TreeSet<>());
    }

    /** Everything of the marketplace that a finding can be about. */
    private static Set<String> subjects(List<GatewayTruth> truths) {
        Set<String> subjects = new HashSet<>();
        for (GatewayTruth truth : truths) {
            for (PaymentTruth payment : truth.orders().payments()) {
                subjects.add(payment.orderId());
                payment.paymentId()
                        .ifPresent(id -> subjects.add(truth.gateway().wireName() + ":" + id));
            }
        }
        return subjects;
    }

    /** Findings about which nothing was planted, in sentences. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        marks.forEach((kind, mark) -> {
            if (!mark.notPlanted().isEmpty()) {
                problems.add(
                        "%d findings %s of which nobody planted the cause"
                                .formatted(mark.notPlanted().size(), kind));
            }
        });
        return problems;
    }

    /** What was planted and not found, in sentences. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        marks.forEach((kind, mark) -> {
            if (!mark.missed().isEmpty()) {
                gaps.add(
                        "%d of %d planted %s were not found"
                                .formatted(mark.missed().size(), mark.planted().size(), kind));
            }
        });
        return gaps;
    }
}
