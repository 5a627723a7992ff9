package io.paybeacon.probe.plan;

import io.paybeacon.probe.limits.Limits;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one step. */
final class StepReader {

    /** The kinds of steps, by the key that tells them. */
    private static final Map<String, Shape> KINDS = kinds();

    private final Scope scope;
    private final NetworkStepReader networkSteps;

    StepReader(Scope scope) {
        this.scope = scope;
        this.networkSteps = new NetworkStepReader(scope);
    }

    private static Map<String, Shape> kinds() {
        Map<String, Shape> kinds = new LinkedHashMap<>();
        kinds.put("http", Shape.HTTP_STEP);
        kinds.put("tcp", Shape.TCP_STEP);
        kinds.put("tls", Shape.TLS_STEP);
        kinds.put("dns", Shape.DNS_STEP);
        kinds.put("grpcHealth", Shape.GRPC_HEALTH_STEP);
        kinds.put("webhookArrives", Shape.WEBHOOK_STEP);
        kinds.put("replay", Shape.REPLAY_CLEANUP);
        return kinds;
    }

    /**
     * The step of a node; empty when its kind is not to be made out.
     *
     * @param cleanup whether it stands under {@code always}
     */
    Optional<Step> read(YamlNode node, String where, boolean cleanup) {
        String kind = kind(node, where);
        Fields fields = Fields.of(node, where, keys(kind, cleanup), scope.problems());
        String name = name(fields);
        Duration timeout =
                fields.duration("timeout", Limits.PLAN_TIMEOUT_MAX)
                        .orElse(Limits.STEP_TIMEOUT_DEFAULT);
        return switch (kind) {
            case "http" -> Optional.of(http(fields, name, timeout));
            case "tcp" -> Optional.of(networkSteps.tcp(fields, name, timeout));
            case "tls" -> Optional.of(networkSteps.tls(fields, name, timeout));
            case "dns" -> Optional.of(networkSteps.dns(fields, name, timeout));
            case "grpcHealth" -> Optional.of(networkSteps.grpcHealth(fields, name, timeout));
            case "webhookArrives" ->
                    fields.optionalText(kind, "write the event type, such as charge.succeeded")
                            .map(type -> new Step.WebhookArrives(name, timeout, type));
            case "replay" ->
                    fields.optionalText(kind, "write the name of the step to repeat")
                            .map(step -> new Step.Replay(name, timeout, step));
            default -> Optional.empty();
        };
    }

    private static List<String> keys(String kind, boolean cleanup) {
        Shape shape = KINDS.getOrDefault(kind, Shape.HTTP_STEP);
        Shape there = cleanup && shape == Shape.HTTP_STEP ? Shape.HTTP_CLEANUP : shape;
        if (!kind.isEmpty()) {
            return there.keys();
        }
        return Shape.Keys.with(List.copyOf(KINDS.keySet()), "name", "timeout");
    }

    private String kind(YamlNode node, String where) {
        if (!(node instanceof YamlNode.Mapping mapping)) {
            return "";
        }
        List<String> given =
                KINDS.keySet().stream()
                        .filter(kind -> mapping.entries().containsKey(kind))
                        .toList();
        if (given.size() == 1) {
            return given.getFirst();
        }
        scope.problems()
                .add(
                        node.line(),
                        where,
                        "a step needs exactly one of %s, and has %s"
                                .formatted(
                                        String.join(", ", KINDS.keySet()),
                                        given.isEmpty() ? "none" : String.join(", ", given)));
        return given.isEmpty() ? "" : given.getFirst();
    }

    private static String name(Fields fields) {
        String name = fields.text("name", "give the step a name, such as create");
        if (!name.isEmpty() && !name.matches("[a-z][a-z0-9-]{0,39}")) {
            fields.problem(
                    "name",
                    "\"%s\" is not a step name; use up to 40 lower-case letters, digits, dashes"
                            .formatted(name));
        }
        return name;
    }

    private Step http(Fields step, String name, Duration timeout) {
        YamlNode node = step.node("http").orElseThrow();
        Fields http = Fields.of(node, step.path("http"), Shape.HTTP.keys(), scope.problems());
        RequestTemplate request = new RequestReader(scope).read(http);
        SideEffect effect = effect(http);
        int bodyBytesMax =
                http.wholeNumber("bodyBytesMax", 1, Limits.BODY_BYTES_MAX)
                        .map(Long::intValue)
                        .orElse(Limits.BODY_BYTES_MAX);
        int redirectsMax =
                http.wholeNumber("redirects", 0, Limits.REDIRECTS_MAX)
                        .map(Long::intValue)
                        .orElse(0);
        List<Extraction> extractions = new ExtractionReader(scope).read(step);
        return new Step.Http(
                name,
                timeout,
                request,
                effect,
                http.flag("idempotent"),
                http.flag("replayCheck"),
                extractions,
                new AssertionReader(scope).read(step, AssertionReader.OF_HTTP),
                expectDecline(step),
                valueSets(step, "releasedWhen"),
                step.duration("goneAfter", Limits.GONE_AFTER_MAX).orElse(null),
                redirectsMax,
                bodyBytesMax);
    }

    private @Nullable SideEffect effect(Fields http) {
        Optional<SideEffect.Kind> kind = http.word("sideEffect", SideEffect.Kind.class);
        Optional<SideEffect.AmountTemplate> amount =
                http.node("amount").map(node -> scope.amount(node, http.path("amount")));
        if (amount.isPresent() && kind.filter(SideEffect.Kind.HOLD::equals).isEmpty()) {
            http.problem("amount", "only a step with sideEffect: hold has an amount");
        }
        return kind.map(found -> new SideEffect(found, amount.orElse(null))).orElse(null);
    }

    private static Step.@Nullable ExpectedDecline expectDecline(Fields step) {
        if (!step.has("expectDecline")) {
            return null;
        }
        Set<String> codes = step.texts("expectDecline");
        return new Step.ExpectedDecline(codes.equals(Set.of("any")) ? Set.of() : codes);
    }

    /** A mapping of variables to the values that they may have. */
    Map<String, Set<String>> valueSets(Fields fields, String key) {
        Map<String, Set<String>> sets = new LinkedHashMap<>();
        YamlNode node = fields.node(key).orElse(null);
        if (node instanceof YamlNode.Mapping mapping) {
            List<String> names = List.copyOf(mapping.entries().keySet());
            Fields children = Fields.of(mapping, fields.path(key), names, scope.problems());
            for (String name : names) {
                scope.checkVariable(name, children.line(name), children.path(name));
                sets.put(name, children.texts(name));
            }
        } else if (node != null) {
            fields.problem(
                    key, "it is %s; write a mapping of variables to values".formatted(node.kind()));
        }
        return sets;
    }
}
