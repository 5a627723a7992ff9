package io.paybeacon.sandbox.stripe;

import io.paybeacon.sandbox.limit.Limits;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The search language for payment intents (docs.stripe.com/search): clauses {@code field:'value'},
 * {@code field~'part'}, {@code amount>100}, {@code metadata['key']:'value'}, negated by {@code -},
 * joined by {@code AND} or by {@code OR}, never both. Unlike the real gateway, whose index lags by
 * up to a minute, the sandbox finds a payment at once.
 */
final class SearchQuery {
    private static final Pattern CLAUSE =
            Pattern.compile(
                    "\\s*(-?)(?:metadata\\[(?:'([^']*)'|\"([^\"]*)\")]|([a-z_]+))"
                            + "\\s*(:|~|>=|<=|>|<)\\s*(?:'([^']*)'|\"([^\"]*)\"|(\\d+|null))");
    private static final Pattern JOIN = Pattern.compile("\\s+(AND|OR)\\s+|\\s+");

    private SearchQuery() {}

    /**
     * Compiles a query.
     *
     * @throws StripeRefusal when it is not understood
     */
    static Predicate<PaymentIntent> compile(String query) {
        List<Predicate<PaymentIntent>> clauses = new ArrayList<>();
        boolean any = false;
        boolean all = false;
        Matcher clause = CLAUSE.matcher(query);
        Matcher join = JOIN.matcher(query);
        int at = 0;
        String rest = query.stripTrailing();
        while (at < rest.length()) {
            if (at > 0) {
                if (!join.find(at) || join.start() != at) {
                    throw invalid("unexpected text at position " + at);
                }
                any |= "OR".equals(join.group(1));
                all |= !"OR".equals(join.group(1));
                at = join.end();
            }
            if (!clause.find(at) || clause.start() != at) {
                throw invalid("unexpected text at position " + at);
            }
            clauses.add(clause(clause));
            at = clause.end();
        }
        if (clauses.isEmpty() || clauses.size() > Limits.SEARCH_CLAUSES_MAX) {
            throw invalid("write 1 to " + Limits.SEARCH_CLAUSES_MAX + " clauses");
        }
        if (any && all) {
            throw invalid("AND and OR cannot be combined in one query");
        }
        boolean or = any;
        return clauses.stream()
                .reduce((a, b) -> or ? a.or(b) : a.and(b))
                .orElseThrow(() -> invalid("the query is empty"));
    }

    private static Predicate<PaymentIntent> clause(Matcher m) {
        String key = first(m.group(2), m.group(3));
        String field = m.group(4);
        String operator = m.group(5);
        String quoted = first(m.group(6), m.group(7));
        String bare = m.group(8);
        String value = quoted == null ? String.valueOf(bare) : quoted;
        Predicate<PaymentIntent> test =
                field == null
                        ? metadata(String.valueOf(key), operator, value, "null".equals(bare))
                        : field(field, operator, value);
        return m.group(1).isEmpty() ? test : test.negate();
    }

    private static @Nullable String first(@Nullable String a, @Nullable String b) {
        return a == null ? b : a;
    }

    private static Predicate<PaymentIntent> metadata(
            String key, String operator, String value, boolean isNull) {
        return switch (operator) {
            case ":" ->
                    isNull
                            ? i -> !i.terms().metadata().containsKey(key)
                            : i -> value.equals(i.terms().metadata().get(key));
            case "~" -> i -> i.terms().metadata().getOrDefault(key, "").contains(value);
            default -> throw invalid("metadata knows the operators : and ~");
        };
    }

    private static Predicate<PaymentIntent> field(String field, String operator, String value) {
        return switch (field) {
            case "status" -> exact(operator, i -> value.equals(i.status().wireName()));
            case "currency" ->
                    exact(operator, i -> value.equalsIgnoreCase(i.terms().currency().code()));
            case "customer" ->
                    exact(operator, i -> i.terms().customer().filter(value::equals).isPresent());
            case "amount" -> {
                long bound = number(value);
                yield i -> compare(i.terms().amountMinor(), operator, bound);
            }
            case "created" -> {
                long bound = number(value);
                yield i -> compare(i.createdSeconds(), operator, bound);
            }
            default ->
                    throw invalid(
                            "Field `"
                                    + field
                                    + "` is an unsupported search field for resource"
                                    + " `payment_intents`");
        };
    }

    private static Predicate<PaymentIntent> exact(String operator, Predicate<PaymentIntent> test) {
        if (!operator.equals(":")) {
            throw invalid("this field knows only the operator :");
        }
        return test;
    }

    private static boolean compare(long actual, String operator, long bound) {
        return switch (operator) {
            case ">" -> actual > bound;
            case ">=" -> actual >= bound;
            case "<" -> actual < bound;
            case "<=" -> actual <= bound;
            default -> actual == bound;
        };
    }

    private static long number(String value) {
        if (!value.matches("\\d{1,18}")) {
            throw invalid("'" + value + "' is not a whole number");
        }
        return Long.parseLong(value);
    }

    private static StripeRefusal invalid(String reason) {
        return StripeRefusal.parameter(
                "parameter_invalid_string_blank",
                "query",
                "We were unable to parse your search query: "
                        + reason
                        + ". See https://stripe.com/docs/search#query-language.");
    }
}
