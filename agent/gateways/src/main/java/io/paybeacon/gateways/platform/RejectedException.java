package io.paybeacon.gateways.platform;

/** An event that cannot be taken. Never leaves the package. */
final class RejectedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String pointer;
    private final String remedy;

    /** The reason quotes no value. */
    RejectedException(String pointer, String reason, String remedy) {
        super(reason, null, false, false);
        this.pointer = pointer;
        this.remedy = remedy;
    }

    String pointer() {
        return pointer;
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    String remedy() {
        return remedy;
    }
}
