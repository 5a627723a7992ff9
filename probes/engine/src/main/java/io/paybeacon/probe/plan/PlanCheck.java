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

    /** Methods that a server must take twice without harm (RFC 9110, section 9.2.2). */
    private static final Set<String> REPEATABLE_METHODS = Set.of("PUT", "DELETE");

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
        checkCleanupKinds();
        httpSteps().forEach(this::checkHttp);
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

    private void checkCleanupKinds() {
        for (CleanupStep cleanup : plan.always()) {
            String name = cleanup.step().name();
            switch (cleanup.step()) {
                case Step.Http _, Step.Replay _ -> {}
                case Step.WebhookArrives _ ->
                        fields.problem(
                                "always",
                                "\"%s\" waits for a webhook; cleanup must not depend on one"
                                        .formatted(name));
                case Step.Tcp _, Step.Tls _, Step.Dns _, Step.GrpcHealth _ ->
                        fields.problem(
                                "always",
                                "\"%s\" cleans nothing up; under always stand http and replay only"
                                        .formatted(name));
            }
        }
    }

    private Stream<Step.Http> httpSteps() {
        return Stream.concat(plan.steps().stream(), plan.always().stream().map(CleanupStep::step))
                .filter(Step.Http.class::isInstance)
                .map(Step.Http.class::cast);
    }

    private void checkHttp(Step.Http http) {
        SideEffect effect = http.effect();
        boolean offersKeys = plan.idempotencyHeader() != null;
        if (http.idempotent() && !offersKeys) {
            problem(http, "is idempotent: true, and the plan says idempotencyHeader: none");
        }
        if (effect != null
                && !http.idempotent()
                && offersKeys
                && !REPEATABLE_METHODS.contains(http.request().method())) {
            problem(
                    http,
                    "has a sideEffect and no key; add idempotent: true, or say idempotencyHeader:"
                            + " none where the gateway offers no keys");
        }
        if (effect != null && http.redirectsMax() > 0) {
            problem(http, "has a sideEffect and follows redirects; leave one of the two out");
        }
        if (http.replayCheck()) {
            checkReplayCheck(http);
        }
        if (http.goneAfter() != null
                && (effect != null
                        || http.extractions().stream().noneMatch(Extraction::optional))) {
            problem(
                    http,
                    "has goneAfter; only a search without a sideEffect that extracts something"
                            + " optional can say that nothing is there");
        }
    }

    private void checkReplayCheck(Step.Http http) {
        boolean names = http.extractions().stream().anyMatch(found -> !found.optional());
        if (http.effect() == null || !http.idempotent() || !names) {
            problem(
                    http,
                    "has replayCheck; it needs a sideEffect, idempotent: true, and something it"
                            + " extracts, by which the answers are compared");
        } else if (plan.always().stream().anyMatch(cleanup -> cleanup.step().equals(http))) {
            problem(http, "has replayCheck, which stands in the flow only");
        }
    }

    private void problem(Step.Http http, String message) {
        boolean ofFlow = plan.steps().contains(http);
        fields.problem(ofFlow ? "steps" : "always", "\"%s\" %s".formatted(http.name(), message));
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
