package io.paybeacon.probe.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A reload tells what has changed by comparing plans that were read anew. */
class SamePlanTest {

    private static Plan read(String yaml) {
        return switch (PlanReader.read("plan.yaml", yaml)) {
            case PlanReading.Accepted accepted -> accepted.plan();
            case PlanReading.Rejected rejected ->
                    throw new AssertionError(rejected.problems().toString());
        };
    }

    @Test
    @DisplayName("A plan that is read again is the same, whatever it is made of")
    void read_again() {
        assertThat(read(FullPlan.YAML)).isEqualTo(read(FullPlan.YAML));
        assertThat(read(FullPlan.YAML)).hasSameHashCodeAs(read(FullPlan.YAML));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    perRun: 500      | perRun: 501
                    keep             | fresh
                    "96"             | "97"
                    $.refusal        | $.reason
                    oauth2/token     | oauth2/tokens
                    scope: payments  | scope: payouts
                    audience: api    | audience: other
                    "5.00"           | "5.01"
                    AAAA             | A
                    "::1"            | "::2"
                    atLeast: 14      | atLeast: 15
                    [TLSv1.2, TLSv1.3] | [TLSv1.3]
                    "^220 "          | "^221 "
                    EHLO x           | EHLO y
                    latencyMax: 1s   | latencyMax: 2s
                    redirects: 2     | redirects: 3
                    id=([a-z0-9]+)   | id=([a-z]+)
                    matches: "id="   | matches: "ids="
                    secret: true     | secret: false
                    greaterThan: 0.5 | greaterThan: 0.6
                    boolean: false   | boolean: true
                    goneAfter: 10m   | goneAfter: 11m
                    sideEffect: void | sideEffect: refund
                    """)
    @DisplayName("A plan in which anything differs is another one")
    void read_changed(String before, String after) {
        String changed = FullPlan.YAML.replace(before, after);
        assertThat(changed).isNotEqualTo(FullPlan.YAML);
        assertThat(read(changed)).isNotEqualTo(read(FullPlan.YAML));
    }
}
