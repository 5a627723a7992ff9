package io.paybeacon.sandbox.demo;

import io.paybeacon.sandbox.Sandbox;
import io.paybeacon.sandbox.SandboxGateway;
import io.paybeacon.sandbox.adyen.AdyenFactory;
import io.paybeacon.sandbox.card.CardFactory;
import io.paybeacon.sandbox.gateway.GatewayKind;
import io.paybeacon.sandbox.paypal.PayPalFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Everything the agent is started with: its configuration, its secrets in files of their own that
 * only this user reads, and the authority that the fake gateways' certificates are of. Immutable.
 */
final class AgentFiles {
    private static final int HEX_SECRET_BYTES = 32;

    private final DemoOptions options;
    private final Path directory;
    private final Map<GatewayKind, String> webhookSecrets = new EnumMap<>(GatewayKind.class);
    private final String token;

    /**
     * Nothing is written yet.
     *
     * @param random what the secrets of webhooks are drawn from
     */
    AgentFiles(DemoOptions options, Path directory, RandomGenerator random) {
        this.options = options;
        this.directory = directory;
        for (GatewayKind kind : GatewayKind.values()) {
            webhookSecrets.put(kind, webhookSecret(kind, random));
        }
        byte[] bytes = new byte[HEX_SECRET_BYTES];
        random.nextBytes(bytes);
        this.token = HexFormat.of().formatHex(bytes);
    }

    /** What each gateway signs with, in the form that it gives its merchants. */
    private static String webhookSecret(GatewayKind kind, RandomGenerator random) {
        byte[] bytes = new byte[HEX_SECRET_BYTES];
        random.nextBytes(bytes);
        String hex = HexFormat.of().formatHex(bytes);
        return switch (kind) {
            case STRIPE -> "whsec_" + hex;
            // PayPal signs with its certificate; what is configured is the webhook's id.
            case PAYPAL -> hex.substring(0, 17).toUpperCase(Locale.ROOT);
            case ADYEN -> hex.toUpperCase(Locale.ROOT);
            case CARD -> hex;
        };
    }

    Path config() {
        return directory.resolve("agent.yaml");
    }

    Path log() {
        return directory.resolve("agent.log");
    }

    /** What lets in: without a token the agent lets nobody tell it of orders. */
    String token() {
        return token;
    }

    Path tokenFile() {
        return directory.resolve("agent-token");
    }

    /** The secret of a gateway's webhooks, for the gateway. */
    String webhookSecret(GatewayKind kind) {
        return webhookSecrets.getOrDefault(kind, "");
    }

    /**
     * Writes them for an agent that watches all gateways of a sandbox.
     *
     * @throws DemoException if they cannot be written
     */
    void write(Sandbox sandbox) {
        try {
            Files.writeString(directory.resolve("ca.pem"), sandbox.caPem());
            StringBuilder yaml = new StringBuilder();
            yaml.append("# The configuration of the agent in this demonstration.\n")
                    .append("listen: 127.0.0.1:%d%n".formatted(options.port()))
                    .append("data: data\n")
                    .append("token: %s%n".formatted(secretFile(tokenFile(), token)))
                    .append("gateways:\n");
            for (SandboxGateway gateway : sandbox.gateways()) {
                yaml.append(gateway(gateway, sandbox));
            }
            yaml.append("probes:\n");
            for (DemoPlan plan : DemoPlan.ALL) {
                yaml.append(probe(plan, sandbox.gateway(plan.gateway())));
            }
            yaml.append(payments());
            Files.writeString(config(), yaml);
        } catch (IOException e) {
            throw new DemoException("cannot write to " + directory + ": " + e.getMessage());
        }
    }

    private String gateway(SandboxGateway gateway, Sandbox sandbox) throws IOException {
        GatewayKind kind = gateway.kind();
        StringBuilder yaml =
                new StringBuilder(
                        """
                          %s:
                            kind: %s
                            url: %s
                            trust: ca.pem
                            secrets:
                        """
                                .formatted(kind.wireName(), kind.wireName(), gateway.tlsBaseUrl()));
        for (Map.Entry<String, String> secret : credentials(kind, sandbox).entrySet()) {
            yaml.append(
                    "      %s: %s%n"
                            .formatted(secret.getKey(), secretFile(kind, secret.getKey(), secret)));
        }
        yaml.append(
                "    webhookSecrets: %s%n"
                        .formatted(
                                secretFile(kind, "webhook", Map.entry("", webhookSecret(kind)))));
        if (kind == GatewayKind.ADYEN) {
            yaml.append("    capture: manual\n");
        }
        return yaml.toString();
    }

    /** What the sandbox lets in; none of it is a secret. */
    private static Map<String, String> credentials(GatewayKind kind, Sandbox sandbox) {
        Map<String, String> credentials = new LinkedHashMap<>();
        switch (kind) {
            case STRIPE -> credentials.put("key", sandbox.apiKey());
            case PAYPAL -> {
                credentials.put("clientId", PayPalFactory.CLIENT_ID);
                credentials.put("clientSecret", PayPalFactory.CLIENT_SECRET);
            }
            case ADYEN -> credentials.put("key", AdyenFactory.API_KEY_DEFAULT);
            case CARD -> credentials.put("key", CardFactory.API_KEY);
        }
        return credentials;
    }

    /** Writes a secret and returns the reference to it. */
    private String secretFile(GatewayKind kind, String name, Map.Entry<String, String> secret)
            throws IOException {
        Path file = directory.resolve(kind.wireName() + "-" + name);
        return secretFile(file, secret.getValue());
    }

    private static String secretFile(Path file, String secret) throws IOException {
        Files.createFile(
                file,
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, secret);
        return "${file:" + file.getFileName() + "}";
    }

    private String probe(DemoPlan plan, SandboxGateway gateway) {
        String yaml =
                """
                  %s:
                    plan: %s
                    gateway: %s
                    every: %dms
                """
                        .formatted(
                                plan.probe(),
                                plan.shipped(),
                                plan.gateway().wireName(),
                                options.probeEvery().toMillis());
        return plan.takesStatusUrl()
                ? yaml
                        + "    variables: {statusUrl: \"%s/api/v2/summary.json\"}%n"
                                .formatted(gateway.tlsBaseUrl())
                : yaml;
    }

    private static String payments() {
        return """
        payments:
          stuckAfter:
            created: %1$ds
            actionRequired: %1$ds
            processing: %1$ds
            authorised: %1$ds
          settle: 2s
        """
                .formatted(DemoOptions.STUCK_AFTER.toSeconds());
    }
}
