package io.paybeacon.server.check;

import java.util.Locale;

/** How a check ended as a whole. The worst of its probes counts. */
public enum CheckVerdict {
    /** Every probe was tested and passed, and nothing was left behind. */
    PASSED,
    /** A probe failed, or money may be left at a gateway. */
    FAILED,
    /** The command line or the configuration is wrong: nothing was sent. */
    BAD_CONFIGURATION,
    /** The agent or the machine was at fault: nothing is said about a gateway. */
    AGENT_FAULT,
    /** There was nothing to test, or not everything that was asked for could be tested. */
    NOT_TESTED;

    /** The word in reports. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
