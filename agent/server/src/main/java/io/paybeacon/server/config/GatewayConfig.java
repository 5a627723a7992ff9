package io.paybeacon.server.config;

import io.paybeacon.gateways.WebhookSecret;
import io.paybeacon.gateways.adyen.AdyenWebhooks.CaptureMode;
import io.paybeacon.probe.pace.GatewayPace;
import io.paybeacon.probe.schedule.MaintenanceWindow;
import io.paybeacon.probe.secret.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A gateway account.
 *
 * @param name chosen by the user: the path of its webhooks, a label of its metrics
 * @param url where its API is, with the path that every request begins with
 * @param secrets for probes, by the names that plans give them
 * @param webhookSecrets what it signs its webhooks with; several while one replaces another, none
 *     when it sends none here
 * @param capture how the account collects what it authorises; of Adyen alone
 * @param connection how it is reached
 * @param pace what its probes ask of it at most
 * @param maintenance when none of its probes runs
 */
public record GatewayConfig(
        String name,
        Kind kind,
        URI url,
        Map<String, Secret> secrets,
        List<WebhookSecret> webhookSecrets,
        CaptureMode capture,
        Connection connection,
        GatewayPace pace,
        List<MaintenanceWindow> maintenance) {
    public GatewayConfig {
        secrets = Map.copyOf(secrets);
        webhookSecrets = List.copyOf(webhookSecrets);
        maintenance = List.copyOf(maintenance);
    }

    /** The gateways that this build speaks with. */
    public enum Kind {
        /** Stripe. */
        STRIPE("stripe", "https://api.stripe.com"),
        /** PayPal; its sandbox unless configured (developer.paypal.com/api/rest/requests). */
        PAYPAL("paypal", "https://api-m.sandbox.paypal.com"),
        /**
         * Adyen; its test environment unless configured. Live ones have a prefix of their own
         * (docs.adyen.com/development-resources/live-endpoints). Plans name the version of the API.
         */
        ADYEN("adyen", "https://checkout-test.adyen.com"),
        /** A card processor of no brand, in JSON with the response codes of ISO 8583. */
        CARD("card", "");

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

        /** Where its API is, unless the configuration says otherwise; empty when it must say. */
        public Optional<URI> url() {
            return url.isEmpty() ? Optional.empty() : Optional.of(URI.create(url));
        }
    }
}
