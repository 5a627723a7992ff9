package io.paybeacon.sandbox.api;

import io.paybeacon.sandbox.fault.Subject;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A request after its gateway has looked at it, before anything has happened. */
public sealed interface Prepared {
    /** It is wrong in itself; idempotency and faults play no part. */
    record Refused(Answer answer) implements Prepared {}

    /**
     * It can be executed.
     *
     * @param subject what it is about, for faults
     * @param key its idempotency key, if it has one
     * @param execution does it: changes the books, gives the answer; called on the event loop
     * @param replay makes the answer to a repeated request out of the stored one
     */
    record Ready(
            Subject subject,
            Optional<IdempotencyKey> key,
            Function<Tamper, Answer> execution,
            UnaryOperator<Answer> replay)
            implements Prepared {
        /** A request whose stored answer is repeated as it was. */
        public Ready(
                Subject subject, Optional<IdempotencyKey> key, Function<Tamper, Answer> execution) {
            this(subject, key, execution, UnaryOperator.identity());
        }
    }
}
