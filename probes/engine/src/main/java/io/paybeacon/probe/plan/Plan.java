package io.paybeacon.probe.plan;

import static java.util.Objects.requireNonNull;

import io.paybeacon.probe.yaml.Value;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A synthetic transaction: steps in order, and the cleanup that always follows.
 *
 * @param name identifies the plan
 * @param description what it proves, for people
 * @param gateway kind of gateway that it speaks to, such as {@code stripe}
 * @param mode whether money moves
 * @param timeout time for all steps together; cleanup has its own
 * @param budget money that it may hold; null only for a plan that holds none
 * @param idempotencyHeader header that carries the key of a logical transaction
 * @param decline what a decline looks like at this gateway
 * @param secrets names of the secrets that a target must supply
 * @param variables values that a target may override
 * @param steps executed in order until the first failure
 * @param always cleanup, executed after success, failure, timeout, and after a kill
 */
public record Plan(
        String name,
        String description,
        String gateway,
        Mode mode,
        Duration timeout,
        @Nullable Budget budget,
        String idempotencyHeader,
        Decline decline,
        Set<String> secrets,
        Map<String, Value> variables,
        List<Step> steps,
        List<CleanupStep> always) {

    /** Whether a plan moves real money. */
    public enum Mode {
        /** The gateway's test environment; live keys are refused. */
        TEST,
        /** Real money; must be said explicitly. */
        LIVE
    }

    /**
     * Money that a plan may hold. A hard stop: a step beyond it is not sent.
     *
     * @param currency ISO 4217 code, upper case
     * @param perRunMinor minor units in one run
     * @param perDayMinor minor units in one UTC day, over all runs of one probe
     */
    public record Budget(String currency, long perRunMinor, long perDayMinor) {}

    /**
     * What a decline looks like.
     *
     * @param statuses HTTP statuses with which the gateway declines
     * @param code where the decline code stands in the body, null if there is none
     */
    public record Decline(Set<Integer> statuses, @Nullable DocumentPath code) {
        public Decline {
            statuses = Set.copyOf(statuses);
        }
    }

    public Plan {
        requireNonNull(name, "name is null");
        requireNonNull(mode, "mode is null");
        secrets = Set.copyOf(secrets);
        variables = Collections.unmodifiableMap(new LinkedHashMap<>(variables));
        steps = List.copyOf(steps);
        always = List.copyOf(always);
    }

    /** The HTTP step of that name, in the flow or in the cleanup. */
    public Optional<Step.Http> httpStep(String stepName) {
        return Stream.concat(steps.stream(), always.stream().map(CleanupStep::step))
                .filter(step -> step.name().equals(stepName) && step instanceof Step.Http)
                .map(Step.Http.class::cast)
                .findFirst();
    }
}
