package io.paybeacon.server.config;

import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.probe.secret.Secret;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * A gateway account.
 *
 * @param name chosen by the user: the path of its webhooks, a label of its metrics
 * @param url where its API is
 * @param apiKey for probes; empty when there are none
 * @param webhookSecrets what it signs its webhooks with; several while one replaces another, none
 *     when it sends none here
 */
public record GatewayConfig(
        String name,
        Kind kind,
        URI url,
        Optional<Secret> apiKey,
        List<WebhookSecret> webhookSecrets) {
    public GatewayConfig {
        webhookSecrets = List.copyOf(webhookSecrets);
    }

    /** The gateways that this build speaks with. */
    public enum Kind {
        /** Stripe. */
        STRIPE("stripe", "https://api.stripe.com");

        private final String label;
        private final String url;

        Kind(String label, String url) {
            this.label = label;
            this.url = url;
        }

        /** The word in the configuration and in plans. */
        public String label() {
            return label;
        }

        /** Where its API is, unless the configuration says otherwise. */
        public URI url() {
            return URI.create(url);
        }
    }
}
