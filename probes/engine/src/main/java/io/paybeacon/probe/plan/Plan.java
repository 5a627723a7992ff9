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
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
 * @param connection whether the steps of a run share a connection
 * @param budget money that it may hold; null only for a plan that holds none
 * @param idempotencyHeader header that carries the key of a logical transaction; null when the
 *     gateway offers no keys
 * @param declines what a decline looks like at this gateway; the first that fits counts
 * @param oauth2 the clients that ask for tokens, by name
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
        Connection connection,
        @Nullable Budget budget,
        @Nullable String idempotencyHeader,
        List<Decline> declines,
        Map<String, OAuth2Client> oauth2,
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

    /** How the steps of a run connect. */
    public enum Connection {
        /** Each attempt over a connection of its own: all of them cold. */
        FRESH,
        /** The flow keeps one connection to an origin: after a cold attempt come warm ones. */
        KEEP
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
     * @param when what the body must say besides; null when the status alone tells. Looked for only
     *     in steps that ask for money: a lookup that reports a declined payment has succeeded
     * @param code where the decline code stands in the body, null if there is none
     * @param technical codes which say that the issuer or the network was ill, not the card
     */
    public record Decline(
            Set<Integer> statuses,
            Assertion.@Nullable Json when,
            @Nullable DocumentPath code,
            Set<String> technical) {

        /** The statuses of success, with which some gateways decline too. */
        public static final Set<Integer> SUCCESS =
                IntStream.range(200, 300).boxed().collect(Collectors.toUnmodifiableSet());

        public Decline {
            statuses = Set.copyOf(statuses);
            technical = Set.copyOf(technical);
        }
    }

    public Plan {
        requireNonNull(name, "name is null");
        requireNonNull(mode, "mode is null");
        declines = List.copyOf(declines);
        oauth2 = Map.copyOf(oauth2);
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
