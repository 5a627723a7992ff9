package io.paybeacon.embedded;

/**
 * A stage threw on an event, or its state could not be encoded: a bug of the stage. Nothing of the
 * call was accepted. Told again to the same build it fails again; a build without the bug takes it.
 */
public final class StageFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String stage;

    /**
     * Names what failed. The key and the cause are ids; the message of the exception is not quoted,
     * since it could hold data.
     */
    public StageFailedException(String stage, String key, String cause, Throwable thrown) {
        super(
                "stage %s failed on key %s, caused by %s: %s"
                        .formatted(stage, key, cause, thrown.getClass().getName()),
                thrown);
        this.stage = stage;
    }

    /** The name of the stage. */
    String stage() {
        return stage;
    }
}
