package io.paybeacon.core.event;

import static io.paybeacon.core.event.ProbeEvent.Phase.CONNECT;
import static io.paybeacon.core.event.ProbeEvent.Phase.REMAINDER;
import static io.paybeacon.core.event.ProbeEvent.Phase.RESOLVE;
import static io.paybeacon.core.event.ProbeEvent.Phase.SERVER;
import static io.paybeacon.core.event.ProbeEvent.Phase.TLS;
import static io.paybeacon.core.event.ProbeEvent.Phase.TRANSFER;
import static io.paybeacon.core.event.ProbeEvent.Phase.WRITE;
import static io.paybeacon.core.event.ProbeEvent.SlotOutcome.LATE;
import static io.paybeacon.core.event.ProbeEvent.SlotOutcome.MISSED;
import static io.paybeacon.core.event.ProbeEvent.SlotOutcome.RAN;
import static io.paybeacon.core.event.ProbeEvent.SlotOutcome.SKIPPED_BUDGET;
import static io.paybeacon.core.event.ProbeEvent.SlotOutcome.SKIPPED_RUNNING;
import static io.paybeacon.core.event.ProbeEvent.SlotOutcome.SKIPPED_SHUTDOWN;

import io.paybeacon.core.event.ProbeEvent.Cleanup;
import io.paybeacon.core.event.ProbeEvent.Connection;
import io.paybeacon.core.event.ProbeEvent.Failure;
import io.paybeacon.core.event.ProbeEvent.OrphanSettled;
import io.paybeacon.core.event.ProbeEvent.Phase;
import io.paybeacon.core.event.ProbeEvent.Purpose;
import io.paybeacon.core.event.ProbeEvent.RunCompleted;
import io.paybeacon.core.event.ProbeEvent.SlotAccounted;
import io.paybeacon.core.event.ProbeEvent.SlotOutcome;
import io.paybeacon.core.event.ProbeEvent.StepResult;
import io.paybeacon.core.event.ProbeEvent.WebhookSeen;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The events of probes among the {@link EventSamples}. */
final class ProbeSamples {
    private static final Instant DUE_AT = Instant.parse("2026-11-22T10:15:00Z");

    /** The reasons of version 1, in the order that its samples have them. */
    private static final String REASONS_1 =
            "dns connect_refused connect_timeout connect_other tls_expired tls_name tls_other"
                    + " tls_timeout write ttfb_timeout body_timeout reset closed auth http_4xx"
                    + " http_429 http_5xx http_status protocol too_large schema assertion"
                    + " amount_mismatch webhook_missing declined_unexpected approved_unexpected"
                    + " plan_timeout budget agent_fault";

    private ProbeSamples() {}

    /** Between them they use every constant of this build. */
    static void all(Origin origin, Map<String, Event> samples) {
        List<StepResult> steps = new ArrayList<>();
        for (ProbeReason reason : ProbeReason.values()) {
            steps.add(lost(Purpose.FLOW, reason));
        }
        for (Purpose purpose : Purpose.values()) {
            steps.add(lost(purpose, ProbeReason.RESET));
        }
        for (Connection connection : Connection.values()) {
            steps.add(
                    new StepResult(
                            "refund",
                            1,
                            Purpose.FLOW,
                            connection,
                            null,
                            phases(List.of(Phase.values())),
                            28_000));
        }
        for (Cleanup cleanup : Cleanup.values()) {
            samples.put("run " + cleanup.label(), run(origin, steps, cleanup, true));
        }
        for (SlotOutcome outcome : SlotOutcome.values()) {
            samples.put(
                    "slot " + outcome.label(),
                    new SlotAccounted(origin, "stripe-card", DUE_AT, outcome, -5, 12_345));
        }
        unchanged(origin, samples);
    }

    /** What version 1 wrote, as this build has it; nothing is added here. */
    static void ofVersion1(Origin origin, Map<String, Event> samples) {
        List<StepResult> steps = new ArrayList<>();
        for (String label : REASONS_1.split(" ", -1)) {
            ProbeReason reason = Objects.requireNonNull(ProbeReason.NAMES.find(label), label);
            steps.add(lost(Purpose.RECOVERY, reason));
        }
        steps.add(
                new StepResult(
                        "refund",
                        1,
                        Purpose.CLEANUP,
                        Connection.COLD,
                        null,
                        phases(List.of(RESOLVE, CONNECT, TLS, WRITE, SERVER, TRANSFER, REMAINDER)),
                        28_000));
        for (String label : List.of("nothing_to_clean", "clean", "orphaned")) {
            Cleanup cleanup = Objects.requireNonNull(Cleanup.NAMES.find(label), label);
            samples.put("run " + label, run(origin, steps, cleanup, false));
        }
        for (SlotOutcome outcome :
                List.of(RAN, LATE, SKIPPED_RUNNING, SKIPPED_BUDGET, SKIPPED_SHUTDOWN, MISSED)) {
            samples.put(
                    "slot " + outcome.label(),
                    new SlotAccounted(origin, "stripe-card", DUE_AT, outcome, -5, 1));
        }
        unchanged(origin, samples);
    }

    private static void unchanged(Origin origin, Map<String, Event> samples) {
        samples.put(
                "run passed",
                new RunCompleted(
                        origin,
                        "p",
                        "r",
                        "",
                        DUE_AT,
                        DUE_AT,
                        0,
                        null,
                        List.of(),
                        Cleanup.CLEAN,
                        false));
        samples.put("orphan settled", new OrphanSettled(origin, "stripe-card", "run-1"));
        samples.put("webhook seen", new WebhookSeen(origin, "run-1", "charge.captured"));
    }

    private static StepResult lost(Purpose purpose, ProbeReason reason) {
        return new StepResult(
                "authorise", 2, purpose, Connection.NONE, reason, Map.of(), 5_000_000_000L);
    }

    private static Map<Phase, Long> phases(List<Phase> reached) {
        Map<Phase, Long> phases = new LinkedHashMap<>();
        for (Phase phase : reached) {
            phases.put(phase, 1_000L * phases.size());
        }
        return phases;
    }

    private static RunCompleted run(
            Origin origin, List<StepResult> steps, Cleanup cleanup, boolean confirmation) {
        return new RunCompleted(
                origin,
                "stripe-card",
                "run-1",
                "4bf92f3577b34da6a3ce929d0e0e4736",
                DUE_AT,
                DUE_AT.plusMillis(3),
                7,
                new Failure("authorise", ProbeReason.AUTH, "status 401, expected 200"),
                steps,
                cleanup,
                confirmation);
    }
}
