package io.paybeacon.sandbox.demo;

/** The demonstration cannot go on through no fault of a gateway; the message says why. */
final class DemoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DemoException(String message) {
        super(message);
    }
}
