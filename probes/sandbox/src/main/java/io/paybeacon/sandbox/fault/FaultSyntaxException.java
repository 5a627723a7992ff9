package io.paybeacon.sandbox.fault;

/** A fault that cannot be read; the message names what is wrong and what is known. */
public final class FaultSyntaxException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    FaultSyntaxException(String message) {
        super(message);
    }
}
