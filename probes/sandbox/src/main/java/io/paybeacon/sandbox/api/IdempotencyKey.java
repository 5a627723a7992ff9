package io.paybeacon.sandbox.api;

/**
 * What makes two requests the same to a gateway.
 *
 * @param key under which results are kept; a gateway whose keys are separate for each endpoint
 *     or account puts that in here
 * @param shown the key as the client sent it
 * @param endpoint another endpoint under the same key is refused; the same text everywhere when
 *     the gateway does not mind
 * @param fingerprint other content under the same key is refused; the same text everywhere when
 *     the gateway does not mind
 */
public record IdempotencyKey(String key, String shown, String endpoint, String fingerprint) {}
