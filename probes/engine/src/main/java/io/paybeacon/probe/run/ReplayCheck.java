package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.plan.Extraction;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.yaml.Value;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compares the answers to one request that was sent twice under one key. */
final class ReplayCheck {

    /** What a second answer fails with when its content is another than that of the first. */
    private static final Set<ProbeReason> OF_CONTENT =
            Set.of(ProbeReason.ASSERTION, ProbeReason.AMOUNT_MISMATCH, ProbeReason.SCHEMA);

    private ReplayCheck() {}

    /** Null when the second answer names the same object and says the same of it. */
    static @Nullable Failure compare(Step.Http step, Verdict first, Verdict second) {
        Optional<Extraction> different = different(step, first, second);
        if (different.isPresent()) {
            String variable = different.get().variable();
            return mismatch(
                    "the same key gave \"%s\" as %s, then as %s"
                            .formatted(variable, show(first, variable), show(second, variable)));
        }
        Failure failure = second.failure();
        return failure != null && OF_CONTENT.contains(failure.reason())
                ? mismatch("the second answer under the same key: " + failure.detail())
                : failure;
    }

    /** Whether the second answer names an object that the first one does not. */
    static boolean namesAnother(Step.Http step, Verdict first, Verdict second) {
        return different(step, first, second)
                .filter(extraction -> second.extracted().containsKey(extraction.variable()))
                .isPresent();
    }

    /** What is compared: of an answer that brought no values there is nothing to compare. */
    private static Optional<Extraction> different(Step.Http step, Verdict first, Verdict second) {
        return second.extracted().isEmpty()
                ? Optional.empty()
                : step.extractions().stream()
                        .filter(extraction ->
                                !same(
                                        first.extracted().get(extraction.variable()),
                                        second.extracted().get(extraction.variable())))
                        .findFirst();
    }

    private static boolean same(@Nullable Value first, @Nullable Value second) {
        return Objects.equals(
                first == null ? null : first.text(), second == null ? null : second.text());
    }

    private static String show(Verdict verdict, String variable) {
        Value value = verdict.extracted().get(variable);
        return value == null ? "absent" : Value.show(value);
    }

    private static Failure mismatch(String detail) {
        return new Failure(ProbeReason.REPLAY_MISMATCH, detail);
    }
}
