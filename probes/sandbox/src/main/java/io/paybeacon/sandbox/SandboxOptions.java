package io.paybeacon.sandbox;

import java.time.Duration;
import java.time.InstantSource;

/**
 * How to start a sandbox.
 *
 * @param host loopback address to listen on
 * @param port TCP port; 0 takes a free one
 * @param apiKey the one accepted key; it must begin with {@code sk_test_}
 * @param seed of ids, faults, delays and orders
 * @param requestsPerSecondMax beyond it API requests are answered with 429
 * @param webhookDelay shortest wait between an event and its first delivery; the longest is twice
 * @param clock of everything the sandbox stamps or waits for
 */
public record SandboxOptions(
        String host,
        int port,
        String apiKey,
        long seed,
        long requestsPerSecondMax,
        Duration webhookDelay,
        InstantSource clock) {
    /** A key nobody can mistake for a real one. */
    public static final String API_KEY_DEFAULT = "sk_test_sandbox_not_a_real_key";

    public SandboxOptions {
        if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("::1")) {
            throw new IllegalArgumentException(
                    "host '"
                            + host
                            + "' is not a loopback address: the sandbox has no TLS and its"
                            + " control paths no password; use 127.0.0.1, ::1 or localhost");
        }
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("port must be from 0 to 65535, not " + port);
        }
        if (!apiKey.startsWith("sk_test_") || apiKey.length() < 12) {
            throw new IllegalArgumentException(
                    "the API key must begin with sk_test_ and be at least 12 characters long: the"
                            + " sandbox takes test keys only");
        }
        if (requestsPerSecondMax < 1) {
            throw new IllegalArgumentException(
                    "requests per second must be at least 1, not " + requestsPerSecondMax);
        }
        if (webhookDelay.isNegative() || webhookDelay.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException(
                    "webhook delay must be from 0 to 1h, not " + webhookDelay);
        }
    }

    /** A free port on 127.0.0.1, seed 1, 1000 requests a second, webhooks after 50 to 100 ms. */
    public static SandboxOptions defaults() {
        return new SandboxOptions(
                "127.0.0.1",
                0,
                API_KEY_DEFAULT,
                1,
                1_000,
                Duration.ofMillis(50),
                InstantSource.system());
    }

    /** The same on another host. */
    public SandboxOptions withHost(String value) {
        return new SandboxOptions(
                value, port, apiKey, seed, requestsPerSecondMax, webhookDelay, clock);
    }

    /** The same on another port. */
    public SandboxOptions withPort(int value) {
        return new SandboxOptions(
                host, value, apiKey, seed, requestsPerSecondMax, webhookDelay, clock);
    }

    /** The same with another key. */
    public SandboxOptions withApiKey(String value) {
        return new SandboxOptions(
                host, port, value, seed, requestsPerSecondMax, webhookDelay, clock);
    }

    /** The same with another seed. */
    public SandboxOptions withSeed(long value) {
        return new SandboxOptions(
                host, port, apiKey, value, requestsPerSecondMax, webhookDelay, clock);
    }

    /** The same with another rate limit. */
    public SandboxOptions withRequestsPerSecondMax(long value) {
        return new SandboxOptions(host, port, apiKey, seed, value, webhookDelay, clock);
    }

    /** The same with another webhook delay. */
    public SandboxOptions withWebhookDelay(Duration value) {
        return new SandboxOptions(host, port, apiKey, seed, requestsPerSecondMax, value, clock);
    }

    /** The same with another clock. */
    public SandboxOptions withClock(InstantSource value) {
        return new SandboxOptions(
                host, port, apiKey, seed, requestsPerSecondMax, webhookDelay, value);
    }

    /** Everything but the key. */
    @Override
    public String toString() {
        return "SandboxOptions[" + host + ":" + port + ", seed " + seed + "]";
    }
}
