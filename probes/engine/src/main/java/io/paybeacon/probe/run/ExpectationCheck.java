package io.paybeacon.probe.run;

import io.paybeacon.probe.plan.Assertion;
import io.paybeacon.probe.plan.Assertion.Bound;
import io.paybeacon.probe.plan.Assertion.Expectation;
import io.paybeacon.probe.plan.Template;
import io.paybeacon.probe.yaml.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Compares what there is with what was expected. */
final class ExpectationCheck {

    private final Map<String, Value> variables;

    /** A check that takes the values of variables from there. */
    ExpectationCheck(Map<String, Value> variables) {
        this.variables = variables;
    }

    /**
     * What is wrong, as a sentence; empty when the expectation is met.
     *
     * @param subject what is looked at, for the sentence
     * @param actual a value, a list, a map, or null when there is nothing
     * @param typed whether the actual value's type means something: a header's does not
     */
    Optional<String> broken(
            String subject, @Nullable Object actual, boolean typed, Expectation expectation) {
        return isMet(actual, typed, expectation)
                ? Optional.empty()
                : Optional.of(sentence(subject, actual, expectation));
    }

    private boolean isMet(@Nullable Object actual, boolean typed, Expectation expectation) {
        return switch (expectation) {
            case Expectation.Present _ -> actual != null;
            case Expectation.Absent _ -> actual == null;
            case Expectation.EqualTo equal -> isSame(actual, value(equal.value()), typed);
            case Expectation.OneOf set ->
                    set.values().stream()
                            .anyMatch(template -> isSame(actual, value(template), typed));
            case Expectation.Is is -> isSame(actual, new Value.Bool(is.value()), typed);
            case Expectation.Contains contains -> contains(actual, value(contains.value()));
            case Expectation.Matches matches ->
                    actual instanceof Value.Text text
                            && matches.pattern().matcher(text.text()).find();
            case Expectation.Compared compared -> isCompared(actual, typed, compared);
            case Expectation.Size size -> {
                OptionalLong count = count(actual);
                yield count.isPresent()
                        && size.bounds().stream().allMatch(b -> b.holds(count.getAsLong()));
            }
        };
    }

    private static boolean isSame(@Nullable Object actual, Value expected, boolean typed) {
        if (!typed && actual instanceof Value.Text text) {
            return Assertion.saysSame(text, expected);
        }
        return actual instanceof Value value && Value.same(value, expected);
    }

    private static boolean contains(@Nullable Object actual, Value expected) {
        if (actual instanceof List<?> list) {
            return list.stream().anyMatch(element -> isSame(element, expected, true));
        }
        return actual instanceof Value.Text text && text.text().contains(expected.text());
    }

    private boolean isCompared(
            @Nullable Object actual, boolean typed, Expectation.Compared compared) {
        Optional<Value.Decimal> number = number(actual, typed);
        Optional<Value.Decimal> limit = number(value(compared.value()), false);
        return number.isPresent()
                && limit.isPresent()
                && compared.comparison().holds(number.get().decimal(), limit.get().decimal());
    }

    /** What is a number: of an untyped value also a text that reads as one. */
    private static Optional<Value.Decimal> number(@Nullable Object actual, boolean typed) {
        if (actual instanceof Value.Decimal number) {
            return Optional.of(number);
        }
        return !typed && actual instanceof Value.Text text
                ? Value.Decimal.parse(text.text())
                : Optional.empty();
    }

    private static OptionalLong count(@Nullable Object actual) {
        return switch (actual) {
            case Value.Text text ->
                    OptionalLong.of(text.text().codePointCount(0, text.text().length()));
            case List<?> list -> OptionalLong.of(list.size());
            case Map<?, ?> map -> OptionalLong.of(map.size());
            case null, default -> OptionalLong.empty();
        };
    }

    private String sentence(String subject, @Nullable Object actual, Expectation expectation) {
        String is = "%s is %s, expected ".formatted(subject, show(actual));
        return switch (expectation) {
            case Expectation.Present _ -> subject + " is not there";
            case Expectation.Absent _ -> "%s is there: %s".formatted(subject, show(actual));
            case Expectation.EqualTo equal -> is + Value.show(value(equal.value()));
            case Expectation.OneOf set -> is + "one of " + showAll(set);
            case Expectation.Is boole -> is + boole.value();
            case Expectation.Contains contains ->
                    is + "with " + Value.show(value(contains.value())) + " in it";
            case Expectation.Matches matches -> is + "a match of " + matches.pattern();
            case Expectation.Compared compared ->
                    is + compared.comparison().words() + " " + value(compared.value()).text();
            case Expectation.Size size ->
                    "%s has the size %s, expected %s"
                            .formatted(
                                    subject,
                                    count(actual).isPresent()
                                            ? Long.toString(count(actual).getAsLong())
                                            : "of nothing",
                                    size.bounds().stream()
                                            .map(Bound::toString)
                                            .collect(Collectors.joining(" and ")));
        };
    }

    /** The value of a template; a variable without one is an empty text. */
    Value value(Template template) {
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
}
