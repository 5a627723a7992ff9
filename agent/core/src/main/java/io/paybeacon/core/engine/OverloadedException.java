package io.paybeacon.core.engine;

/** The engine holds as much undone work as it may: try again later. Nothing was accepted. */
public final class OverloadedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is full. */
    public OverloadedException(String message) {
        super(message);
    }
}
