package io.paybeacon.probe.plan;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** What must hold of a response. */
public sealed interface Assertion {

    /** The status is one of these. */
    record Status(Set<Integer> statuses) implements Assertion {
        public Status {
            statuses = Set.copyOf(statuses);
        }
    }

    /** A response header. */
    record Header(String name, Expectation expectation) implements Assertion {}

    /** A value of the JSON body. */
    record Json(DocumentPath path, Expectation expectation) implements Assertion {}

    /** The body has at most so many bytes. */
    record BodyBytes(int max) implements Assertion {}

    /** The attempt took at most that long, connection included. */
    record Latency(Duration max) implements Assertion {}

    /**
     * Amount and currency of the JSON body.
     *
     * @param amountPath where the amount stands, in minor units
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
    }
}
