package io.paybeacon.server.config;

/** What somebody may do at the agent's API. */
public enum Role {
    /** Ask questions. */
    READ("read"),
    /** Ask questions, act on findings, have customers forgotten, reload and rebuild. */
    ACT("act");

    private final String label;

    Role(String label) {
        this.label = label;
    }

    /** The word in the configuration and in the API's document. */
    public String label() {
        return label;
    }

    /** Whether who has this role may do what needs the other. */
    public boolean covers(Role needed) {
        return compareTo(needed) >= 0;
    }
}
