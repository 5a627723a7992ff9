package io.paybeacon.probe.plan;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One step of a plan. */
public sealed interface Step {

    /** Its name, unique in the plan. */
    String name();

    /** Time from its start to its end. */
    Duration timeout();

    /**
     * Sends one request and judges the response.
     *
     * @param request what is sent
     * @param effect what it does to money, null when nothing
     * @param idempotent whether it carries a key, so that it may be repeated to learn a lost answer
     * @param extractions values kept for later steps
     * @param assertions what must hold, checked in order
     * @param expectDecline the declines that are a pass, null when the step expects approval
     * @param releasedWhen variable and the values of it which say that nothing is held any more
     * @param bodyBytesMax bytes of a response body beyond which the attempt ends
     */
    record Http(
            String name,
            Duration timeout,
            RequestTemplate request,
            @Nullable SideEffect effect,
            boolean idempotent,
            List<Extraction> extractions,
            List<Assertion> assertions,
            @Nullable ExpectedDecline expectDecline,
            Map<String, Set<String>> releasedWhen,
            int bodyBytesMax)
            implements Step {

        public Http {
            requireNonNull(name, "name is null");
            extractions = List.copyOf(extractions);
            assertions = List.copyOf(assertions);
            releasedWhen = Map.copyOf(releasedWhen);
        }
    }

    /**
     * Waits until the gateway has sent a webhook of that type about this run.
     *
     * @param eventType the gateway's own name of the event type
     */
    record WebhookArrives(String name, Duration timeout, String eventType) implements Step {}

    /**
     * Repeats a step of the flow under its idempotency key, to learn what a lost response said.
     * Stands in the cleanup only.
     *
     * @param step name of the step that is repeated
     */
    record Replay(String name, Duration timeout, String step) implements Step {}

    /**
     * Declines that are a pass.
     *
     * @param codes the codes that are expected; empty when any decline is
     */
    record ExpectedDecline(Set<String> codes) {
        public ExpectedDecline {
            codes = Set.copyOf(codes);
        }
    }
}
