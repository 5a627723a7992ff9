package io.paybeacon.probe.plan;

import io.paybeacon.probe.plan.Plan.Decline;
import io.paybeacon.probe.yaml.Fields;
import io.paybeacon.probe.yaml.YamlNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a decline looks like: one form, or a list of forms. */
final class DeclineReader {

    /** HTTP 402 Payment Required: what a plan that says nothing takes for a decline. */
    private static final Decline DEFAULT = new Decline(Set.of(402), null, null, Set.of());

    private final Scope scope;

    DeclineReader(Scope scope) {
        this.scope = scope;
    }

    List<Decline> read(Fields plan) {
        if (!plan.has("decline")) {
            return List.of(DEFAULT);
        }
        boolean several = plan.node("decline").orElseThrow() instanceof YamlNode.Items;
        List<YamlNode> nodes = plan.oneOrMore("decline");
        List<Decline> declines = new ArrayList<>();
        for (int i = 0; i < nodes.size(); i++) {
            String where = plan.path("decline") + (several ? "[" + i + "]" : "");
            declines.add(
                    decline(
                            Fields.of(
                                    nodes.get(i), where, Shape.DECLINE.keys(), scope.problems())));
        }
        return declines;
    }

    private Decline decline(Fields decline) {
        if (!decline.has("status") && !decline.has("when")) {
            decline.missing(
                    "status",
                    "write the HTTP status of a decline, or when with what its" + " body says");
        }
        Set<Integer> statuses =
                decline.has("status") ? decline.wholeNumbers("status", 200, 599) : Decline.SUCCESS;
        DocumentPath code =
                decline.node("code")
                        .flatMap(child -> scope.path(child, decline.path("code")))
                        .orElse(null);
        Set<String> technical = decline.texts("technical");
        if (!technical.isEmpty() && code == null && !decline.has("code")) {
            decline.problem("technical", "technical codes need code: where the code stands");
        }
        return new Decline(statuses, when(decline), code, technical);
    }

    private Assertion.@Nullable Json when(Fields decline) {
        YamlNode node = decline.node("when").orElse(null);
        if (node == null) {
            return null;
        }
        Fields when =
                Fields.of(
                        node,
                        decline.path("when"),
                        Shape.DECLINE_CONDITION.keys(),
                        scope.problems());
        if (!when.has("json")) {
            when.missing("json", "write the JSON path whose value tells a decline");
        }
        return new AssertionReader(scope).json(when).orElse(null);
    }
}
