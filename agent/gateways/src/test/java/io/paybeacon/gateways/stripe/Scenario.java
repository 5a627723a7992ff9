package io.paybeacon.gateways.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/**
 * An event, and what it tells.
 *
 * @param object the JSON of {@code data.object}
 */
record Scenario(String name, String type, String object, List<String> told) {
    static Scenario of(String name, String type, String object, String told) {
        return new Scenario(name, type, object, told.lines().toList());
    }

    void holds() {
        assertThat(Payloads.told(type, object)).containsExactlyElementsOf(told);
    }

    @Override
    public String toString() {
        return type + ": " + name;
    }
}
