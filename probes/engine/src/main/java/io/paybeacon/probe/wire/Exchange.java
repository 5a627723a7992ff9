package io.paybeacon.probe.wire;

import static java.util.Objects.requireNonNull;

import com.google.re2j.Pattern;
import io.vertx.core.buffer.Buffer;

/** One turn of a TCP dialogue. */
public sealed interface Exchange {

    /**
     * Sends bytes.
     *
     * @param bytes what is sent; not to be changed
     */
    record Send(Buffer bytes) implements Exchange {
        public Send {
            requireNonNull(bytes, "bytes is null");
        }
    }

    /**
     * Waits until the pattern is found in what has come since the turn before. What follows the
     * match is left to the next turn.
     *
     * @param pattern sought in the bytes read as ISO 8859-1, so that no byte is lost
     * @param bytesMax bytes without a match beyond which the attempt ends
     */
    record Expect(Pattern pattern, int bytesMax) implements Exchange {
        public Expect {
            requireNonNull(pattern, "pattern is null");
        }
    }

    /** Goes over to TLS on the same connection, as SMTP and others do. */
    record StartTls() implements Exchange {}
}
