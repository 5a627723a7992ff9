package io.paybeacon.probe.run;

import io.paybeacon.core.event.ProbeReason;
import io.paybeacon.probe.http.HttpAttempt.Response;
import io.paybeacon.probe.plan.Assertion;
import io.paybeacon.probe.plan.Assertion.Expectation;
import io.paybeacon.probe.plan.DocumentPath;
import io.paybeacon.probe.plan.Step;
import io.paybeacon.probe.plan.Template;
import io.paybeacon.probe.result.Failure;
import io.paybeacon.probe.yaml.Value;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks the assertions of a step against one response; the first that does not hold counts. */
final class AssertionCheck {

    private final Response response;
    private final @Nullable Object document;
    private final long latencyNanos;
    private final Map<String, Value> variables;

    AssertionCheck(
            Response response,
            @Nullable Object document,
            long latencyNanos,
            Map<String, Value> variables) {
        this.response = response;
        this.document = document;
        this.latencyNanos = latencyNanos;
        this.variables = variables;
    }

    @Nullable Failure check(Step.Http step) {
        for (Assertion assertion : step.assertions()) {
            Failure failure = check(assertion);
            if (failure != null) {
                return failure;
            }
        }
        return null;
    }

    private @Nullable Failure check(Assertion assertion) {
        return switch (assertion) {
            case Assertion.Status _ -> null; // judged before the body is read
            case Assertion.Json json ->
                    compare(json.path().toString(), at(json.path()), json.expectation());
            case Assertion.Header header ->
                    compare(
                            "header " + header.name(),
                            response.header(header.name()).map(Value.Text::new).orElse(null),
                            header.expectation());
            case Assertion.BodyBytes bytes ->
                    response.body().length() <= bytes.max()
                            ? null
                            : broken(
                                    "the body has %d bytes, at most %d are expected"
                                            .formatted(response.body().length(), bytes.max()));
            case Assertion.Latency latency ->
                    latencyNanos <= latency.max().toNanos()
                            ? null
                            : broken(
                                    "it took %d ms, at most %d are expected"
                                            .formatted(
                                                    latencyNanos / 1_000_000,
                                                    latency.max().toMillis()));
            case Assertion.Amount amount -> compareAmount(amount);
        };
    }

    private @Nullable Failure compare(
            String subject, @Nullable Object actual, Expectation expectation) {
        return switch (expectation) {
            case Expectation.Present _ -> actual != null ? null : broken(subject + " is not there");
            case Expectation.Absent _ ->
                    actual == null ? null : broken(subject + " is there: " + show(actual));
            case Expectation.EqualTo equal ->
                    isSame(actual, equal.value())
                            ? null
                            : broken(
                                    "%s is %s, expected %s"
                                            .formatted(
                                                    subject,
                                                    show(actual),
                                                    Value.show(value(equal.value()))));
            case Expectation.OneOf set ->
                    set.values().stream().anyMatch(template -> isSame(actual, template))
                            ? null
                            : broken(
                                    "%s is %s, expected one of %s"
                                            .formatted(subject, show(actual), showAll(set)));
        };
    }

    private @Nullable Failure compareAmount(Assertion.Amount amount) {
        Object minor = at(amount.amountPath());
        Object currency = at(amount.currencyPath());
        if (!(minor instanceof Value actualMinor) || !(currency instanceof Value actualCurrency)) {
            return new Failure(
                    ProbeReason.SCHEMA,
                    "no amount at %s, or no currency at %s"
                            .formatted(amount.amountPath(), amount.currencyPath()));
        }
        Value expectedMinor = value(amount.expected().minor());
        Value expectedCurrency = value(amount.expected().currency());
        boolean same =
                isNumber(actualMinor, expectedMinor)
                        && actualCurrency.text().equalsIgnoreCase(expectedCurrency.text());
        return same
                ? null
                : new Failure(
                        ProbeReason.AMOUNT_MISMATCH,
                        "%s %s at %s, expected %s %s"
                                .formatted(
                                        Value.show(actualMinor),
                                        actualCurrency.text(),
                                        amount.amountPath(),
                                        expectedMinor.text(),
                                        expectedCurrency.text()));
    }

    private static boolean isNumber(Value actual, Value expected) {
        return actual instanceof Value.Decimal
                && expected.text().matches("-?[0-9]{1,18}")
                && Value.same(actual, new Value.Decimal(expected.text()));
    }

    private boolean isSame(@Nullable Object actual, Template expected) {
        return actual instanceof Value value && Value.same(value, value(expected));
    }

    private @Nullable Object at(DocumentPath path) {
        return document == null ? null : path.read(document);
    }

    private Value value(Template template) {
        return template.value(name -> {
            Value value = variables.get(name);
            return value == null ? new Value.Text("") : value;
        });
    }

    private String showAll(Expectation.OneOf set) {
        return set.values().stream()
                .map(template -> Value.show(value(template)))
                .collect(Collectors.joining(", "));
    }

    private static String show(@Nullable Object actual) {
        return switch (actual) {
            case null -> "absent";
            case Value value -> Value.show(value);
            case Map<?, ?> _ -> "an object";
            default -> "an array";
        };
    }

    private static Failure broken(String detail) {
        return new Failure(ProbeReason.ASSERTION, detail);
    }
}
