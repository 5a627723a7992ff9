package io.paybeacon.probe.plan;

import com.google.re2j.Pattern;
import io.paybeacon.probe.yaml.Value;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What must hold of what came back. */
public sealed interface Assertion {

    /** The status is one of these. */
    record Status(Set<Integer> statuses) implements Assertion {
        public Status {
            statuses = Set.copyOf(statuses);
        }
    }

    /** A response header; the first, when it repeats. Headers have no types. */
    record Header(String name, Expectation expectation) implements Assertion {}

    /** A value of the JSON body. */
    record Json(DocumentPath path, Expectation expectation) implements Assertion {}

    /** A value of the XML body. XML has no types. */
    record Xml(XmlPath path, Expectation expectation) implements Assertion {}

    /** The body as a text. */
    record Body(Expectation expectation) implements Assertion {}

    /** The body has at most so many bytes. */
    record BodyBytes(int max) implements Assertion {}

    /** The attempts of the step took at most that long, connections included. */
    record Latency(Duration max) implements Assertion {}

    /** Every certificate of the chain is good for that many more days. */
    record CertificateDays(List<Bound> bounds) implements Assertion {
        public CertificateDays {
            bounds = List.copyOf(bounds);
        }
    }

    /** The version of TLS is one of these, such as {@code TLSv1.3}. */
    record TlsProtocol(Set<String> protocols) implements Assertion {
        public TlsProtocol {
            protocols = Set.copyOf(protocols);
        }
    }

    /** The answers of a name server. */
    record DnsAnswer(Expectation expectation) implements Assertion {}

    /**
     * Amount and currency of the JSON body.
     *
     * @param amountPath where the amount stands
     * @param currencyPath where the currency stands
     * @param expected what they must be; the case of the currency does not matter
     */
    record Amount(
            DocumentPath amountPath, DocumentPath currencyPath, SideEffect.AmountTemplate expected)
            implements Assertion {}

    /** What a value must be. */
    sealed interface Expectation {

        /** Of the same type and equal; numbers compare as exact decimals. */
        record EqualTo(Template value) implements Expectation {}

        /** Equal to one of these. */
        record OneOf(List<Template> values) implements Expectation {
            public OneOf {
                values = List.copyOf(values);
            }
        }

        /** There, and not null. */
        record Present() implements Expectation {}

        /** Not there, or null. */
        record Absent() implements Expectation {}

        /** True or false. */
        record Is(boolean value) implements Expectation {}

        /** A text with that text in it, or a list with an element that equals it. */
        record Contains(Template value) implements Expectation {}

        /** A text in which the pattern is found. */
        record Matches(Pattern pattern) implements Expectation {}

        /** A number on the right side of another one. */
        record Compared(Comparison comparison, Template value) implements Expectation {}

        /** Characters of a text, elements of a list, members of an object. */
        record Size(List<Bound> bounds) implements Expectation {
            public Size {
                bounds = List.copyOf(bounds);
            }
        }
    }

    /** Which side of a number another one is on. */
    enum Comparison {
        GREATER_THAN("greaterThan", "greater than"),
        LESS_THAN("lessThan", "less than"),
        AT_LEAST("atLeast", "at least"),
        AT_MOST("atMost", "at most"),
        EXACTLY("equals", "exactly");

        private final String key;
        private final String words;

        Comparison(String key, String words) {
            this.key = key;
            this.words = words;
        }

        /** The key in a plan. */
        public String key() {
            return key;
        }

        /** For messages. */
        public String words() {
            return words;
        }

        /** Whether it holds, exactly. */
        public boolean holds(BigDecimal actual, BigDecimal limit) {
            int order = actual.compareTo(limit);
            return switch (this) {
                case GREATER_THAN -> order > 0;
                case LESS_THAN -> order < 0;
                case AT_LEAST -> order >= 0;
                case AT_MOST -> order <= 0;
                case EXACTLY -> order == 0;
            };
        }
    }

    /** A limit for a count. */
    record Bound(Comparison comparison, long limit) {

        /** Whether a count keeps it. */
        public boolean holds(long count) {
            return comparison.holds(BigDecimal.valueOf(count), BigDecimal.valueOf(limit));
        }

        /** For messages. */
        @Override
        public String toString() {
            return comparison.words() + " " + limit;
        }
    }

    /** Whether a value that is only text, such as a header's, says the same as a typed one. */
    static boolean saysSame(Value.Text actual, Value expected) {
        return switch (expected) {
            case Value.Text text -> text.equals(actual);
            case Value.Bool bool -> bool.text().equals(actual.text());
            case Value.Decimal number ->
                    Value.Decimal.parse(actual.text())
                            .filter(found -> Value.same(found, number))
                            .isPresent();
        };
    }
}
