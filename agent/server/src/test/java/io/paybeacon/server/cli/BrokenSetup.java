package io.paybeacon.server.cli;

import java.util.List;

/**
 * A set-up with which a check must not pass.
 *
 * @param name what is wrong, for people
 * @param exitCode what the check ends with
 * @param said pieces of what it says: the key, line, probe, step or reason, and the remedy
 * @param breaks makes it wrong
 */
record BrokenSetup(String name, int exitCode, List<String> said, Breaking breaks) {

    /** Makes a set-up wrong that would pass otherwise. */
    @FunctionalInterface
    interface Breaking {
        void in(CheckScene scene) throws Exception;
    }

    static BrokenSetup setup(String name, int exitCode, Breaking breaks, String... said) {
        return new BrokenSetup(name, exitCode, List.of(said), breaks);
    }

    @Override
    public String toString() {
        return exitCode + " " + name;
    }
}
