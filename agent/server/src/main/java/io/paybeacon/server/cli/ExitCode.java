package io.paybeacon.server.cli;

/** What the commands end with. Pipelines rely on them. */
final class ExitCode {
    /** Everything passed. */
    static final int PASSED = 0;

    /** A probe failed, or left something behind. */
    static final int FAILED = 1;

    /** The command line or the configuration is wrong. */
    static final int BAD_CONFIGURATION = 2;

    /** The agent or the machine is at fault: nothing is said about a gateway. */
    static final int AGENT = 3;

    /** There was nothing to test. */
    static final int NOTHING_TESTED = 4;

    private ExitCode() {}
}
