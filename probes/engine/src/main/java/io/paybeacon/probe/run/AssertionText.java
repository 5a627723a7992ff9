package io.paybeacon.probe.run;

import io.paybeacon.probe.plan.Assertion;
import io.paybeacon.probe.plan.Assertion.Bound;
import io.paybeacon.probe.plan.Assertion.Expectation;
import io.paybeacon.probe.plan.SideEffect;
import io.paybeacon.probe.plan.Template;
import io.paybeacon.probe.yaml.Value;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What an assertion asks for, in words, for the log of a run. */
final class AssertionText {
    private final Function<Template, Value> values;

    /**
     * @param values fills in the variables of a template
     */
    AssertionText(Function<Template, Value> values) {
        this.values = values;
    }

    String of(Assertion assertion) {
        return switch (assertion) {
            case Assertion.Status(var statuses) ->
                    "status "
                            + statuses.stream()
                                    .sorted()
                                    .map(String::valueOf)
                                    .collect(Collectors.joining(" or "));
            case Assertion.Header(var name, var expectation) ->
                    "header " + name + " " + words(expectation);
            case Assertion.Json(var path, var expectation) -> path + " " + words(expectation);
            case Assertion.Xml(var path, var expectation) -> path + " " + words(expectation);
            case Assertion.Body(var expectation) -> "the body " + words(expectation);
            case Assertion.BodyBytes(int max) -> "at most %d bytes of body".formatted(max);
            case Assertion.Latency(var max) -> "at most %d ms".formatted(max.toMillis());
            case Assertion.CertificateDays(var bounds) -> "days of certificates " + words(bounds);
            case Assertion.TlsProtocol(var protocols) ->
                    protocols.stream().sorted().collect(Collectors.joining(" or "));
            case Assertion.DnsAnswer(var expectation) -> "the answer " + words(expectation);
            case Assertion.Amount amount ->
                    "%s is %s %s%s"
                            .formatted(
                                    amount.amountPath(),
                                    values.apply(amount.expected().number()).text(),
                                    values.apply(amount.expected().currency()).text(),
                                    switch (amount.expected().unit()) {
                                        case SideEffect.Unit.MINOR -> " in minor units";
                                        case SideEffect.Unit.MAJOR -> "";
                                    });
        };
    }

    private String words(Expectation expectation) {
        return switch (expectation) {
            case Expectation.Present() -> "is there";
            case Expectation.Absent() -> "is not there";
            case Expectation.EqualTo(var value) -> "equals " + show(value);
            case Expectation.OneOf(var set) ->
                    "is one of " + set.stream().map(this::show).collect(Collectors.joining(", "));
            case Expectation.Is(boolean value) -> "is " + value;
            case Expectation.Contains(var value) -> "contains " + show(value);
            case Expectation.Matches(var pattern) -> "matches " + pattern;
            case Expectation.Compared(var comparison, var value) ->
                    "is " + comparison.words() + " " + values.apply(value).text();
            case Expectation.Size(var bounds) -> "has the size " + words(bounds);
        };
    }

    private static String words(List<Bound> bounds) {
        return bounds.stream().map(Bound::toString).collect(Collectors.joining(" and "));
    }

    private String show(Template template) {
        return Value.show(values.apply(template));
    }
}
