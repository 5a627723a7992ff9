package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.demo.AgentView.Asked;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.market.PaymentTruth;
import io.paybeacon.sandbox.market.generate.DeclineReason;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One payment as support sees it: what the agent says of it, in lines for people.
 *
 * @param key {@code gateway:reference}
 * @param truth what the marketplace knows of it
 * @param answer the agent's
 */
record LookedUp(String key, PaymentTruth truth, JsonObject answer) {
    private static final int TRIES = 5;

    private static final List<String> TELLING =
            List.of("insufficient_funds", "expired_card", "invalid_cvc", "limit_exceeded");

    /**
     * Looks one payment up: a declined one whose cause a customer can do something about, else one
     * that is stuck, else any.
     *
     * @return nothing if there is none, or the agent does not know it
     */
    static Optional<LookedUp> of(Asked agent, Map<GatewayKind, List<PaymentTruth>> truths)
            throws InterruptedException {
        List<LookedUp> candidates = new ArrayList<>();
        truths.forEach((kind, payments) ->
                payments.stream()
                        .filter(p -> p.paymentId().isPresent())
                        .filter(p -> p.step() == PaymentTruth.Step.DONE)
                        .forEach(p ->
                                candidates.add(
                                        new LookedUp(
                                                kind.wireName() + ":" + p.paymentId().orElseThrow(),
                                                p,
                                                new JsonObject()))));
        List<LookedUp> best =
                candidates.stream()
                        .sorted(Comparator.comparingInt(LookedUp::rank))
                        .limit(TRIES)
                        .toList();
        for (LookedUp candidate : best) {
            Optional<String> body = agent.get("/api/v1/payments/" + candidate.key());
            if (body.isPresent()) {
                return parsed(body.get())
                        .map(json -> new LookedUp(candidate.key(), candidate.truth(), json));
            }
        }
        return Optional.empty();
    }

    private int rank() {
        int told = truth.cause().map(cause -> TELLING.indexOf(cause.label())).orElse(-1);
        return told >= 0 ? told : truth.anomaly().isPresent() ? 10 : 20;
    }

    private static Optional<JsonObject> parsed(String body) {
        try {
            return Optional.of(new JsonObject(body));
        } catch (DecodeException e) {
            return Optional.empty();
        }
    }

    /** Why the newest attempt failed, as the agent says. */
    Optional<String> cause() {
        return objects("attempts")
                .map(a -> a.getString("declineCause", ""))
                .reduce((a, b) -> b)
                .filter(cause -> !cause.isEmpty());
    }

    /** What it says, line by line. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "status %s since %s%s"
                        .formatted(
                                answer.getString("status", "?"),
                                answer.getString("since", "?"),
                                amount(answer.getJsonObject("requested"))));
        cause().ifPresent(cause ->
                lines.add("declined: " + cause + truth.cause().map(this::agreed).orElse("")));
        guidance(answer).forEach(lines::add);
        objects("attempts").flatMap(a -> guidance(a).stream()).distinct().forEach(lines::add);
        objects("openFindings")
                .forEach(finding -> {
                    lines.add(
                            "finding "
                                    + finding.getString("kind")
                                    + ": "
                                    + finding.getString("cause"));
                    lines.add("support may: " + finding.getString("remedy"));
                });
        return lines;
    }

    private String agreed(DeclineReason planned) {
        return cause().filter(planned.label()::equals).isPresent()
                ? " (as planned)"
                : " (planned: " + planned.label() + ")";
    }

    private static String amount(Object requested) {
        return requested instanceof JsonObject money
                ? ", asked for " + money.getString("formatted", "?")
                : "";
    }

    /** Texts for customer and support, however deep the answer has them. */
    private static List<String> guidance(JsonObject in) {
        if (!(in.getValue("guidance") instanceof JsonObject guidance)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, Object> entry : guidance) {
            if (entry.getValue() instanceof String text && !text.isEmpty()) {
                lines.add("guidance, " + entry.getKey() + ": " + text);
            }
        }
        return lines;
    }

    private Stream<JsonObject> objects(String key) {
        return answer.getValue(key) instanceof JsonArray array
                ? array.stream().filter(JsonObject.class::isInstance).map(JsonObject.class::cast)
                : Stream.empty();
    }
}
