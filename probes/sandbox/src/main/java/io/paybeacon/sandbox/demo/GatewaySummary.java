package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.demo.AgentView.FailureKey;
import io.paybeacon.sandbox.demo.Samples.Sample;
import io.paybeacon.sandbox.gateway.GatewayKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * What the agent saw of one gateway, beside what is true of it.
 *
 * @param runs probe runs that ended
 * @param passed those that passed
 * @param failed those that failed for a reason of the gateway
 * @param agentFaults those in which the agent or the machine was at fault
 * @param meanSeconds of a run; empty when none ended
 * @param p95Seconds the bound under which 95 % of the runs lie, as fine as the metric's buckets;
 *     infinite beyond the last; empty when none ended
 * @param failures failed runs by probe, step and reason, the most frequent first
 * @param notEnded plans of which no run ended
 * @param states payments seen, by the state they are in
 * @param refused webhooks that the agent did not accept, by reason
 * @param stuck payments that the agent says are stuck, as {@code gateway:reference}
 * @param orphans runs that may have left money, as the agent believes
 */
record GatewaySummary(
        GatewayKind gateway,
        long runs,
        long passed,
        long failed,
        long agentFaults,
        OptionalDouble meanSeconds,
        OptionalDouble p95Seconds,
        List<Failed> failures,
        List<DemoPlan> notEnded,
        Map<String, Long> states,
        Map<String, Long> refused,
        Set<String> stuck,
        List<Orphan> orphans,
        GatewayTruth truth) {
    /**
     * A way in which a plan failed.
     *
     * @param detail what the newest of them says; empty when the agent no longer keeps it
     */
    record Failed(DemoPlan plan, String step, String reason, long times, String detail) {}

    GatewaySummary {
        failures = List.copyOf(failures);
        notEnded = List.copyOf(notEnded);
        orphans = List.copyOf(orphans);
    }

    static GatewaySummary of(AgentView view, GatewayTruth truth, List<Orphan> orphans) {
        GatewayKind kind = truth.gateway();
        String name = kind.wireName();
        Samples samples = view.samples();
        Predicate<Sample> here = sample -> sample.is("gateway", name);
        Map<String, Long> outcomes = samples.by(Metric.RUNS, "outcome", here);
        double count = samples.sum(Metric.DURATION + "_count", here);
        double sum = samples.sum(Metric.DURATION + "_sum", here);
        return new GatewaySummary(
                kind,
                outcomes.values().stream().mapToLong(Long::longValue).sum(),
                outcomes.getOrDefault("passed", 0L),
                outcomes.getOrDefault("failed", 0L) + outcomes.getOrDefault("budget", 0L),
                outcomes.getOrDefault("agent_fault", 0L),
                count > 0 ? OptionalDouble.of(sum / count) : OptionalDouble.empty(),
                count > 0
                        ? OptionalDouble.of(samples.bound(Metric.DURATION, 0.95, here))
                        : OptionalDouble.empty(),
                failures(view, kind),
                notEnded(samples, kind),
                samples.by(Metric.PAYMENTS, "status", here),
                samples.by(
                        Metric.INGEST,
                        "result",
                        here.and(sample -> !sample.is("result", "accepted"))),
                startingWith(view.stuck(), name + ":"),
                orphans.stream().filter(orphan -> orphan.gateway().equals(name)).toList(),
                truth);
    }

    private static List<Failed> failures(AgentView view, GatewayKind kind) {
        List<Failed> failures = new ArrayList<>();
        for (DemoPlan plan : DemoPlan.ALL) {
            if (plan.gateway() != kind) {
                continue;
            }
            for (Sample sample : view.samples().samples()) {
                if (sample.name().equals(Metric.STEP_FAILURES)
                        && sample.is("probe", plan.probe())
                        && sample.value() > 0) {
                    FailureKey key =
                            new FailureKey(
                                    plan.probe(), sample.label("step"), sample.label("reason"));
                    failures.add(
                            new Failed(
                                    plan,
                                    key.step(),
                                    key.reason(),
                                    Math.round(sample.value()),
                                    view.details().getOrDefault(key, "")));
                }
            }
        }
        failures.sort(Comparator.comparingLong(Failed::times).reversed());
        return failures;
    }

    private static List<DemoPlan> notEnded(Samples samples, GatewayKind kind) {
        return DemoPlan.ALL.stream()
                .filter(plan -> plan.gateway() == kind)
                .filter(plan -> samples.sum(Metric.RUNS, s -> s.is("probe", plan.probe())) == 0)
                .toList();
    }

    private static Set<String> startingWith(Set<String> subjects, String prefix) {
        Set<String> own = new TreeSet<>(subjects);
        own.removeIf(subject -> !subject.startsWith(prefix));
        return own;
    }

    /** Payments that the agent heard of. */
    long seen() {
        return states.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * The share of payments that came to an answer for which it was yes; empty when none did. A
     * hold that was given free had been a yes.
     */
    OptionalDouble successShare() {
        long paid = count("authorised", "partially_captured", "captured", "expired", "cancelled");
        long all = paid + count("failed");
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(paid / (double) all);
    }

    private long count(String... statuses) {
        long sum = 0;
        for (String status : statuses) {
            sum += states.getOrDefault(status, 0L);
        }
        return sum;
    }

    /** Planted stuck payments that the agent did not find. */
    Set<String> missed() {
        Set<String> missed = new TreeSet<>(truth.planted());
        missed.removeAll(stuck);
        return missed;
    }

    /** Payments that the agent says are stuck and that nobody planted. */
    Set<String> notPlanted() {
        Set<String> others = new TreeSet<>(stuck);
        others.removeAll(truth.planted());
        return others;
    }

    /** Everything that is wrong, in sentences; empty when nothing is. */
    List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (failed > 0) {
            problems.add(say("%d of %d probe runs failed".formatted(failed, runs)));
        }
        if (!truth.moneyLeft().isEmpty()) {
            problems.add(say("probes left money behind"));
        }
        if (!orphans.isEmpty()) {
            problems.add(
                    say(
                            "%d probe runs are not cleaned up, as the agent knows"
                                    .formatted(orphans.size())));
        }
        if (!notPlanted().isEmpty()) {
            problems.add(
                    say(
                            "%d payments are stuck that nobody planted"
                                    .formatted(notPlanted().size())));
        }
        long unwelcome = refused.values().stream().mapToLong(Long::longValue).sum();
        if (unwelcome > 0) {
            problems.add(say("%d webhooks were not accepted".formatted(unwelcome)));
        }
        return problems;
    }

    /** Everything that was not seen, in sentences; empty when nothing is missing. */
    List<String> gaps() {
        List<String> gaps = new ArrayList<>();
        for (DemoPlan plan : notEnded) {
            gaps.add(say("no run of %s came to its end".formatted(plan.plan())));
        }
        if (!missed().isEmpty()) {
            gaps.add(say("%d planted stuck payments were not found".formatted(missed().size())));
        }
        if (seen() < truth.known()) {
            gaps.add(say("of %d payments the agent never heard".formatted(truth.known() - seen())));
        }
        return gaps;
    }

    private String say(String sentence) {
        return gateway.wireName() + ": " + sentence;
    }
}
