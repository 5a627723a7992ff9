package io.paybeacon.sandbox.api;

/** Why the common part refuses a request; the gateway puts it into its own error shape. */
public sealed interface ApiProblem {
    /** No such path, or not with this method. */
    record UnknownPath() implements ApiProblem {}

    /** The body is longer than the limit. */
    record BodyTooLong(int bytesMax) implements ApiProblem {}

    /** Too many requests; one more is welcome after that many seconds. */
    record RateLimited(long retryAfterSeconds) implements ApiProblem {}

    /** A fault: the gateway is ill and answers that status, 500 to 504. */
    record Trouble(int status) implements ApiProblem {}

    /** A request with the same idempotency key is under way. */
    record KeyInUse(String key) implements ApiProblem {}

    /** The idempotency key was first used on another endpoint. */
    record KeyOfOtherEndpoint(String key, String endpoint, String firstEndpoint)
            implements ApiProblem {}

    /** The idempotency key was first used with other content. */
    record KeyOfOtherContent(String key) implements ApiProblem {}
}
