package io.paybeacon.server.reload;

/** Why the configuration is read anew. */
public enum ReloadCause {
    /** {@code SIGHUP}. */
    SIGNAL("SIGHUP"),
    /** {@code POST /-/reload}. */
    REQUEST("a request"),
    /** One of its files has another content. */
    FILE_CHANGE("a changed file");

    private final String text;

    ReloadCause(String text) {
        this.text = text;
    }

    @Override
    public String toString() {
        return text;
    }
}
