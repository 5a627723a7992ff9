package io.paybeacon.server.config;

/** What somebody may do at the agent's API. */
public enum Role {
    /** Ask questions. */
    READ("read"),
    /** Tell of what happens at the platform, and nothing else. */
    TELL("tell"),
    /**
     * Ask questions, tell of what happens, act on findings, have customers forgotten, reload and
     * rebuild.
     */
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
        return this == ACT || this == needed;
    }
}
