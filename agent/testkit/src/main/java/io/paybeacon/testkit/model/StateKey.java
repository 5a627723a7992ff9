package io.paybeacon.testkit.model;

/**
 * Where a state is kept.
 *
 * @param stage the name of the stage
 * @param key the key within the stage
 */
public record StateKey(String stage, String key) implements Comparable<StateKey> {
    @Override
    public int compareTo(StateKey other) {
        int order = stage.compareTo(other.stage);
        return order != 0 ? order : key.compareTo(other.key);
    }
}
