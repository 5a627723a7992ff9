package io.paybeacon.probe.plan;

import io.paybeacon.probe.yaml.Value;
import java.util.Map;
import java.util.Set;

/**
 * A step of the cleanup and the condition under which it runs. Each is judged when its turn comes,
 * whether the ones before it passed or not.
 *
 * @param step what is done
 * @param when all of this must hold
 */
public record CleanupStep(Step step, When when) {

    /**
     * A condition.
     *
     * @param outstanding money may still be held: an effect was sent and no release is known
     * @param known variables that must have a value
     * @param unknown variables that must have none
     * @param in variable and the values of which it must have one
     */
    public record When(
            boolean outstanding,
            Set<String> known,
            Set<String> unknown,
            Map<String, Set<String>> in) {
        public When {
            known = Set.copyOf(known);
            unknown = Set.copyOf(unknown);
            in = Map.copyOf(in);
        }

        /**
         * Whether it holds.
         *
         * @param outstandingNow whether money may still be held
         * @param variables the variables that have a value
         */
        public boolean holds(boolean outstandingNow, Map<String, Value> variables) {
            return (!outstanding || outstandingNow)
                    && variables.keySet().containsAll(known)
                    && unknown.stream().noneMatch(variables::containsKey)
                    && in.entrySet().stream()
                            .allMatch(entry -> isIn(variables, entry.getKey(), entry.getValue()));
        }

        private static boolean isIn(
                Map<String, Value> variables, String name, Set<String> allowed) {
            Value value = variables.get(name);
            return value != null && allowed.contains(value.text());
        }
    }
}
