package io.paybeacon.core.codec;

/** Bytes that no codec of this build wrote: cut, damaged, or made by a later version. */
public final class CodecException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An exception that says what is wrong with the bytes, without quoting them. */
    public CodecException(String message) {
        super(message);
    }

    /** An exception that says what is wrong with the bytes and what refused the value in them. */
    public CodecException(String message, Throwable cause) {
        super(message, cause);
    }
}
