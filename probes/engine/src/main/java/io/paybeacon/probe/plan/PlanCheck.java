package io.paybeacon.probe.plan;

import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.Nearest;
import io.paybeacon.probe.yaml.Problems;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks what no single key shows: that a plan which holds money can also let it go. */
final class PlanCheck {

    private final Plan plan;
    private final Fields fields;
    private final Problems problems;

    PlanCheck(Plan plan, Fields fields, Problems problems) {
        this.plan = plan;
        this.fields = fields;
        this.problems = problems;
    }

    void check() {
        if (plan.steps().isEmpty() && fields.has("steps") && problems.isEmpty()) {
            fields.problem("steps", "a plan needs at least one step");
        }
        checkNames();
        checkReplays();
        checkWaits();
        checkMoney();
    }

    private void checkNames() {
        Set<String> seen = new HashSet<>();
        Stream.concat(plan.steps().stream(), plan.always().stream().map(CleanupStep::step))
                .map(Step::name)
                .filter(name -> !name.isEmpty() && !seen.add(name))
                .forEach(name ->
                        fields.problem(
                                "steps",
                                "two steps are named \"%s\"; step names are unique"
                                        .formatted(name)));
    }

    private void checkReplays() {
        for (Step step : plan.steps()) {
            if (step instanceof Step.Replay) {
                fields.problem(
                        "steps",
                        "\"%s\" is a replay, which stands under always only"
                                .formatted(step.name()));
            }
        }
        List<String> repeatable =
                plan.steps().stream()
                        .filter(step -> step instanceof Step.Http http && http.idempotent())
                        .map(Step::name)
                        .toList();
        for (CleanupStep cleanup : plan.always()) {
            if (cleanup.step() instanceof Step.Replay replay
                    && !repeatable.contains(replay.step())) {
                fields.problem(
                        "always",
                        "\"%s\" repeats \"%s\", which is not a step with idempotent: true; %s"
                                .formatted(
                                        replay.name(),
                                        replay.step(),
                                        Nearest.suggestion(replay.step(), repeatable)));
            }
        }
    }

    private void checkWaits() {
        for (CleanupStep cleanup : plan.always()) {
            if (cleanup.step() instanceof Step.WebhookArrives wait) {
                fields.problem(
                        "always",
                        "\"%s\" waits for a webhook; cleanup must not depend on one"
                                .formatted(wait.name()));
            }
        }
    }

    private void checkMoney() {
        List<Step.Http> holds =
                plan.steps().stream()
                        .filter(step -> effectOf(step) == SideEffect.Kind.HOLD)
                        .map(Step.Http.class::cast)
                        .toList();
        if (plan.mode() == Plan.Mode.LIVE && plan.budget() == null) {
            fields.missing("budget", "a plan with mode: live must say what it may hold");
        }
        if (holds.isEmpty()) {
            return;
        }
        if (plan.budget() == null && plan.mode() == Plan.Mode.TEST) {
            fields.missing("budget", "a plan that holds money must say how much it may hold");
        }
        if (holds.stream().noneMatch(PlanCheck::hasAmount)) {
            fields.problem(
                    "steps",
                    "no hold says its amount; add amount: ${amount} ${currency} to \"%s\""
                            .formatted(holds.getFirst().name()));
        }
        boolean releases =
                plan.always().stream()
                        .map(cleanup -> Optional.ofNullable(effectOf(cleanup.step())))
                        .flatMap(Optional::stream)
                        .anyMatch(SideEffect.Kind::releases);
        if (!releases) {
            problems.add(
                    fields.line("steps"),
                    "always",
                    "\"%s\" holds money and no cleanup step releases it; add one with sideEffect:"
                                    .formatted(holds.getFirst().name())
                            + " void or refund");
        }
    }

    private static boolean hasAmount(Step.Http http) {
        SideEffect effect = http.effect();
        return effect != null && effect.amount() != null;
    }

    private static SideEffect.@Nullable Kind effectOf(Step step) {
        if (step instanceof Step.Http http) {
            SideEffect effect = http.effect();
            return effect == null ? null : effect.kind();
        }
        return null;
    }
}
