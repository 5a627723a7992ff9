package io.paybeacon.probe.plan;

import io.paybeacon.probe.yaml.Problem;
import java.util.List;

/** What reading a plan file gave. */
public sealed interface PlanReading {

    /** A plan without a mistake. */
    record Accepted(Plan plan) implements PlanReading {}

    /** The mistakes found, in the order of the file; at least one. */
    record Rejected(List<Problem> problems) implements PlanReading {
        public Rejected {
            problems = List.copyOf(problems);
        }
    }
}
