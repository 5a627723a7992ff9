package io.paybeacon.sandbox;

import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.stripe.StripeFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;

/**
 * How to start a sandbox.
 *
 * @param host loopback address to listen on
 * @param port TCP port of Stripe, the others follow by {@link GatewayKind#place}; 0 takes
 *     free ones
 * @param apiKey the one key Stripe accepts; it must begin with {@code sk_test_}
 * @param seed of ids, faults, delays and orders
 * @param requestsPerSecondMax beyond it API requests are answered with 429
 * @param webhookDelay shortest wait between an event and its first delivery; the longest is twice
 * @param gateways which to run; not empty
 * @param clock of everything the sandbox stamps or waits for
 * @param tlsAddresses whether the addresses that gateways tell of themselves, in links and of
 *     signing certificates, are those of their TLS ports
 */
public record SandboxOptions(
        String host,
        int port,
        String apiKey,
        long seed,
        long requestsPerSecondMax,
        Duration webhookDelay,
        InstantSource clock,
        Set<GatewayKind> gateways,
        boolean tlsAddresses) {
    /** The last gateway's TLS port must exist too. */
    private static final int PORT_MAX = 65_535 - 2 * GatewayKind.values().length;

    /** A key nobody can mistake for a real one. */
    public static final String API_KEY_DEFAULT = StripeFactory.API_KEY_DEFAULT;

    public SandboxOptions {
        gateways = Set.copyOf(gateways);
        if (gateways.isEmpty()) {
            throw new IllegalArgumentException(
                    "a sandbox runs at least one gateway; known: " + GatewayKind.names());
        }
        if (!host.equals("localhost") && !host.startsWith("127.") && !host.equals("::1")) {
            throw new IllegalArgumentException(
                    "host '"
                            + host
                            + "' is not a loopback address: the sandbox has no TLS and its"
                            + " control paths no password; use 127.0.0.1, ::1 or localhost");
        }
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(
                    "port must be from 0 to " + PORT_MAX + ", not " + port);
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
                InstantSource.system(),
                EnumSet.allOf(GatewayKind.class),
                false);
    }

    /** The same on another host. */
    public SandboxOptions withHost(String value) {
        return new SandboxOptions(
                value,
                port,
                apiKey,
                seed,
                requestsPerSecondMax,
                webhookDelay,
                clock,
                gateways,
                tlsAddresses);
    }

    /** The same on another port. */
    public SandboxOptions withPort(int value) {
        return new SandboxOptions(
                host,
                value,
                apiKey,
                seed,
                requestsPerSecondMax,
                webhookDelay,
                clock,
                gateways,
                tlsAddresses);
    }

    /** The same with another key. */
    public SandboxOptions withApiKey(String value) {
        return new SandboxOptions(
                host,
                port,
                value,
                seed,
                requestsPerSecondMax,
                webhookDelay,
                clock,
                gateways,
                tlsAddresses);
    }

    /** The same with another seed. */
    public SandboxOptions withSeed(long value) {
        return new SandboxOptions(
                host,
                port,
                apiKey,
                value,
                requestsPerSecondMax,
                webhookDelay,
                clock,
                gateways,
                tlsAddresses);
    }

    /** The same with another rate limit. */
    public SandboxOptions withRequestsPerSecondMax(long value) {
        return new SandboxOptions(
                host, port, apiKey, seed, value, webhookDelay, clock, gateways, tlsAddresses);
    }

    /** The same with another webhook delay. */
    public SandboxOptions withWebhookDelay(Duration value) {
        return new SandboxOptions(
                host,
                port,
                apiKey,
                seed,
                requestsPerSecondMax,
                value,
                clock,
                gateways,
                tlsAddresses);
    }

    /** The same with another clock. */
    public SandboxOptions withClock(InstantSource value) {
        return new SandboxOptions(
                host,
                port,
                apiKey,
                seed,
                requestsPerSecondMax,
                webhookDelay,
                value,
                gateways,
                tlsAddresses);
    }

    /** The same with other gateways. */
    public SandboxOptions withGateways(Set<GatewayKind> value) {
        return new SandboxOptions(
                host,
                port,
                apiKey,
                seed,
                requestsPerSecondMax,
                webhookDelay,
                clock,
                value,
                tlsAddresses);
    }

    /** The same with the gateways telling the addresses of their TLS ports, or not. */
    public SandboxOptions withTlsAddresses(boolean value) {
        return new SandboxOptions(
                host,
                port,
                apiKey,
                seed,
                requestsPerSecondMax,
                webhookDelay,
                clock,
                gateways,
                value);
    }

    /** Everything but the key. */
    @Override
    public String toString() {
        return "SandboxOptions[" + host + ":" + port + ", seed " + seed + "]";
    }
}
